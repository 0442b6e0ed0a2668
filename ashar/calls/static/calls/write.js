// The page on which a sealed proposal is written: opened with its code, saved by itself.
(() => {
  "use strict";
  const sealing = window.asharSealing, drafts = window.asharDraft;
  const DELAY = 1200;
  const at = (id) => document.getElementById(id);

  class WritingPage {
    constructor(page) {
      this.page = page;
      this.words = page.words;
      this.proposal = new sealing.SealedProposal(page);
      this.form = new drafts.DraftForm(at("draft"), page);
      this.timer = 0;
      this.isDirty = this.isBusy = this.isStopped = false;
      this.papers = new window.asharPapers.PaperList(at("papers-to-seal"), page, this.paperKeeper());
    }

    paperKeeper() {
      const writing = this, proposal = this.proposal;
      return {
        get papers() { return proposal.papers; },
        add: async (file, kind, title) => {
          await proposal.addPaper(file, kind, title);
          await writing.save();
        },
        remove: async (paper) => {
          await proposal.removePaper(paper.ref);
          await writing.save();
        },
      };
    }

    async start() {
      at("weaker").hidden = true;
      if (await this.proposal.open()) this.show();
      else this.askCode();
      this.listen();
    }

    listen() {
      at("open-with-code").addEventListener("submit", (event) => { event.preventDefault(); this.tryCode(); });
      at("begin-anew").addEventListener("click", () => this.beginAnew());
      at("forget").addEventListener("click", () => this.forget());
      const form = at("draft");
      form.addEventListener("submit", (event) => { event.preventDefault(); this.pressed(event.submitter); });
      form.addEventListener("input", () => this.later());
      // Leaving waits until what was typed is kept.
      document.addEventListener("click", (event) => {
        const link = event.target.closest("a[href]");
        if (!link || !this.isDirty || link.target || link.getAttribute("href").startsWith("#")) return;
        event.preventDefault();
        this.save().finally(() => { this.isDirty = false; location.assign(link.href); });
      });
      window.addEventListener("beforeunload", (event) => { if (this.isDirty) event.preventDefault(); });
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden" && this.isDirty) this.save();
      });
    }

    show() {
      at("ask-code").hidden = true;
      at("write").hidden = false;
      at("the-code").textContent = this.proposal.identity;
      this.form.fill(this.proposal.typed);
      this.read();
      this.papers.show();
    }

    read() {
      const {typed, reading} = this.form.check();
      at("totals").replaceChildren(drafts.totals(reading, this.page));
      const parts = drafts.missing(reading, this.page);
      at("missing").textContent = parts.length ? `${this.words.missing}: ${parts.join(", ")}.` : this.words.all_there;
      return typed;
    }

    // The code

    askCode() {
      at("ask-code").hidden = false;
      at("write").hidden = true;
    }

    async tryCode() {
      const code = at("id_code").value;
      const right = await this.proposal.openWith(code, this.theirs ? this.theirs.ciphertext : undefined);
      at("wrong-code").hidden = right;
      if (!right) return;
      at("id_code").value = "";
      if (this.theirs) await this.compare(this.theirs);
      else this.show();
    }

    async beginAnew() {
      if (!window.confirm(this.words.begin_anew)) return;
      await this.proposal.beginAnew();
      this.theirs = null;
      this.show();
    }

    async forget() {
      if (!window.confirm(this.words.forget)) return;
      if (this.isDirty) await this.save();
      await this.proposal.forget();
      location.assign(this.page.home);
    }

    // Saving

    later() {
      this.isDirty = true;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), DELAY);
    }

    async pressed(button) {
      this.isStopped = false;
      const isKept = await this.save(true);
      if (isKept && button && button.id === "to-hand-in") location.assign(this.page.hand_in_page);
    }

    async save(isAsked = false) {
      if (this.isStopped) return false;
      if (this.isBusy) {
        await this.running;
        return this.isDirty || isAsked ? this.save(isAsked) : true;
      }
      clearTimeout(this.timer);
      this.isBusy = true;
      this.isDirty = false;
      this.running = this.send(this.read());
      const isKept = await this.running;
      this.isBusy = false;
      return isKept;
    }

    async send(typed) {
      try {
        this.tell((await this.proposal.save(typed)).said);
        at("conflict").hidden = true;
        this.theirs = null;
        return true;
      } catch (error) {
        await this.notSaved(error);
        return false;
      }
    }

    async notSaved(error) {
      const answer = error instanceof sealing.NotSaved ? error.answer : {};
      if (answer.theirs) {
        this.isStopped = true;
        await this.meanwhile(answer);
        return;
      }
      this.isDirty = !answer.closed;
      this.isStopped = Boolean(answer.closed);
      this.tell(answer.said || this.words.no_answer);
    }

    // Two colleagues at once

    async meanwhile(answer) {
      this.theirs = answer.theirs;
      this.proposal.version = answer.theirs.version;
      this.tell(answer.said);
      if (answer.theirs.recipient === this.proposal.recipient) {
        await this.compare(answer.theirs);
        return;
      }
      // The colleague began first, under another code: theirs stays, it is asked for here.
      this.proposal.recipient = answer.theirs.recipient;
      at("ask-code").hidden = false;
      at("ask-code").scrollIntoView();
    }

    async compare(theirs) {
      const mine = this.form.typed();
      const other = await this.proposal.read(theirs.ciphertext);
      const papers = this.proposal.papers.filter((paper) => !other.papers.some((one) => one.ref === paper.ref));
      this.proposal.papers = [...other.papers, ...papers];
      this.papers.show();
      const list = at("their-parts");
      list.replaceChildren();
      for (const part of window.asharReading.differences(mine, other.typed)) {
        list.append(drafts.element("dt", "", this.words.parts[part]));
        list.append(drafts.element("dd", "ashar-as-typed", drafts.said(part, other.typed[part]) || "—"));
      }
      at("who-saved").textContent = this.words.meanwhile.replace("{person}", theirs.saved_by);
      at("ask-code").hidden = true;
      at("conflict").hidden = false;
      at("the-code").textContent = this.proposal.identity;
      at("conflict").scrollIntoView();
    }

    tell(sentence) { at("saved").textContent = sentence; }
  }

  if (sealing.works()) new WritingPage(sealing.told()).start();
})();
