"""Acts 6 and 7: the agreement, its reports and money, monitoring and evaluation."""

from __future__ import annotations

import io

from PIL import Image

from tests.journeys.clock import written
from tests.journeys.contest_acts import AIGUL

CHINARA = "chinara"
HEAD = "head"
FUNDING = {
    "donor_via_budget": "360 000",
    "local_own": "180000,00",
    "community_in_kind": "60 000.00",
}


def receipt(title):
    """An invented receipt as a picture."""
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(kept, "PNG")
    return {"name": f"{title}.png", "mimeType": "image/png", "buffer": kept.getvalue()}


def in_days(story, days):
    """A day from the story's today, as people type it."""
    today = story.clock.today()
    return written(today.fromordinal(today.toordinal() + days))


def sign_agreement(story, texts):
    """Write the draft, offer it, see it printed in both languages; the organisation signs."""
    text = texts["agreement"]
    with story.acting(AIGUL, at="/agreements/"):
        story.press_on(story.page.locator('#main table a[href*="/agreements/"]').first)
        story.agreement = story.here
        _write_draft(story, text)
        story.decide("offer", agreement_number=text["number"])
        story.agreement_code = story.real_papers()
        story.again()
    with story.acting(CHINARA, at=story.agreement):
        story.decide("sign", signed_on=in_days(story, 0))
        story.reads(text["number"])


def _write_draft(story, text):
    story.follow("/edit/")
    story.fill(
        title_ky=text["title"]["ky"],
        title_ru=text["title"]["ru"],
        subject_ky=text["subject"]["ky"],
        subject_ru=text["subject"]["ru"],
        starts_on=in_days(story, 0),
        ends_on=in_days(story, -1),
        total="600 000,00",
    )
    story.page.select_option('[name="standard"]', text["standard"])
    story.save()
    assert story.typed("subject_ky") == text["subject"]["ky"]
    story.fill(ends_on=in_days(story, 200))
    story.save()
    _write_results(story, text["results"])
    story.follow("/funding/")
    story.fill(**FUNDING)
    story.save()
    story.follow("/reports/")
    for name, days in (("period_from", 0), ("period_to", 80), ("due_on", 85)):
        story.fill(**{f"form-0-{name}": in_days(story, days)})
    story.save()
    _write_tranches(story, text["tranches"])


def _write_results(story, results):
    story.follow("/results/")
    story.rows(f"form-{len(results) - 1}-target")
    for row, result in enumerate(results):
        story.fill(
            **{
                f"form-{row}-title_ky": result["ky"],
                f"form-{row}-title_ru": result["ru"],
                f"form-{row}-unit_ky": result["unit_ky"],
                f"form-{row}-unit_ru": result["unit_ru"],
                f"form-{row}-target": result["target"],
            }
        )
        story.page.set_checked(
            f'[name="form-{row}-counts_people"]', bool(result.get("counts_people"))
        )
    story.save()


def _write_tranches(story, tranches):
    """The form says what is not in any tranche yet, before anything is saved."""
    story.follow("/tranches/")
    story.rows("form-1-amount")
    for row, (amount, condition) in enumerate(tranches):
        story.fill(**{f"form-{row}-amount": f"{amount - row},00"})
        choice = "1" if condition == "report" else condition
        story.page.select_option(f'[name="form-{row}-waits_for"]', choice)
    story.press_on(story.page.locator('button[name="check"]'))
    assert "1,00" in story.text("#sums")
    story.fill(**{"form-1-amount": f"{tranches[1][0]},00"})
    story.save()


def report_and_pay(story, texts):
    """Advance paid; a report sent back once, accepted; the second tranche paid; money compared."""
    text = texts["agreement"]
    _pay(story, 1, "160 000,00", "ПП-101")
    story.clock.forward(80)
    with story.acting(CHINARA, at=story.agreement):
        story.follow("/report/")
        story.report = story.here
        _write_report(story, text)
        story.decide("submit")
    with story.acting(AIGUL, at=story.report):
        story.decide("send_back", reason=text["report"]["sent_back"])
    with story.acting(CHINARA, at=story.report):
        story.unfold()
        story.reads(text["report"]["sent_back"], text["report"]["done"])
        story.decide("submit")
    with story.acting(AIGUL, at=story.report):
        story.decide("accept")
        story.real_papers()
        story.again()
    story.tranche = _pay(story, 2, "380 000,00", "ПП-147")
    with story.acting(AIGUL, at=story.agreement):
        story.follow("/money/")
        story.fill(**{source: f"{sum_},00" for source, sum_ in text["actual"].items()})
        story.save()
        money = " ".join(story.text("section[aria-labelledby=money]").split())
        assert all(f"{said} 000,00" in money for said in ("360", "180")), money
        assert "60 000,00" in money, money
        assert "52 500,00" in money, money


