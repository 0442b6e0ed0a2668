"""A whole Ashar of its own, as processes: it can be started, asked, killed and looked into."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
MARK = re.compile(r'name="form_mark" value="([\w-]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PEOPLED = """
from tests.people import build_world
build_world()
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Machine:
    """One installation in one folder."""

    def __init__(self, folder, database="", **environment):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.database = database
        self.port = free_port()
        self.server = None
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("ASHAR_", "DATABASE_"))},
            "ASHAR_VAR": str(self.folder),
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
            "PORT": str(self.port),
            **environment,
        }

    def run(self, *words, check=True, **environment):
        """Run one command of Ashar."""
        return self._run("manage.py", *words, check=check, **environment)

    def python(self, code, *words, check=True, **environment):
        """Run a few lines inside Ashar; return what they printed."""
        lines = f"import django, sys\ndjango.setup()\n{code}"
        return self._run("-c", lines, *words, check=check, **environment).stdout

    def _run(self, *words, check, **environment):
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0 or not check, done.stdout[-2000:] + done.stderr[-4000:]
        return done

    def build(self):
        """Make the tables and enter the cast."""
        self.run("migrate", "-v0")
        self.python(PEOPLED)
        return self

    def start(self, *words):
        """Start the server and wait until it answers; return the seconds it took."""
        began = time.monotonic()
        with (self.folder / "server.log").open("ab") as log:
            self.server = subprocess.Popen(
                [sys.executable, "manage.py", "serve", f"--port={self.port}", *words],
                cwd=ROOT,
                env=self.environment,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        self.wait()
        return time.monotonic() - began

    def wait(self, path="/health/live", seconds=60):
        """Wait until the server answers."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(self.at(path), timeout=5).close()  # noqa: S310 - our own address
            except urllib.error.HTTPError:
                return
            except (OSError, HTTPException):
                time.sleep(0.02)
            else:
                return
        raise AssertionError((self.folder / "server.log").read_text()[-3000:])

    def at(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def processes(self):
        """Every process of the server: itself, its workers and the clock."""
        if self.server is None:
            return []
        found = [self.server.pid]
        for one in found:
            children = Path(f"/proc/{one}/task/{one}/children")
            if children.exists():
                found += [int(pid) for pid in children.read_text().split()]
        return found

    def kill(self):
        """Kill -9 everything at once."""
        for pid in self.processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if self.server is not None:
            self.server.wait()
        self.server = None

    def sessions(self, username, count):
        """Cookies of a person who signed in that many times."""
        code = f"""
import json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from ashar.parties.models import Account
found = []
for _ in range({count}):
    client = Client()
    client.force_login(Account.objects.get(username={username!r}))
    found.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
print(json.dumps([settings.SESSION_COOKIE_NAME, found]))
"""
        name, values = json.loads(self.python(code))
        return [Browser(self, f"{name}={value}") for value in values]


class Browser:
    """One person's browser: it keeps cookies and sends forms."""

    def __init__(self, machine, cookie=""):
        self.machine = machine
        self.first = cookie
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), _Stay()
        )
        self.token = self.mark = ""

    def _headers(self):
        kept = "; ".join([self.first, *(f"{c.name}={c.value}" for c in self.jar)])
        return {"Cookie": kept, "Accept-Language": "ky"}

    def _request(self, path, data=None):
        address = self.machine.at(path)
        return urllib.request.Request(address, data, headers=self._headers())  # noqa: S310 - ours

    def get(self, path):
        """Open a page; remember the marks of its last form."""
        request = self._request(path)
        with self.opener.open(request, timeout=30) as answer:
            page = answer.read().decode()
        self.token, self.mark = TOKEN.findall(page)[-1], MARK.findall(page)[-1]
        return page

    def post(self, path, timeout=30, **typed):
        """Send a form; return the status and where it leads."""
        data = urllib.parse.urlencode(
            {"csrfmiddlewaretoken": self.token, "form_mark": self.mark, **typed}
        )
        request = self._request(path, data.encode())
        try:
            with self.opener.open(request, timeout=timeout) as answer:
                return answer.status, answer.headers.get("Location", "")
        except urllib.error.HTTPError as said:
            return said.code, said.headers.get("Location", "")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments, **_named):
        return None
