// The page without the Internet: the draft and its code stay in this browser; one file comes out.
(() => {
  "use strict";
  const seal = window.asharSeal, port = window.asharReading, kept = window.asharKept;
  const drafts = window.asharDraft, sealing = window.asharSealing;
  const FORM = "ashar-offline/1";
  const DELAY = 800;
  const at = (id) => document.getElementById(id);

  class OfflinePage {
    constructor(page) {
      this.page = page;
      this.name = `offline:${page.proposal}`;
      this.form = new drafts.DraftForm(at("draft"), page);
      // Papers: what the header says of them, and their sealed bytes beside.
      this.papers = [];
      this.sealed = new Map();
      this.list = new window.asharPapers.PaperList(at("papers-to-seal"), page, this.keeper());
    }

    keeper() {
      const whole = this;
      return {
        get papers() { return whole.papers; },
        add: (file, kind, title) => whole.addPaper(file, kind, title),
        remove: (paper) => {
          whole.papers = whole.papers.filter((one) => one !== paper);
          whole.sealed.delete(paper.sealed_sha256);
          return whole.save();
        },
      };
    }

    async start() {
      at("no-script").hidden = true;
      at("write").hidden = false;
      const found = await kept.find(this.name);
      this.identity = found ? found.identity : await seal.newIdentity();
      this.recipient = await seal.recipientOf(this.identity);
      if (found) [this.papers, this.sealed] = [found.papers, new Map(found.sealed)];
      this.form.fill(port.tidy(found ? found.typed : {}));
      at("the-code").textContent = this.identity;
      this.read();
      this.list.show();
      let timer = 0;
      at("draft").addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => this.save(), DELAY); });
      at("draft").addEventListener("submit", (event) => { event.preventDefault(); this.save(); });
      document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.save(); });
      at("make-file").addEventListener("click", () => this.makeFile());
      at("print").addEventListener("click", () => window.print());
      at("forget").addEventListener("click", () => this.forget());
    }

    read() {
      const {typed, reading} = this.form.check();
      at("totals").replaceChildren(drafts.totals(reading, this.page));
      const parts = drafts.missing(reading, this.page);
      const told = drafts.statement(reading, this.page);
      let said = parts.length ? `${this.page.words.missing}: ${parts.join(", ")}.` : this.page.words.all_there;
      if (!told.within_maximum) said += ` ${this.page.words.too_much_sentence}`;
      at("missing").textContent = said;
      at("make-file").disabled = parts.length > 0 || !told.within_maximum;
      return typed;
    }

    async save() {
      const typed = this.read();
      await kept.keep(this.name, {identity: this.identity, typed, papers: this.papers, sealed: [...this.sealed]});
      const now = new Date().toTimeString().slice(0, 5);
      at("saved").textContent = this.page.words.kept_here.replace("{time}", now);
      return typed;
    }

    async addPaper(file, kind, title) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const ciphertext = await seal.encrypt(bytes, this.recipient);
      const digest = await seal.sha256(ciphertext);
      this.papers.push({
        ref: "", name: sealing.named(file.name, title), kind,
        sha256: await seal.sha256(bytes), sealed_sha256: digest,
      });
      this.sealed.set(digest, ciphertext);
      await this.save();
    }

    // A length, a header, then the sealed pieces one after another.
    async makeFile() {
      const typed = await this.save();
      const envelope = await sealing.makeEnvelope(this.page, this.identity, typed, this.papers);
      const pieces = [envelope.ciphertext, ...this.papers.map((paper) => this.sealed.get(paper.sealed_sha256))];
      const header = new TextEncoder().encode(JSON.stringify({
        form: FORM, call: this.page.call, proposal: this.page.proposal, recipient: envelope.recipient,
        shares: envelope.shares, statement: envelope.statement, sizes: pieces.map((piece) => piece.length),
      }));
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, header.length);
      const file = new Blob([length, header, ...pieces], {type: "application/octet-stream"});
      if (file.size > this.page.largest_file) {
        at("made").textContent = this.page.words.file_whole_too_large;
        return;
      }
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = `${this.page.proposal}.ashar`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      at("the-mark").textContent = envelope.recipient;
      at("the-digest").textContent = await seal.sha256(envelope.ciphertext);
      at("after").hidden = false;
      at("made").textContent = this.page.words.file_made;
    }

    async forget() {
      if (!window.confirm(this.page.words.forget)) return;
      await kept.forget(this.name);
      location.reload();
    }
  }

  if (sealing.works()) new OfflinePage(sealing.told()).start();
})();
