// A member's seal is made, printed and locked anew here; its secret never leaves this page.
(() => {
  "use strict";
  const seal = window.asharSeal;
  const at = (id) => document.getElementById(id);
  const told = JSON.parse(at("told").textContent);
  const LEAST = 12;

  const say = (id, text) => {
    at("error").hidden = id !== "error";
    at("done").hidden = id !== "done";
    at(id === "error" ? "error-text" : "done").textContent = text;
    at(id).scrollIntoView({block: "center"});
    at(id).focus();
  };

  const post = async (address, values) => {
    const body = new FormData(at("keep"));
    for (const [name, value] of Object.entries(values)) body.append(name, value);
    const answer = await fetch(address, {method: "POST", body, credentials: "same-origin", redirect: "manual"});
    const isOurs = (answer.headers.get("content-type") || "").includes("json");
    const said = isOurs ? await answer.json() : {};
    if (!answer.ok || !isOurs) throw new Error(said.said || told.words.no_answer);
    return said;
  };

  const wordsIn = (name) => {
    const words = at(`${name}-words`).value.trim();
    if (words.length < LEAST) throw new Error(told.words.too_short);
    if (words !== at(`${name}-again`).value.trim()) throw new Error(told.words.not_same);
    return words;
  };

  // What was typed is either the secret words or the text of the sheet.
  const identityFrom = async (typed) => {
    const text = seal.tidyIdentity(typed);
    if (text.startsWith("AGE-SECRET-KEY-1")) {
      try {
        if (await seal.recipientOf(text) === told.recipient) return text;
      } catch { /* said below */ }
      throw new Error(told.words.wrong_sheet);
    }
    try {
      return await seal.unlock(told.locked, typed.trim());
    } catch {
      throw new Error(told.words.wrong_words);
    }
  };

  const showSheet = async (identity) => {
    // AGE-SECRET-KEY-1, then groups of four.
    at("sheet-text").textContent = `${identity.slice(0, 16)} ${identity.slice(16).match(/.{1,4}/g).join(" ")}`;
    at("sheet-mark").textContent = await seal.fingerprint(await seal.recipientOf(identity));
    at("sheet-picture").innerHTML = seal.picture(identity);
    at("sheet-picture").firstElementChild.setAttribute("width", "220");
    at("sheet").hidden = false;
    at("sheet").scrollIntoView();
  };

  const make = async () => {
    const words = wordsIn("make");
    const identity = await seal.newIdentity();
    const locked = await seal.lock(identity, words);
    await post(at("keep").action, {recipient: await seal.recipientOf(identity), locked});
    at("make-part").hidden = true;
    say("done", told.words.kept);
    await showSheet(identity);
  };

  const again = async () => showSheet(await identityFrom(at("again-words").value));

  const change = async () => {
    const words = wordsIn("change");
    const identity = await identityFrom(at("old-words").value);
    const locked = await seal.lock(identity, words);
    await post(at("keep").dataset.change, {recipient: told.recipient, locked});
    told.locked = locked;
    say("done", told.words.changed);
  };

  const press = (id, work) => {
    const button = at(id);
    if (!button) return;
    button.addEventListener("click", async () => {
      const title = button.textContent;
      button.disabled = true;
      button.textContent = told.words.working;
      at("error").hidden = true;
      try {
        await work();
      } catch (error) {
        say("error", error instanceof TypeError ? told.words.no_answer : error.message);
      }
      button.disabled = false;
      button.textContent = title;
    });
  };

  const showWords = (name) => {
    if (!at(`${name}-show`)) return;
    at(`${name}-show`).addEventListener("change", (event) => {
      for (const part of ["words", "again"]) at(`${name}-${part}`).type = event.target.checked ? "text" : "password";
    });
  };

  if (!seal) return;
  for (const part of document.querySelectorAll(".needs-script")) part.hidden = false;
  press("make", make);
  press("again", again);
  press("change", change);
  ["make", "change"].forEach(showWords);
  at("print").addEventListener("click", () => window.print());
})();
