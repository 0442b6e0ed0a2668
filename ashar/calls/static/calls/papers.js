// The papers of a sealed proposal: sealed before they leave the computer, listed on the page.
(() => {
  "use strict";
  const {element} = window.asharDraft;

  // `keeper` adds and removes: on the server for a page, in the browser for the offline file.
  class PaperList {
    constructor(part, page, keeper) {
      this.part = part;
      this.page = page;
      this.keeper = keeper;
      part.querySelector("[data-attach]").addEventListener("click", () => this.attach());
    }

    find(name) { return this.part.querySelector(`[data-field=${name}]`); }

    show() {
      const list = this.find("list");
      list.replaceChildren(...this.keeper.papers.map((paper) => this.line(paper)));
      this.find("none").hidden = this.keeper.papers.length > 0;
      const there = new Set(this.keeper.papers.map((paper) => paper.kind));
      for (const asked of this.part.querySelectorAll("[data-kind]")) {
        asked.querySelector("strong").hidden = !there.has(asked.dataset.kind);
      }
    }

    line(paper) {
      const kind = Object.fromEntries(this.page.kinds)[paper.kind] || paper.kind;
      const line = element("li", "", `${paper.name} (${kind}) `);
      const button = element("button", "govuk-button govuk-button--secondary", this.page.words.take_off);
      button.type = "button";
      button.addEventListener("click", () => this.act(button, () => this.keeper.remove(paper)));
      line.append(button);
      return line;
    }

    async attach() {
      const file = this.find("file").files[0];
      const why = await window.asharSealing.whyNotAttach(file, this.page);
      this.tell(why);
      if (why) return;
      await this.act(this.part.querySelector("[data-attach]"), async () => {
        await this.keeper.add(file, this.find("kind").value, this.find("title").value.trim());
        this.find("file").value = "";
        this.find("title").value = "";
      });
    }

    async act(button, deed) {
      button.disabled = true;
      try {
        await deed();
        this.show();
      } catch (error) {
        this.tell((error.answer && error.answer.said) || this.page.words.no_answer);
      }
      button.disabled = false;
    }

    tell(sentence) {
      const said = this.find("said");
      said.textContent = sentence;
      said.hidden = !sentence;
    }
  }

  window.asharPapers = {PaperList};
})();
