// A member opens what waits: the seal is unlocked here, each share is opened here and sent.
(() => {
  "use strict";
  const seal = window.asharSeal;
  const at = (id) => document.getElementById(id);
  if (!seal || !at("open") || !at("told")) return;
  const told = JSON.parse(at("told").textContent);

  const fail = (text) => {
    at("error").hidden = false;
    at("error-text").textContent = text;
    at("error").scrollIntoView({block: "center"});
    at("error").focus();
  };

  const fill = (sentence, done) => sentence.replace("{done}", done).replace("{all}", told.waiting.length);

  const identityFrom = async () => {
    const words = at("words").value.trim();
    const sheet = seal.tidyIdentity(at("from-sheet").value);
    if (!words && !sheet) throw new Error(told.words.nothing_typed);
    if (sheet) {
      try {
        if (await seal.recipientOf(sheet) === told.recipient) return sheet;
      } catch { /* said below */ }
      throw new Error(told.words.wrong_sheet);
    }
    try {
      return await seal.unlock(told.locked, words);
    } catch {
      throw new Error(told.words.wrong_words);
    }
  };

  // A share that does not open was made wrong by its applicant: that is told, and holds nobody up.
  const shareOf = async (one, identity) => {
    try {
      return seal.toBase64(await seal.openShare(one.share, identity));
    } catch {
      return "";
    }
  };

  const give = async (one, share) => {
    const body = new FormData(at("give"));
    body.append("envelope", one.envelope);
    body.append("share", share);
    const answer = await fetch(at("give").action, {method: "POST", body, credentials: "same-origin", redirect: "manual"});
    if (!answer.ok) throw new TypeError("no answer");
  };

  const open = async () => {
    const identity = await identityFrom();
    let done = 0;
    at("bar").max = told.waiting.length;
    at("bar").hidden = false;
    try {
      for (const one of told.waiting.slice()) {
        await give(one, await shareOf(one, identity));
        done += 1;
        at("bar").value = done;
        at("progress").textContent = fill(told.words.progress, done);
      }
    } catch {
      const sentence = fill(told.words.broken_off, done);
      told.waiting = told.waiting.slice(done);
      throw new Error(sentence);
    }
    at("progress").textContent = told.words.finished;
    location.assign(location.pathname);
  };

  at("open").addEventListener("click", async () => {
    at("open").disabled = true;
    at("error").hidden = true;
    at("progress").textContent = told.words.working;
    try {
      await open();
    } catch (error) {
      at("progress").textContent = "";
      fail(error.message);
      at("open").disabled = false;
    }
  });
  at("words").addEventListener("keydown", (event) => {
    if (event.key === "Enter") at("open").click();
  });
  at("needs-script").hidden = false;
})();
