"""Act 3: the programme before the kenesh, and the call that waits for it."""

from __future__ import annotations

from tests.journeys.clock import written

AIGUL, KANAT = "aigul", "kanat"
NOTHING_TO_ORDER = (
    "There is no measure of an approved programme yet. "
    "First the kenesh approves the programme of social orders."
)


def approve_programme(story, texts):
    """The clerk writes it, the kenesh approves; no call is announced while it is not approved."""
    text = texts["programme"]
    with story.acting(AIGUL, at="/calls/begin/"):
        story.reads(story.says(NOTHING_TO_ORDER))
        _write_programme(story, texts)
        story.decide("submit_to_kenesh")
        story.programme = story.here
        _prepare_call(story, texts)
        _read_refusal(story)
    _approve(story, text["resolution"])


def _write_programme(story, texts):
    text = texts["programme"]
    year = story.clock.today().year
    story.open("/desk/")
    story.follow("/programmes/begin/")
    story.fill(
        title_ky=text["title"]["ky"],
        title_ru=text["title"]["ru"],
        goal_ky=text["goal"]["ky"],
        goal_ru=text["goal"]["ru"],
        year_from=year,
        year_to=year + 1,
    )
    story.press("Save")
    for topic, measure in text["measures"].items():
        story.press("Add a measure")
        story.choose_in_list("need", story.named(texts["needs"][topic]))
        story.fill(
            title_ky=measure["ky"],
            title_ru=measure["ru"],
            result_ky=measure["result_ky"],
            result_ru=measure["result_ru"],
            **{f"{source}_{year}": f"{sum_},00" for source, sum_ in measure["money"].items()},
        )
        story.press("Save the measure")


def _approve(story, number):
    """Kanat approves; a resolution of tomorrow is refused and what he typed stays."""
    with story.acting(KANAT, at=story.programme):
        day = story.clock.today()
        tomorrow = written(day.fromordinal(day.toordinal() + 1))
        story.follow("/moves/approve/")
        story.fill(resolution_number=number, resolution_date=tomorrow)
        story.press("Confirm", status=409)
        assert story.typed("resolution_number") == number
        story.fill(resolution_date=written(day))
        story.press("Confirm")
        story.reads(number)
        story.real_papers()
        story.again()


def _prepare_call(story, texts):
    story.open("/calls/begin/")
    title = story.named(texts["programme"]["measures"]["day_centre_children"])
    card = story.page.locator(".ashar-card").filter(has_text=title)
    story.press_on(card.get_by_role("button"))
    text = texts["call"]
    parts = ("goal", "tasks", "problem", "target_group", "results", "requirements", "contact")
    first = story.clock.today().toordinal()
    day = story.clock.today().fromordinal
    story.fill(
        **{f"{part}_{code}": text[part][code] for part in parts for code in ("ky", "ru")},
        maximum="600 000,00",
        starts_on=written(day(first + 60)),
        ends_on=written(day(first + 300)),
    )
    story.press("Save")
    story.call = story.here


def _read_refusal(story):
    """The disabled button says why, each reason with its article."""
    said = story.refusal({"ky": "Конкурсту жарыялоо", "ru": "Объявить конкурс"}[story.language])
    why = {
        "ky": "Муниципалдык социалдык тапшырыктын программасы бекитилген эмес",
        "ru": "Программа муниципального социального заказа не утверждена",
    }[story.language]
    assert why in said
    article = {"ky": "№ 604", "ru": "№ 604"}[story.language]
    assert article in said, said
