"""What must be true of every page that anybody sees."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Four Latin words in a row are a sentence nobody translated.
ENGLISH = re.compile(r"\b[A-Za-z]{2,}(?: [a-z]{2,}){3,}")


class Look:
    """Listens to a browser's page: its answers, its complaints, its width."""

    def __init__(self, page, language):
        self.page, self.language = page, language
        self.width = page.viewport_size["width"]
        self.status, self.complaints, self.count = 0, [], 0
        self.english = {}  # sentence -> where it was first seen
        page.on("response", self._answered)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._told)

    def _answered(self, response):
        request = response.request
        if request.is_navigation_request() and response.frame == self.page.main_frame:
            self.status = response.status

    def _told(self, message):
        # A page answered with 409 or 404 on purpose is reported by the browser as an error too.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def at_page(self, status=200):
        """The right answer, language and width, no complaint; what is left in English is kept for the end."""
        where = self.page.url
        self.count += 1
        assert self.status == status, f"{self.status} instead of {status} at {where}\n{self._why()}"
        assert self.complaints == [], f"the browser complains at {where}"
        assert self.page.get_attribute("html", "lang") == self.language, f"language of {where}"
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.width, f"{wide} pixels wide at {where}"
        for sentence in ENGLISH.findall(self.page.locator("body").inner_text()):
            self.english.setdefault(sentence, urlsplit(where).path)

    def _why(self):
        return self.page.locator("body").inner_text()[:600]
