"""Act 5: the clock closes, the commission admits, scores and decides; a complaint is answered."""

from __future__ import annotations

from ashar.cases.actions import tick
from ashar.desk.core import COMMISSION
from tests.journeys.contest_acts import AIGUL, OPEN_FOR

BAKYT = "bakyt"
RULE = "entity_or_entrepreneur"


def close(story):
    """The clock closes the call; the proposals were sealed until then."""
    with story.acting(BAKYT, at=story.call):
        story.open(story.proposals["bulak"], status=404)
    story.clock.forward(OPEN_FOR, hours=8)
    assert tick() >= 1


def admit(story, texts):
    """Check each proposal; the group that is no legal entity reads which rule and why."""
    why = "Юридикалык жак катары катталган эмес"
    with story.acting(BAKYT, at=story.call):
        for key, path in story.proposals.items():
            story.open(path)
            story.press("Check admission")
            assert "/interest/" in story.here, "a file opened before the member declared"
            _declare(story, texts["conflict"], BAKYT)
            is_entity = key != "demilge"
            section = story.page.locator(f"#rule-{RULE}")
            section.locator(f'input[value="{"met" if is_entity else "not_met"}"]').check()
            section.locator("textarea").fill("ДЕМО" if is_entity else "")
            if not is_entity:
                story.press("Record the result", inside=f"#rule-{RULE}")
                section = story.page.locator(f"#rule-{RULE}")
                section.locator("textarea").fill(why)
            story.press("Record the result", inside=f"#rule-{RULE}")
            story.decide("admit" if is_entity else "refuse_admission")
        story.open(story.call)
        story.decide("finish_admission")
    with story.acting("murat", at=story.proposals["demilge"]):
        rule = {"ky": "Юридикалык жак же жеке ишкер", "ru": "Юридическое лицо"}[story.language]
        story.reads(rule, why)
        story.again()


def score(story, texts):
    """Five members declare and score; nobody sees the others; then the commission decides."""
    for number, name in enumerate(COMMISSION):
        with story.acting(name, at=story.call):
            assert story.page.locator("#results").count() == 0, "a ranking before its time"
            _score_all(story, texts, name, number)
            if name != COMMISSION[-1]:
                _cannot_decide(story)
    with story.acting(BAKYT, at=story.call):
        story.decide("decide")
        story.protocol_code = story.real_papers(kinds=2)
    story.sign_out()
    story.open(story.call)
    story.unfold()
    story.reads(story.says("Ranking"), texts["scores"]["comment"])
    assert story.page.locator("#results ~ table").first.locator("tbody tr").count() == len(
        ("bulak", "meerim")
    )
    story.again()


def _cannot_decide(story):
    title = {"ky": "Чечим кабыл алуу", "ru": "Принять решение"}[story.language]
    story.open(story.call)
    assert story.refusal(title)


def _score_all(story, texts, name, number):
    """Go from sheet to sheet until nothing waits."""
    story.press("Score the next proposal")
    for _page in range(8):
        if "/board/" in story.here:
            return
        if "/interest/" in story.here:
            _declare(story, texts["conflict"], name)
        elif "/sheet/" in story.here:
            _fill_sheet(story, texts["scores"], number)
    raise AssertionError(f"{name} has not finished: {story.here}")


def _is_about(story, key):
    return story.here.split("/")[4] == story.proposals[key].split("/")[4]


def _declare(story, conflict, name):
    is_tied = name == conflict["member"] and _is_about(story, conflict["proposal"])
    story.choose("has_interest", "yes" if is_tied else "no")
    if is_tied:
        story.fill(reason=conflict["reason"])
    story.press("Declare")


def _fill_sheet(story, table, number):
    """The sheet is blank: nobody sees what the others gave."""
    column = 0 if _is_about(story, "bulak") else 1
    given = story.page.locator('input[name^="points_"]')
    assert [one.input_value() for one in given.all()] == [""] * (len(table) - 1)
    assert table["comment"] not in story.text()
    for criterion, marks in table.items():
        if criterion != "comment":
            story.fill(
                **{
                    f"points_{criterion}": marks[number][column],
                    f"comment_{criterion}": table["comment"],
                }
            )
    story.press("Save and go to the next proposal")


def complain(story, texts):
    """The loser complains, the customer answers; then the clock awards."""
    text = texts["complaint"]
    with story.acting("jamila", at=story.proposals["meerim"]):
        story.press("Complain of the decision")
        story.fill(text=text["text"])
        story.press("Lodge the complaint")
        complaint = story.here
    with story.acting(AIGUL, at=complaint):
        story.decide("reject", answer_text=text["answer"])
    with story.acting("jamila", at=complaint):
        story.reads(text["answer"])
        story.again()
    story.clock.forward(12)
    assert tick() >= 1
    with story.acting("chinara", at=story.proposals["bulak"]):
        story.reads({"ky": "Жеңди", "ru": "Победило"}[story.language])
