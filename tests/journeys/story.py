"""What a person does before the screen, in words; every page seen is looked at."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import contextmanager
from http import HTTPStatus
from urllib.parse import urlsplit

from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from ashar.desk.core import PASSWORD
from ashar.parties.models import Account
from tests.journeys.look import Look

# Pages for everybody who signed in: they hold one's own work, or a question to a public call.
OWN = re.compile(r"/(ky|ru)/((desk|account)/|calls/begin/|calls/[^/]+/ask/|calls/proposals/$)")

FORMS = ("Кыргызча, DOCX", "Кыргызча, PDF", "Русский, DOCX", "Русский, PDF")


class Story:
    """One browser, one language, one width, and the people who use it in turn."""

    def __init__(self, page, address, language, clock, stage):
        self.page, self.address, self.language = page, address, language
        self.clock, self.stage = clock, stage
        self.look = Look(page, language)
        self.who = ""
        self.private = set()

    # Words

    def says(self, text, **values):
        """The sentence as the reader sees it."""
        with translation.override(self.language):
            said = gettext(text)
        return said % values if values else said

    def named(self, texts):
        """The Kyrgyz or the Russian of two wordings."""
        return texts[self.language]

    # Walking

    def open(self, path, status=200):
        """Type an address."""
        where = path if path.startswith(("/ky/", "/ru/")) else self.path(path)
        self.page.goto(self.address + where)
        self._seen(status)

    def path(self, path):
        """The address in the story's language."""
        return f"/{self.language}{path}"

    @property
    def here(self):
        """The address of the page without its server."""
        return urlsplit(self.page.url).path

    def press(self, text, status=200, inside="#main", number=0):
        """Press a button or follow a link by its words."""
        said = self.says(text)
        exact = re.compile(rf"^\s*{re.escape(said)}\s*$")
        within = self.page.locator(inside)
        button = within.get_by_role("button", name=exact)
        target = button if button.count() else within.get_by_role("link", name=exact)
        self.press_on(target.nth(number), status)

    def press_on(self, target, status=200):
        """Press this and wait for the next page."""
        with self.page.expect_navigation():
            target.click()
        self._seen(status)

    def follow(self, ending, status=200):
        """Follow the first link of the page whose address ends so."""
        self.press_on(self.page.locator(f'#main a[href*="{ending}"]').first, status)

    def _seen(self, status):
        self.look.at_page(status)
        if self.who and status == 200 and not OWN.match(self.here):
            self.private.add(self.here)

    def again(self):
        """Reload, come by a deep link, leave and come Back: it is the same page each time."""
        heading = self.heading()
        where = self.page.url
        self.page.reload()
        self.look.at_page()
        assert self.heading() == heading, "reload"
        fresh = self.page.context.new_page()
        fresh.goto(where)
        assert fresh.locator("h1").first.inner_text() == heading, "deep link"
        fresh.close()
        self.page.goto(self.address + self.path("/law/"))
        self.look.at_page()
        self.page.go_back()
        assert self.heading() == heading, "back"

    def heading(self):
        """The heading of the page."""
        return self.page.locator("h1").first.inner_text()

    def text(self, inside="#main"):
        """Everything that can be read."""
        return self.page.locator(inside).first.text_content()

    def reads(self, *words):
        """All these words stand on the page."""
        shown = " ".join(self.text().split())
        for word in words:
            assert " ".join(word.split()) in shown, f"{word!r} is not read at {self.here}"

    # Filling in

    def fill(self, **typed):
        """Type into the fields of these names."""
        for name, value in typed.items():
            self.page.fill(f'[name="{name}"]', str(value))

    def typed(self, name):
        """What stands in a field."""
        return self.page.input_value(f'[name="{name}"]')

    def choose(self, name, value):
        """Choose one of several circles."""
        self.page.check(f'input[name="{name}"][value="{value}"]')

    def choose_in_list(self, name, label):
        """Choose from a list by words that stand in the line."""
        option = self.page.locator(f'select[name="{name}"] option').filter(has_text=label).first
        self.page.select_option(f'select[name="{name}"]', value=option.get_attribute("value"))

    def unfold(self):
        """Open everything that is folded."""
        folded = self.page.locator("#main details:not([open]) > summary")
        while folded.count():
            folded.first.click()

    def rows(self, last):
        """Ask for more rows until there is a field of this name."""
        while not self.page.locator(f'[name="{last}"]').count():
            self.press_on(self.page.locator('button[name$="-add_row"]'))

    def save(self):
        """Press the button that sends the form."""
        buttons = self.page.locator("#main form:has(.govuk-button-group) .govuk-button-group")
        self.press_on(buttons.last.locator("button:not([name])").first)

    def decide(self, move, status=200, **answers):
        """Make a move by its button, answer what it asks, confirm."""
        self.follow(f"/moves/{move}/")
        self.fill(**answers)
        self.press("Confirm", status)

    def refusal(self, title):
        """What stands under the disabled button of a move, or nothing when it may be pressed."""
        button = self.page.locator("button[disabled]").filter(has_text=title)
        move = self.page.locator(".ashar-move").filter(has=button)
        assert move.count() == 1, f"no disabled button {title!r} at {self.here}"
        return " ".join(move.inner_text().split())

    # Signing in and out

    def sign_in(self, name):
        """Somebody sits down; whoever sat there signs out first."""
        self.sign_out()
        self.open("/account/sign-in/")
        self.fill(username=name, password=PASSWORD)
        self.press("Sign in")
        self.who = name

    def sign_out(self):
        """Leave by the button."""
        button = self.page.locator(".ashar-places form button")
        self.who = ""
        if button.count():
            self.press_on(button.first)

    @contextmanager
    def acting(self, name, at=""):
        """Somebody signs in, does something, and Zamir tries the same addresses."""
        self.sign_in(name)
        if at:
            self.open(at)
        yield
        self.zamir_tries()

    def zamir_tries(self):
        """Who has no mandate finds 404 wherever an outsider finds no page."""
        outsider, zamir = Client(), Client()
        zamir.force_login(Account.objects.get(username="zamir"))
        for path in sorted(self.private):
            if outsider.get(path).status_code == HTTPStatus.OK:
                continue
            answer = zamir.get(path)
            if answer.status_code == HTTPStatus.FOUND:  # sent to a page that everybody may read
                answer = outsider.get(answer.url)
                assert answer.status_code == HTTPStatus.OK, f"Zamir at {path}"
            else:
                assert answer.status_code == HTTPStatus.NOT_FOUND, f"Zamir at {path}"
        self.private.clear()

    # Papers

    def papers(self):
        """The files on the page: words beside each, with its address."""
        rows = self.page.locator("section[aria-labelledby=papers] li")
        return [
            (" ".join(row.inner_text().split()), row.locator("a").get_attribute("href"))
            for row in rows.all()
        ]

    def file(self, href):
        """Fetch a file as this person."""
        answer = self.page.context.request.get(self.address + href)
        assert answer.status == 200, href
        return answer.body()

    def real_papers(self, kinds=1):
        """So many kinds of paper, each in Word and PDF in both languages, are real files.

        Returns the code that stands under the QR picture of the last one.
        """
        found = {form: [] for form in FORMS}
        for words, href in self.papers():
            for form in FORMS:
                if form in words:
                    found[form].append(self.file(href))
        assert [len(files) for files in found.values()] == [kinds] * len(FORMS), self.papers()
        ky_word, ky_pdf, ru_word, ru_pdf = found.values()
        for file in (*ky_pdf, *ru_pdf):
            assert file.startswith(b"%PDF-"), "not a PDF"
            assert file.rstrip().endswith(b"%%EOF"), "half a PDF"
        codes = [code_on(file) for file in ky_word]
        assert sorted(codes) == sorted(code_on(file) for file in ru_word), "one paper, one code"
        return codes[-1]


def code_on(word):
    """The code printed on a Word paper, beside its QR picture."""
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        text = parts.read("word/document.xml").decode()
        for name in parts.namelist():
            if name.startswith("word/footer"):
                text += parts.read(name).decode()
        pictures = [name for name in parts.namelist() if name.startswith("word/media/")]
    assert pictures, "no QR code on the paper"
    plain = re.sub(r"<[^>]+>", "", text)
    found = re.search(r"/v/([0-9A-Z-]+)/", plain)
    assert found, "no address of verification on the paper"
    return found[1]
