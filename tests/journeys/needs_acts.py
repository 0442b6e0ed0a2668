"""Acts 1 and 2: the needs study and the gathering, by the clerk."""

from __future__ import annotations

from tests.journeys.clock import written

BAND = "a29_45"
AIGUL = "aigul"
QUORUM = "50"  # people, by the charter's profile


def study_needs(story, texts):
    """Open a study, record every group and the survey, group the answers, fix the ranking."""
    with story.acting(AIGUL, at="/desk/"):
        _begin_study(story, texts["study"])
        story.decide("open_study")
        story.study = story.here
        for number, session in enumerate(texts["sessions"]):
            _record_session(story, session, number)
        assert "disabled" in story.page.locator(".ashar-move button").first.evaluate(
            "button => button.outerHTML"
        )
        _group_answers(story, texts)
        story.open(story.study)
        _read_ranking(story, texts)
        story.decide("rank")
        story.again()


def _begin_study(story, text):
    """A wrong day is refused in a sentence and nothing typed is lost."""
    story.follow("/needs/studies/new/")
    today = story.clock.today()
    story.fill(
        title_ky=text["title"]["ky"],
        title_ru=text["title"]["ru"],
        method=text["method"],
        starts_on="31.02.2026",
        ends_on=written(today),
    )
    for village in story.page.locator('[name="villages"]').all():
        village.check()
    story.press("Save")
    assert story.page.locator(".govuk-error-summary a").count() == 1
    assert story.typed("title_ky") == text["title"]["ky"]
    assert story.typed("starts_on") == "31.02.2026"
    story.fill(starts_on=written(today))
    story.press("Save")


def _record_session(story, session, number):
    women, men, women_disabled, men_disabled = session["counts"]
    story.press("Record a focus group or a survey")
    kind = session.get("kind", "focus_group")
    story.choose("kind", kind)
    village = story.stage.villages[number % len(story.stage.villages)]
    story.choose_in_list("village", village.name)
    if kind == "focus_group":
        story.page.select_option('[name="group"]', session["group"])
    story.unfold()
    story.fill(
        held_on=written(story.clock.today()),
        total=women + men,
        **{
            f"all_women_{BAND}": women,
            f"all_men_{BAND}": men,
            f"disabled_women_{BAND}": women_disabled,
            f"disabled_men_{BAND}": men_disabled,
        },
    )
    for row, (text, _topic, said) in enumerate(session["answers"]):
        story.fill(**{f"answers-{row}-text": text, f"answers-{row}-mentions": said})
    story.press("Save")


def _group_answers(story, texts):
    told = [answer for session in texts["sessions"] for answer in session["answers"]]
    story.follow("/answers/")
    for topic, title in texts["needs"].items():
        wanted = {text for text, chosen, _said in told if chosen == topic}
        for label in story.page.locator("#grouping label.govuk-checkboxes__label").all():
            if label.inner_text().split("\n")[0].strip() in wanted:
                label.click()
        story.page.select_option('[name="topic"]', topic)
        if not story.page.locator('[name="title_ky"]').is_visible():
            story.page.locator("#grouping details > summary").click()
        story.fill(title_ky=title["ky"], title_ru=title["ru"])
        story.press("Put the ticked answers under this need")
    story.reads(
        story.says("Every answer is grouped. The ranking can be fixed on the page of the study.")
    )


def _read_ranking(story, texts):
    """Places, weights, each group's first three and a chart."""
    ranking = story.page.locator("#ranking ~ table").first.locator("tbody tr")
    assert ranking.count() == len(texts["needs"])
    assert story.page.locator("#main svg[role=img]").count() >= 1, "no chart"
    cards = story.page.locator(".needs-voices > li")
    assert cards.count() == len(texts["sessions"])
    story.reads(story.says("What each group named first"))
    weight = story.says("Weight in the ranking: %(weight)s", weight=1)
    assert weight in story.text(".needs-voices")


def hold_gathering(story, texts):
    """Call the gathering, publish its notice, count people and votes, decide each need."""
    text = texts["gathering"]
    with story.acting(AIGUL, at=story.study):
        _call_gathering(story, text)
        story.decide("announce")
        story.gathering = story.here
        story.notice_code = story.real_papers()
        story.again()
    story.clock.forward(15, hours=5)
    with story.acting(AIGUL, at=story.gathering):
        _count_people(story, text["present"])
        story.decide("hold")
        _count_votes(story, texts)
        _write_minutes(story, text)
        story.decide("decide")
        story.reads(story.says("carried"))
        story.real_papers(kinds=2)
        story.again()
        story.open(story.study)
        _decide_outcomes(story, texts)
        story.decide("conclude")
        story.real_papers()


def _call_gathering(story, text):
    """A day of last year is refused; quorum and majority are those of the charter's profile."""
    story.press("Call a gathering")
    day = story.clock.today().replace(year=story.clock.today().year - 1)
    story.fill(when=f"{written(day)} 14:00", place=text["place"])
    for row, item in enumerate(text["agenda"]):
        story.fill(**{f"agenda-{row}-text_ky": item["ky"], f"agenda-{row}-text_ru": item["ru"]})
    story.press("Save")
    assert story.typed("place") == text["place"]
    assert story.typed("agenda-1-text_ky") == text["agenda"][1]["ky"]
    day = story.clock.today().fromordinal(story.clock.today().toordinal() + 15)
    story.fill(when=f"{written(day)} 14:00")
    story.press("Save")
    story.reads(QUORUM)


def _count_people(story, present):
    women, men = present
    story.press("Write down who came")
    story.fill(total=women + men, **{f"all_women_{BAND}": women, f"all_men_{BAND}": men})
    story.press("Save")


def _count_votes(story, texts):
    """More votes than people are refused, and nothing typed is lost."""
    story.press("Write down the votes")
    first = None
    for topic, votes in texts["gathering"]["votes"].items():
        title = story.named(texts["needs"][topic])
        row = story.page.locator("fieldset.ashar-row").filter(has_text=title)
        cells = row.locator("input")
        for number, vote in enumerate(votes):
            cells.nth(number).fill(str(vote))
        first = first or (cells.nth(0).get_attribute("name"), votes[0])
    name, right = first
    story.fill(**{name: 10_000})
    story.press("Save")
    assert story.page.locator(".govuk-error-summary").count() == 1
    assert story.typed(name) == "10000"
    story.fill(**{name: right})
    story.press("Save")


def _write_minutes(story, text):
    story.press("Write down proposals and answers")
    for row, said in enumerate(text["suggestions"]):
        for part in ("group", "text", "answer"):
            story.fill(**{f"said-{row}-{part}": said[part]})
        if said["is_accepted"]:
            story.page.check(f'[name="said-{row}-is_accepted"]')
    story.press("Save")
    story.press("Write down the decision")
    story.fill(
        chair="Сагын",
        secretary="Айгүл",
        decision_ky=text["decision"]["ky"],
        decision_ru=text["decision"]["ru"],
    )
    story.press("Save")


def _decide_outcomes(story, texts):
    """No need may vanish: the study cannot be concluded before each has its outcome."""
    assert story.page.locator(".ashar-move button[disabled]").count() >= 1
    for topic, outcome in texts["outcomes"].items():
        title = story.named(texts["needs"][topic])
        row = (
            story.page.locator("#ranking ~ table").first.locator("tbody tr").filter(has_text=title)
        )
        story.press_on(row.locator('a[href*="/outcome/"]'))
        story.choose("kind", outcome["kind"])
        story.fill(reason_ky=outcome["ky"], reason_ru=outcome["ru"])
        story.press("Save")
