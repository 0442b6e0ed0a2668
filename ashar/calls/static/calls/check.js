// Checks a receipt: the code opens the stored envelope here, and what it holds is compared with
// what the commission opened. The code is never sent.
(() => {
  "use strict";
  const seal = window.asharSeal, port = window.asharReading, drafts = window.asharDraft;
  const page = JSON.parse(document.getElementById("told").textContent);
  const at = (id) => document.getElementById(id);
  const RESULTS = ["wrong-code", "broken", "not-opened-yet", "same", "different"];

  const tell = (which) => {
    for (const id of RESULTS) at(id).hidden = id !== which;
    at("what-is-inside").hidden = !["not-opened-yet", "same", "different"].includes(which);
    at("result").focus();
  };

  const show = (header, digest) => {
    const reading = port.readDraft(header.typed, page.sources.map(([key]) => key));
    at("inside-title").textContent = reading.texts.title || "—";
    at("inside-summary").textContent = reading.texts.summary || "—";
    at("inside-papers").textContent = header.papers.map((paper) => paper.name).join(", ") || "—";
    at("inside-digest").textContent = digest;
    at("inside-totals").replaceChildren(drafts.totals(reading, page));
  };

  const check = async (code) => {
    const identity = seal.tidyIdentity(code);
    let recipient = "";
    try { recipient = await seal.recipientOf(identity); } catch { recipient = ""; }
    if (recipient !== page.recipient) return "wrong-code";
    const answer = await fetch(page.envelope, {credentials: "same-origin"});
    const ciphertext = new Uint8Array(await answer.arrayBuffer());
    if (!answer.ok || await seal.sha256(ciphertext) !== page.envelope_sha256) return "broken";
    let packed = null;
    try { packed = await seal.decrypt(ciphertext, identity); } catch { return "broken"; }
    const digest = await seal.sha256(packed);
    show(seal.unpackEnvelope(packed), digest);
    if (!page.opened_sha256) return "not-opened-yet";
    return digest === page.opened_sha256 ? "same" : "different";
  };

  if (window.asharSealing.works()) {
    at("no-script").hidden = true;
    at("check").hidden = false;
    window.asharKept.find(`proposal:${page.proposal}`).then((identity) => {
      if (identity) at("id_code").value = identity;
    });
    at("check").addEventListener("submit", async (event) => {
      event.preventDefault();
      tell(await check(at("id_code").value));
    });
  }
})();
