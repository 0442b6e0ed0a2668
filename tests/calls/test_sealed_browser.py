"""An NGO seals its proposal in a real browser: what leaves it, what stays, what it is told."""

from __future__ import annotations

import re

import pytest
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from ashar.calls.core import unpack_draft
from ashar.seals.core import decrypt, new_identity
from ashar.seals.models import Envelope, Opening, SealedDraft
from tests.calls import contest, sealed
from tests.emptying import unguarded

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_no_papers"),
]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
CODE = re.compile(r"AGE-SECRET-KEY-1[A-Z0-9]{58}")


def address(name, *parts):
    with translation.override("ky"):
        return reverse(f"calls:{name}", args=parts)


def fill(page, typed):
    """Type a whole proposal."""
    for name in ("title", "summary", "method", "experience", "sustainability"):
        page.fill(f"#id_{name}", typed[name])
    for section in ("results", "activities", "team", "budget"):
        for number, row in enumerate(typed[section]):
            for column, value in row.items():
                field = f"#id_{section}-{number}-{column}"
                if column == "source":
                    page.select_option(field, value)
                else:
                    page.fill(field, value)


def wait_saved(page):
    page.locator("#saved").filter(has_text=re.compile(r"\d\d:\d\d")).wait_for(state="attached")


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_p7_an_ngo_seals_leaves_comes_back_and_hands_in(world, found, sit_down, tmp_path):
    proposal = sealed.started(world, found)
    ref = proposal.case.ref
    page = sit_down("chinara")
    sent = []
    page.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    page.goto(address("edit_proposal", ref))
    fill(page, contest.TYPED)
    wait_saved(page)
    code = CODE.search(page.locator("#the-code").text_content())[0]
    page.locator("#papers-to-seal summary").click()
    page.fill("#paper-title", "Күбөлүк")
    page.set_input_files(
        "#paper-file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.locator("[data-attach]").click()
    page.locator("#papers-to-seal li", has_text="Күбөлүк.pdf").wait_for()
    wait_saved(page)
    assert fits(page)
    page.screenshot(path=tmp_path / "write.png", full_page=True)
    # Another page of the same browser: she closed the first one and came back.
    context = page.context
    page.close()
    page = context.new_page()
    page.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    page.goto(address("edit_proposal", ref))
    page.locator("#write").wait_for()
    assert page.input_value("#id_title") == contest.TYPED["title"]
    assert page.input_value("#id_budget-0-rate") == contest.TYPED["budget"][0]["rate"]
    assert "300\xa0005,00" in page.locator("#totals").inner_text()
    page.locator("#to-hand-in").click()
    page.locator("#seal:enabled").wait_for()
    assert contest.TYPED["title"] in page.locator("#to-seal").inner_text()
    page.screenshot(path=tmp_path / "hand_in.png", full_page=True)
    page.locator("#seal").click()
    page.wait_for_url("**/receipts/1/")
    page.locator("#the-code").filter(has_text=code).wait_for()
    envelope = Envelope.objects.get(case=proposal.case)
    shown = page.locator("main").inner_text()
    for fact in (f"{ref}/1", envelope.sha256, envelope.recipient, "Бурул"):
        assert fact in shown
    assert fits(page)
    page.screenshot(path=tmp_path / "receipt.png", full_page=True)
    proposal.case.refresh_from_db()
    assert proposal.case.stage == "submitted"
    # Nothing readable and no code left the browser.
    everything = b"\0".join(sent)
    for secret in (contest.TYPED["title"].encode(), b"30 000,50", code.encode(), PDF[:20]):
        assert secret not in everything
    draft = unpack_draft(decrypt(bytes(SealedDraft.objects.get().ciphertext), code))
    assert draft.typed["title"] == contest.TYPED["title"]
    assert [paper["name"] for paper in draft.papers] == ["Күбөлүк.pdf"]
    assert page.context.pages[-1] is page


def written_by(page, ref, **changes):
    """A draft typed and saved in this browser; returns its code."""
    page.goto(address("edit_proposal", ref))
    page.locator("#write").wait_for()
    fill(page, {**contest.TYPED, **changes})
    wait_saved(page)
    return CODE.search(page.locator("#the-code").text_content())[0]


def test_another_computer_asks_for_the_code_and_forgets_it_when_told(world, found, sit_down):
    ref = sealed.started(world, found).case.ref
    code = written_by(sit_down("chinara"), ref)
    page = sit_down("cholpon")
    page.goto(address("edit_proposal", ref))
    page.locator("#ask-code").wait_for()
    assert page.locator("#write").is_hidden()
    assert fits(page)
    page.fill("#id_code", "AGE-SECRET-KEY-1WRONG")
    page.click("#open-with-code button")
    page.locator("#wrong-code").wait_for()
    page.fill("#id_code", f" {code[:30].lower()} \n {code[30:]}")
    page.click("#open-with-code button")
    page.locator("#write").wait_for()
    assert page.input_value("#id_title") == contest.TYPED["title"]
    page.reload()
    page.locator("#write").wait_for()
    page.locator("#write details summary").first.click()
    page.click("#forget")
    page.wait_for_url(f"**/proposals/{ref}/")
    page.goto(address("edit_proposal", ref))
    page.locator("#ask-code").wait_for()
    assert page.faults == []


def test_two_colleagues_at_once_are_told_and_nothing_is_lost(world, found, sit_down):
    ref = sealed.started(world, found).case.ref
    first = sit_down("chinara")
    code = written_by(first, ref)
    second = sit_down("cholpon")
    second.goto(address("edit_proposal", ref))
    second.fill("#id_code", code)
    second.click("#open-with-code button")
    second.fill("#id_summary", "Чолпон жазган")
    wait_saved(second)
    first.fill("#id_summary", "Чынара жазган")
    first.locator("#conflict").wait_for()
    told = first.locator("#conflict").inner_text()
    assert "Чолпон жазган" in told
    assert "Чолпон" in first.locator("#who-saved").inner_text()
    assert first.input_value("#id_summary") == "Чынара жазган"
    assert fits(first)
    first.locator("#write .govuk-button-group button").first.click()
    first.locator("#conflict").wait_for(state="hidden")
    second.reload()
    second.locator("#write").wait_for()
    assert second.input_value("#id_summary") == "Чынара жазган"


def test_two_who_begin_at_once_end_with_one_code(world, found, sit_down):
    ref = sealed.started(world, found).case.ref
    first, second = sit_down("chinara"), sit_down("cholpon")
    for page in (first, second):
        page.goto(address("edit_proposal", ref))
        page.locator("#write").wait_for()
    first.fill("#id_title", "Биринчи")
    wait_saved(first)
    second.fill("#id_title", "Экинчи")
    second.locator("#ask-code").wait_for()
    assert second.input_value("#id_title") == "Экинчи"
    second.fill("#id_code", CODE.search(first.locator("#the-code").text_content())[0])
    second.click("#open-with-code button")
    second.locator("#conflict").wait_for()
    assert "Биринчи" in second.locator("#their-parts").inner_text()
    assert second.input_value("#id_title") == "Экинчи"


def test_rows_are_added_faults_are_named_and_missing_parts_are_told(world, found, sit_down):
    ref = sealed.started(world, found).case.ref
    page = sit_down("chinara")
    page.goto(address("edit_proposal", ref))
    page.locator("#write").wait_for()
    before = page.locator("#budget fieldset").count()
    page.click("#budget [data-more]")
    assert page.locator("#budget fieldset").count() == before + 5
    last = f"#id_budget-{before + 4}"
    page.fill(f"{last}-title", "Унаа")
    page.fill(f"{last}-rate", "1,234")
    wait_saved(page)
    assert page.locator(f"#error_budget-{before + 4}-rate").is_visible()
    assert "Бюджет" in page.locator("#missing").inner_text()
    page.click("#to-hand-in")
    page.locator("#why-not").wait_for()
    assert page.locator("#seal").is_disabled()
    page.goto(address("edit_proposal", ref))
    page.locator("#write").wait_for()
    assert page.input_value("#id_budget-0-title") == "Унаа"
    assert page.input_value("#id_budget-0-rate") == "1,234"
    # Leaving at once keeps what was typed last.
    page.fill("#id_title", "Акыркы сөз")
    page.locator(".govuk-back-link").click()
    page.wait_for_url(f"**/proposals/{ref}/")
    page.goto(address("edit_proposal", ref))
    page.locator("#write").wait_for()
    assert page.input_value("#id_title") == "Акыркы сөз"
    assert page.faults == []


def test_without_a_script_the_page_offers_the_weaker_way(world, found, sit_down, tmp_path):
    ref = sealed.started(world, found).case.ref
    page = sit_down("chinara", java_script_enabled=False)
    page.goto(address("edit_proposal", ref))
    assert page.locator("#write").is_hidden()
    page.locator("#weaker a").click()
    fill(page, contest.TYPED)
    page.screenshot(path=tmp_path / "weaker.png", full_page=True)
    page.locator("#draft .govuk-button-group button").first.click()
    page.goto(address("edit_proposal", ref))
    assert page.input_value("#id_title") == contest.TYPED["title"]
    page.locator("#draft [name=hand_in]").click()
    page.locator("#to-seal form button").click()
    assert "/receipts/1/" in page.url
    assert CODE.search(page.locator("#the-code").text_content())


def test_offline_page_makes_a_file_that_is_handed_in_and_opened(
    world, found, sit_down, live_server, tmp_path
):
    proposal = sealed.started(world, found)
    ref = proposal.case.ref
    page = sit_down("chinara")
    page.goto(address("proposal", ref))
    page.locator("details summary").last.click()
    with page.expect_download() as taken:
        page.locator('a[href$="/offline/"]').first.click()
    home = tmp_path / taken.value.suggested_filename
    taken.value.save_as(home)
    page.context.set_offline(True)
    alone = page.context.new_page()
    faults = []
    alone.on("pageerror", lambda error: faults.append(str(error)))
    alone.on("dialog", lambda dialog: dialog.accept())
    alone.goto(home.as_uri())
    alone.locator("#write").wait_for()
    fill(alone, contest.TYPED)
    alone.locator("#papers-to-seal summary").click()
    alone.fill("#paper-title", "Күбөлүк")
    alone.set_input_files(
        "#paper-file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    alone.locator("[data-attach]").click()
    alone.locator("#papers-to-seal li", has_text="Күбөлүк.pdf").wait_for()
    wait_saved(alone)
    alone.reload()
    alone.locator("#write").wait_for()
    assert alone.input_value("#id_title") == contest.TYPED["title"]
    assert alone.locator("#papers-to-seal li", has_text="Күбөлүк.pdf").count() == 1
    code = CODE.search(alone.locator("#the-code").text_content())[0]
    assert fits(alone)
    with alone.expect_download() as made:
        alone.click("#make-file")
    file = tmp_path / made.value.suggested_filename
    made.value.save_as(file)
    alone.screenshot(path=tmp_path / "offline.png", full_page=True)
    raw = file.read_bytes()
    for secret in (contest.TYPED["title"].encode(), b"30 000,50", code.encode(), PDF[:20]):
        assert secret not in raw
    assert faults == []
    page.context.set_offline(False)
    other = sit_down("cholpon")
    other.goto(address("upload_envelope", ref))
    other.set_input_files("[name=file]", file)
    other.locator("main form button").click()
    assert "/receipts/1/" in other.url
    sealed.closed(found)
    sealed.opened_by(world, found, "bakyt", "bolot", "beksultan")
    proposal.refresh_from_db()
    assert proposal.counted.title == contest.TYPED["title"]
    assert [one.document.title_ky for one in proposal.case.papers.all()] == ["Күбөлүк.pdf"]
    checked(other, ref, code, "same", tmp_path)


def checked(page, ref, code, result, folder=None):
    """The receipt is checked with the code; this is the answer."""
    sent = []
    page.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    page.goto(address("check_receipt", ref, 1))
    page.locator("#check").wait_for()
    page.fill("#id_code", code)
    page.click("#check button")
    page.locator(f"#{result}").wait_for()
    assert fits(page)
    if folder:
        page.screenshot(path=folder / "check.png", full_page=True)
    assert code.encode() not in b"".join(sent)


def test_p9_the_receipt_shows_what_was_opened_and_what_was_not(world, found, sit_down):
    """The answers in turn: not opened yet, another code, opened the same, opened another."""
    proposal = sealed.started(world, found)
    ref = proposal.case.ref
    page = sit_down("chinara")
    code = written_by(page, ref)
    page.click("#to-hand-in")
    page.locator("#seal:enabled").wait_for()
    page.click("#seal")
    page.wait_for_url("**/receipts/1/")
    checked(page, ref, code, "not-opened-yet")
    assert contest.TYPED["title"] in page.locator("#inside-title").inner_text()
    checked(page, ref, new_identity(), "wrong-code")
    sealed.closed(found)
    sealed.opened_by(world, found, "bakyt", "burul", "beksultan")
    checked(page, ref, code, "same")
    # What the commission is said to have opened is altered behind the applicant's back.
    Opening.objects.update(sha256="0" * 64)
    checked(page, ref, code, "different")
    swapped, _recipient = sealed.locked(b"another envelope")
    with unguarded():
        QuerySet(Envelope).filter(case=proposal.case).update(ciphertext=swapped)
    checked(page, ref, code, "broken")
