"""Clerks who send forms without end and remember what was acknowledged to them."""

from __future__ import annotations

import json
import threading
import uuid
from http.client import HTTPException

BEGIN = "/ky/programmes/begin/"
TYPED = {"goal_ky": "Максат", "goal_ru": "Цель", "year_from": 2026, "year_to": 2027}
# What stands in the database, and what the journal says of it.
LOOK = """
import json
from ashar.cases.models import Case
from ashar.journal.models import Entry
from ashar.journal.queries.checking import verify
opened = Entry.objects.filter(action__contains="open").exclude(case_ref="")
print(json.dumps({
    "rows": {c.title_ky: c.ref for c in Case.objects.filter(title_ky__startswith="N")},
    "cases": sorted(Case.objects.values_list("ref", flat=True)),
    "journaled": sorted(set(opened.values_list("case_ref", flat=True))),
    "whole": verify().is_whole,
}))
"""


class Crowd:
    """So many browsers, each in its own thread."""

    def __init__(self, machine, size):
        self.browsers = machine.sessions("aigul", size)
        self.machine = machine
        self.acknowledged = {}
        self.unanswered = {}
        self.stop = threading.Event()
        self.threads = []

    def begin(self):
        """Let everybody send; who gets no answer writes down what was asked."""
        for browser in self.browsers:
            if not browser.token:
                browser.get(BEGIN)
        self.stop.clear()
        self.threads = [threading.Thread(target=self._send, args=[b]) for b in self.browsers]
        for thread in self.threads:
            thread.start()

    def _send(self, browser):
        while not self.stop.is_set():
            title = f"N{uuid.uuid4().hex}"
            browser.mark = title
            try:
                status, where = browser.post(BEGIN, timeout=20, **self.typed(title))
            except (OSError, HTTPException):
                self.unanswered[title] = browser
                return
            if status == 302:
                self.acknowledged[title] = where
            else:
                self.unanswered[title] = browser

    @staticmethod
    def typed(title):
        return {**TYPED, "title_ky": title, "title_ru": title}

    def end(self):
        """Let everybody finish."""
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def repeat(self):
        """Who got no answer presses again; return how many of those had been carried out."""
        before = set(look(self.machine)["rows"])
        done = 0
        for title, browser in list(self.unanswered.items()):
            browser.mark = title
            status, where = browser.post(BEGIN, **self.typed(title))
            assert status == 302
            self.acknowledged[title] = where
            done += title in before
        self.unanswered.clear()
        return done


def look(machine):
    """What stands in the database now."""
    return json.loads(machine.python(LOOK).splitlines()[-1])


def lost_or_torn(crowd, found):
    """What was acknowledged and is not there, and what stands without its journal entry."""
    faults = [
        f"lost: {title}"
        for title, where in crowd.acknowledged.items()
        if found["rows"].get(title, "") not in where or title not in found["rows"]
    ]
    faults += [f"not journaled: {ref}" for ref in set(found["cases"]) - set(found["journaled"])]
    faults += [f"journaled, not there: {r}" for r in set(found["journaled"]) - set(found["cases"])]
    return faults + ["the journal does not hold"] * (not found["whole"])
