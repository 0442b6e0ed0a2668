// Handing in: the draft is sealed here, its code split among the holders, the envelope sent.
(() => {
  "use strict";
  const sealing = window.asharSealing, drafts = window.asharDraft, port = window.asharReading;
  const at = (id) => document.getElementById(id);

  const show = (proposal, page) => {
    const reading = port.readDraft(proposal.typed, page.sources.map(([key]) => key));
    const parts = drafts.missing(reading, page);
    const told = drafts.statement(reading, page);
    at("the-title").textContent = reading.texts.title || "—";
    at("the-papers").textContent = proposal.papers.map((paper) => paper.name).join(", ") || "—";
    at("totals").replaceChildren(drafts.totals(reading, page));
    const why = [];
    if (parts.length) why.push(`${page.words.missing}: ${parts.join(", ")}.`);
    if (!told.within_maximum) why.push(page.words.too_much_sentence);
    at("why-not-list").replaceChildren(...why.map((sentence) => drafts.element("li", "", sentence)));
    at("why-not").hidden = why.length === 0;
    at("seal").disabled = why.length > 0;
    at("to-seal").hidden = false;
  };

  const refuse = (sentences) => {
    at("refused-list").replaceChildren(...sentences.map((sentence) => drafts.element("li", "", sentence)));
    at("refused").hidden = false;
    at("refused").scrollIntoView();
  };

  const handIn = async (proposal, page) => {
    const button = at("seal");
    button.disabled = true;
    at("sealing").textContent = page.words.sealing;
    try {
      location.assign((await sealing.handIn(proposal)).go);
    } catch (error) {
      const answer = error instanceof sealing.NotSaved ? error.answer : {};
      refuse(answer.refusals || [answer.said || page.words.no_answer]);
      at("sealing").textContent = "";
      button.disabled = false;
    }
  };

  const start = async () => {
    const page = sealing.told();
    const proposal = new sealing.SealedProposal(page);
    at("weaker").hidden = true;
    if (!page.recipient || !(await proposal.open())) {
      // Without the code there is nothing to hand in here: the writing page asks for it.
      location.replace(page.home_edit);
      return;
    }
    show(proposal, page);
    at("seal").addEventListener("click", () => handIn(proposal, page));
  };

  if (sealing.works()) start();
})();