def _pay(story, number, amount, order):
    """A payment of tomorrow is refused; who prepared it cannot approve it, the head can."""
    with story.acting(AIGUL, at=story.agreement):
        said = story.says("Tranche %(number)s", number=number)
        story.press_on(story.page.get_by_role("link", name=said, exact=True))
        tranche = story.here
        story.follow("/moves/prepare_payment/")
        story.fill(payment_order=order, paid_on=in_days(story, 1), paid_som=amount)
        story.press("Confirm", status=409)
        assert story.typed("paid_som") == amount
        story.fill(paid_on=in_days(story, 0))
        story.press("Confirm")
        title = {"ky": "Төлөмдү бекитүү", "ru": "Утвердить оплату"}[story.language]
        assert {"ky": "эки адам", "ru": "двое"}[story.language] in story.refusal(title)
    with story.acting(HEAD, at=tranche):
        story.reads(order)
        story.decide("approve_payment")
        story.reads(order)
    return tranche


def _write_report(story, text):
    report = text["report"]
    story.follow("/edit/")
    story.fill(done=report["done"], problems=report["problems"])
    figures = story.page.locator('[name^="result_"]')
    for number, row in enumerate(row for row in text["results"] if "actual" in row):
        figures.nth(number).fill(str(row["actual"]))
    story.save()
    _count_people(story, text["results"][0]["people"])
    for title, source, amount in report["costs"]:
        story.follow("/costs/add/")
        story.fill(title=title, amount=f"{amount},00", spent_on=in_days(story, -20))
        story.page.select_option('[name="source"]', source)
        story.page.locator('[name="receipt"]').set_input_files(receipt(title))
        story.save()


def _count_people(story, people):
    """Women and men by age and village; more with disability than people is refused."""
    story.follow("/people/")
    story.rows(f"form-{len(people) - 1}-women")
    for row, (age, women, men, women_disabled, men_disabled) in enumerate(people):
        story.choose_in_list(f"form-{row}-territory", story.stage.villages[0].name)
        story.page.select_option(f'[name="form-{row}-age_band"]', age)
        story.fill(
            **{
                f"form-{row}-women": women,
                f"form-{row}-men": men,
                f"form-{row}-women_with_disability": women_disabled,
                f"form-{row}-men_with_disability": men_disabled + 1,
            }
        )
    story.save()
    assert story.page.locator(".govuk-error-summary a").count() == len(people)
    for row, (_age, _women, _men, _women_disabled, men_disabled) in enumerate(people):
        story.fill(**{f"form-{row}-men_with_disability": men_disabled})
    story.save()


def monitor(story, texts):
    """See the service by the clauses of its standard; a finding is mended and confirmed."""
    text = texts["visit"]
    with story.acting(AIGUL, at=story.agreement):
        story.follow("/visits/plan/")
        story.fill(held_on=in_days(story, 0), place=text["place"])
        story.save()
        story.visit = story.here
        _fill_visit(story, text)
        _write_finding(story, text)
        story.decide("record")
        story.real_papers()
        story.again()
        story.follow("/finding/")
        story.finding = story.here
    with story.acting(CHINARA, at=story.finding):
        story.decide("report_mended", mended_text=text["mended"])
    with story.acting(AIGUL, at=story.finding):
        story.decide("confirm")


def _fill_visit(story, text):
    story.follow("/edit/")
    clauses = story.page.locator('textarea[name^="evidence_"]')
    for number in range(clauses.count()):
        key = clauses.nth(number).get_attribute("name").removeprefix("evidence_")
        story.choose(f"result_{key}", text["partly"]["result"] if number == 0 else "met")
        clauses.nth(number).fill(text["partly"]["evidence"] if number == 0 else text["met"])
    story.fill(summary=text["summary"])
    story.save()


def _write_finding(story, text):
    """A day that has passed is no day to mend something by."""
    story.follow("/findings/add/")
    story.fill(text=text["finding"], fix_by=in_days(story, -3))
    story.save()
    assert story.typed("text").strip() == text["finding"]
    story.fill(fix_by=in_days(story, 14))
    story.save()


def evaluate(story, texts):
    """Satisfaction before and after, results against targets, the decision to continue."""
    text = texts["evaluation"]
    story.clock.forward(30)
    with story.acting(AIGUL, at=story.agreement):
        story.press_on(story.page.locator('form[action*="/evaluate/"] button'))
        story.evaluation = story.here
        story.follow("/edit/")
        story.fill(**{name: text[name] for name in ("strengths", "weaknesses", "advice")})
        _fill_survey(story, text["survey"])
        story.save()
        story.decide("continue_service", conclusion_text=text["conclusion"])
        story.real_papers()
        story.reads(text["advice"], *(story.named(row) for row in text["survey"]))
        story.again()
        story.open(story.agreement)
        story.decide("complete")


def _fill_survey(story, survey):
    rows = [(row, when) for row in survey for when in ("before", "after")]
    story.rows(f"form-{len(rows) - 1}-asked_people")
    for number, (row, when) in enumerate(rows):
        story.page.select_option(f'[name="form-{number}-round"]', when)
        story.fill(
            **{
                f"form-{number}-question_ky": row["ky"],
                f"form-{number}-question_ru": row["ru"],
                f"form-{number}-asked_people": row[when][0],
                f"form-{number}-satisfied": row[when][1],
            }
        )
