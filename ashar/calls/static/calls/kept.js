// Keeps the codes of proposals in this browser, and nowhere else; gives them back, forgets them.
(() => {
  "use strict";
  const NAME = "ashar-proposals", STORE = "kept";
  // A browser that may keep nothing (private windows) still works until it is closed.
  const memory = new Map();
  const asked = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const store = async (mode) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    const base = await asked(opening);
    return {base, rows: base.transaction(STORE, mode).objectStore(STORE)};
  };
  const within = async (mode, act, instead) => {
    let base = null;
    try {
      const opened = await store(mode);
      base = opened.base;
      return await asked(act(opened.rows));
    } catch {
      return instead();
    } finally {
      if (base) base.close();
    }
  };
  const keep = (name, value) =>
    within("readwrite", (rows) => rows.put(value, name), () => { memory.set(name, value); });
  const find = async (name) =>
    (await within("readonly", (rows) => rows.get(name), () => undefined)) ?? memory.get(name) ?? null;
  const forget = (name) => {
    memory.delete(name);
    return within("readwrite", (rows) => rows.delete(name), () => undefined);
  };
  window.asharKept = {keep, find, forget};
})();
