"""Act 4: the call, questions and answers, three proposals."""

from __future__ import annotations

from tests.journeys.clock import written

AIGUL = "aigul"
OPEN_FOR = 25  # days
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
COLUMNS = {
    "results": ("title", "unit", "target"),
    "team": ("role", "qualification"),
    "budget": ("title", "unit", "quantity", "rate", "source"),
}


def announce(story, texts):
    """Appoint the commission, announce the call; a closing day too near is refused."""
    with story.acting(AIGUL, at=story.call):
        _appoint(story)
    with story.acting("head", at=story.call):
        story.press("Confirm the commission")
    with story.acting(AIGUL, at=story.call):
        story.follow("/moves/announce/")
        day = story.clock.today()
        story.fill(closes_at=f"{written(day.fromordinal(day.toordinal() + 1))} 17:00")
        story.press("Confirm", status=409)
        story.fill(closes_at=f"{written(day.fromordinal(day.toordinal() + OPEN_FOR))} 17:00")
        story.press("Confirm")
        story.real_papers()
        story.again()
    for question in texts["call"]["questions"]:
        with story.acting(question["by"], at=story.call):
            story.press("Ask a question")
            story.fill(text=question["text"])
            story.press("Publish the question")
    with story.acting(AIGUL, at=story.call):
        for question in texts["call"]["questions"]:
            story.press("Answer")
            story.fill(answer=question["answer"])
            story.press("Publish the answer")
    story.sign_out()
    story.open(story.call)
    story.reads(*(question["answer"] for question in texts["call"]["questions"]))


def _appoint(story):
    story.press("Appoint the commission")
    story.fill(act="ДЕМО-7")
    for row, name in enumerate(("bakyt", "begimai", "bolot", "burul", "beksultan")):
        person = story.stage.people[name].person
        story.choose_in_list(f"members-{row}-person", person.name)
        if name in {"burul", "beksultan"}:
            story.page.check(f'[name="members-{row}-is_independent"]')
    story.press("Appoint the commission")


def apply(story, texts):
    """Three organisations write, attach, hand in; one of them replaces its proposal."""
    story.proposals = {}
    for name, key in (("chinara", "bulak"), ("jamila", "meerim"), ("murat", "demilge")):
        with story.acting(name, at=story.call):
            _write_proposal(story, texts["proposals"][key], day=story.clock.today())
            story.proposals[key] = story.here
            _attach(story)
            _hand_in(story)
    with story.acting("cholpon", at=story.proposals["bulak"]):
        _replace(story)


def _write_proposal(story, text, day):
    """Saved as typed: by itself, and when more rows are asked for."""
    story.press("Take part")
    bodies = story.page.locator('[name="organisation"] option')
    story.page.select_option('[name="organisation"]', bodies.last.get_attribute("value"))
    story.press("Start the proposal")
    draft = story.here
    story.fill(title=text["title"])
    saved = story.page.locator("#saved")
    saved.filter(has_text=":").wait_for(state="attached")
    story.page.go_back()
    story.look.at_page()
    story.open(draft)
    assert story.typed("title") == text["title"], "the draft is not saved while typing"
    names = ("summary", "method", "experience", "sustainability")
    story.fill(**{name: text[name] for name in names})
    dates = (("Борборду даярдоо", 60, 120), ("Балдар менен иштөө", 90, 280))
    for row, (title, first, last) in enumerate(dates):
        at = day.toordinal()
        story.fill(
            **{
                f"activities-{row}-title": title,
                f"activities-{row}-starts_on": written(day.fromordinal(at + first)),
                f"activities-{row}-ends_on": written(day.fromordinal(at + last)),
            }
        )
    for section, columns in COLUMNS.items():
        _fill_rows(story, section, columns, text[section])
    story.press("Save")
    assert story.typed("budget-0-rate") == text["budget"][0][3]
    story.press("Back")


def _fill_rows(story, section, columns, rows):
    for number, row in enumerate(rows):
        if not story.page.locator(f'[name="{section}-{number}-{columns[0]}"]').count():
            story.press_on(story.page.locator(f'button[name="more"][value="{section}"]'))
        for column, value in zip(columns, row, strict=True):
            field = f'[name="{section}-{number}-{column}"]'
            if column == "source":
                story.page.select_option(field, value)
            else:
                story.page.fill(field, value)


def _attach(story):
    """A program that calls itself a paper is refused; a real paper is filed."""
    story.press("Add a paper")
    story.page.select_option('[name="kind"]', "other")
    story.fill(title="Күбөлүк")
    field = story.page.locator('[name="file"]')
    field.set_input_files(
        {"name": "kubolyk.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90"}
    )
    story.press("File the paper")
    assert story.page.locator(".govuk-error-summary").count() == 1
    assert story.typed("title") == "Күбөлүк"
    field = story.page.locator('[name="file"]')
    field.set_input_files({"name": "kubolyk.pdf", "mimeType": "application/pdf", "buffer": PDF})
    story.press("File the paper")
    assert len(story.papers()) == 1


def _hand_in(story):
    story.decide("submit")
    story.follow("/receipts/1/")
    story.reads(story.says("Receipt of a proposal"), story.says("Digest (SHA-256)"))
    story.again()


def _replace(story):
    """A colleague betters the proposal; the second submission counts."""
    story.press("Change the draft")
    story.fill(summary="Үч айылдын 20 баласына жумасына беш күн, ата-энелерге да кеңеш беребиз.")
    story.press("Save and replace what was handed in")
    story.press("Confirm")
    story.reads(story.says("this one counts"))
    story.follow("/receipts/2/")
    story.press("Make the receipt for printing, with its QR code")
    story.open(story.proposals["bulak"])
