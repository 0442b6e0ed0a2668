// One sealed proposal in the browser: its code, its draft, its papers, its envelope.
// Only what is sealed leaves the page; the code never does.
(() => {
  "use strict";
  const seal = window.asharSeal, port = window.asharReading, kept = window.asharKept;
  const DRAFT = "ashar-draft/1", ENVELOPE = "ashar-envelope/1";
  const utf8 = new TextEncoder();

  // What the page was told when it was made; nothing secret is in it.
  const told = () => JSON.parse(document.getElementById("told").textContent);
  const works = () => Boolean(seal && window.crypto && crypto.subtle && window.indexedDB && window.fetch);

  // A paper is called by its title, with the ending of its file.
  const named = (name, title) => (title ? `${title}.${name.split(".").pop()}` : name);

  class NotSaved extends Error {
    constructor(answer) { super("not saved"); this.answer = answer; }
  }

  const post = async (address, values) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const [name, value] of Object.entries(values)) {
      if (value instanceof Uint8Array) body.append(name, new Blob([value]), "sealed");
      else body.append(name, value);
    }
    const answer = await fetch(address, {method: "POST", body, credentials: "same-origin", redirect: "manual"});
    const isOurs = (answer.headers.get("content-type") || "").includes("json");
    const said = isOurs ? await answer.json() : {};
    if (!answer.ok || !isOurs) throw new NotSaved(said);
    return said;
  };

  class SealedProposal {
    constructor(page) {
      this.page = page;
      this.name = `proposal:${page.proposal}`;
      this.version = page.version;
      this.recipient = page.recipient;
      this.typed = port.tidy({});
      this.papers = [];
      this.identity = "";
    }

    // Says whether this browser can read the draft; a new proposal gets its code here.
    async open() {
      const found = await kept.find(this.name);
      if (!this.recipient) {
        this.identity = found || await seal.newIdentity();
        this.recipient = await seal.recipientOf(this.identity);
        await kept.keep(this.name, this.identity);
        return true;
      }
      return Boolean(found) && this.openWith(found);
    }

    async openWith(code, ciphertext = this.page.ciphertext) {
      let identity = "", draft = null;
      try {
        identity = seal.tidyIdentity(code);
        if (await seal.recipientOf(identity) !== this.recipient) return false;
        if (ciphertext) draft = await this.read(ciphertext, identity);
      } catch {
        return false;
      }
      this.identity = identity;
      if (draft) [this.typed, this.papers] = [draft.typed, draft.papers];
      await kept.keep(this.name, identity);
      return true;
    }

    async read(ciphertext, identity = this.identity) {
      const bytes = await seal.decrypt(seal.fromBase64(ciphertext), identity);
      const found = JSON.parse(new TextDecoder().decode(bytes));
      if (found.form !== DRAFT) throw new Error("not a draft");
      return {typed: port.tidy(found.typed), papers: found.papers};
    }

    // A new code: what was written under the old one can be read only with the old one.
    async beginAnew() {
      this.identity = await seal.newIdentity();
      this.recipient = await seal.recipientOf(this.identity);
      await kept.keep(this.name, this.identity);
    }

    async save(typed) {
      const bytes = utf8.encode(JSON.stringify({form: DRAFT, typed, papers: this.papers}));
      const ciphertext = await seal.encrypt(bytes, this.recipient);
      const said = await post(this.page.save, {ciphertext, recipient: this.recipient, version: this.version});
      this.version = said.version;
      this.typed = typed;
      return said;
    }

    async addPaper(file, kind, title) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const ciphertext = await seal.encrypt(bytes, this.recipient);
      const said = await post(this.page.papers, {ciphertext});
      this.papers.push({
        ref: said.ref, name: named(file.name, title), kind,
        sha256: await seal.sha256(bytes), sealed_sha256: await seal.sha256(ciphertext),
      });
    }

    async removePaper(ref) {
      this.papers = this.papers.filter((paper) => paper.ref !== ref);
      await post(this.page.remove_paper, {ref});
    }

    forget() { return kept.forget(this.name); }
  }

  // The envelope: the draft as it stands, sealed, and the code split among the holders.
  const makeEnvelope = async (page, identity, typed, papers) => {
    const recipient = await seal.recipientOf(identity);
    const header = {
      form: ENVELOPE, call: page.call, proposal: page.proposal, salt: seal.randomHex(16),
      typed: port.tidy(typed), papers,
    };
    const reading = port.readDraft(typed, page.sources.map(([key]) => key));
    return {
      recipient,
      ciphertext: await seal.encrypt(seal.packEnvelope(header), recipient),
      shares: await seal.splitFor(identity, page.holders, page.threshold),
      papers: papers.map((paper) => paper.ref),
      statement: window.asharDraft.statement(reading, page),
    };
  };
  const handIn = async (proposal) => {
    const envelope = await makeEnvelope(proposal.page, proposal.identity, proposal.typed, proposal.papers);
    return post(proposal.page.hand_in, {
      ciphertext: envelope.ciphertext,
      recipient: envelope.recipient,
      shares: JSON.stringify(envelope.shares),
      papers: JSON.stringify(envelope.papers),
      statement: JSON.stringify(envelope.statement),
      version: proposal.page.case_version,
    });
  };

  // What may be attached, told by the first bytes as the server will tell it after the opening.
  const STARTS = {
    pdf: [0x25, 0x50, 0x44, 0x46, 0x2d], docx: [0x50, 0x4b, 3, 4], xlsx: [0x50, 0x4b, 3, 4],
    odt: [0x50, 0x4b, 3, 4], jpg: [0xff, 0xd8, 0xff], jpeg: [0xff, 0xd8, 0xff], png: [0x89, 0x50, 0x4e, 0x47],
  };
  const whyNotAttach = async (file, page) => {
    if (!file) return page.words.no_file;
    if (file.size > page.largest_file) return page.words.file_too_large;
    const starts = STARTS[file.name.toLowerCase().split(".").pop()];
    if (!starts || !file.name.includes(".")) return page.words.file_kind;
    const bytes = new Uint8Array(await file.slice(0, starts.length).arrayBuffer());
    return starts.every((byte, at) => bytes[at] === byte) ? "" : page.words.file_kind;
  };

  window.asharSealing = {told, works, post, NotSaved, SealedProposal, makeEnvelope, handIn, named, whyNotAttach};
})();
