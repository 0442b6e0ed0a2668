"""Act 8: an inhabitant walks the chain without signing in, and verifies a printed paper."""

from __future__ import annotations

SETTLEMENTS = 1000


def walk(story, texts):
    """The country, the municipality, the paid tranche, back to the need and forward again."""
    story.sign_out()
    story.open("/")
    _see_the_map(story)
    aimak = story.stage.aimak
    story.follow(f"/places/{aimak.code}/")
    _see_the_municipality(story, texts)
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
    """The country drawn by its settlements, each larger dot a link."""
    assert story.page.locator("#main svg").count() >= 1, "no map"
    dots = story.page.evaluate(
        "[...document.querySelectorAll('#main svg path')]"
        ".map(path => path.getAttribute('d').length).reduce((one, two) => one + two, 0)"
        " + document.querySelectorAll('#main svg circle').length"
    )
    assert dots > SETTLEMENTS, f"only {dots} dots on the map"


def _see_the_municipality(story, texts):
    """What was agreed, paid and reached stands above the chain; money stands by its source."""
    figures = " ".join(story.text("dl.ashar-figures").split())
    people = texts["agreement"]["results"][0]["people"]
    reached = sum(women + men for _age, women, men, *_disabled in people)
    assert figures.endswith(str(reached)), figures
    assert "540 000,00" in figures, figures
    money = " ".join(story.text("#money ~ table").split())
    for source, actual in texts["agreement"]["actual"].items():
        assert f"{actual // 1000} {actual % 1000:03},00" in money, (source, money)


def _forward_again(story, texts):
    """From the need one comes to the agreement that answers it, and to its evaluation."""
    story.press("What was done about it: measures, contests, money")
    story.follow(story.agreement.split("/")[-2])
    story.reads(texts["agreement"]["number"])
    story.follow("/evaluation/")
    story.reads(texts["evaluation"]["advice"])
    story.again()


def verify(story):
    """Type the code of a printed protocol; a wrong code is told kindly; the QR address leads on."""
    story.open("/verify/")
    story.fill(code="K7M2-9QXDT")
    story.press("Verify", status=404)
    story.fill(code=story.protocol_code.lower())
    story.press("Verify")
    story.reads(story.protocol_code)
    story.again()
    answer = story.page.context.request.get(f"{story.address}/v/{story.protocol_code}/")
    assert answer.status == 200
