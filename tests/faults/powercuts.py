"""Power cuts: a whole Linux in a process (user-mode-linux) whose plug is pulled while it writes.

`kill -9` shows nothing about power: what a killed process wrote stays in the memory of the kernel
and reaches the disk later. Here the kernel itself dies, and with it all it had not yet written.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

LINUX, FORMATTER = shutil.which("linux.uml"), shutil.which("mkfs.ext4")
REASON = "user-mode-linux is not installed (apt install user-mode-linux e2fsprogs)"
ROOT = Path(settings.BASE_DIR)
START_SECONDS = 180
INIT = """#!/bin/sh
mount -t proc proc /proc
mount -t ext4 /dev/ubda /mnt
export ASHAR_VAR=/mnt HOME=/mnt DJANGO_SETTINGS_MODULE=config.settings PYTHONPATH={root}
export PYTHONDONTWRITEBYTECODE=1 {environment}
cd {root}
{before}
exec {python} {script} 2>&1
"""
WRITE = '''
"""Says what survived, then writes without end; each line is sent after its commit."""
from django.conf import settings
options = settings.DATABASES["default"]["OPTIONS"]
{options}
import django
django.setup()
from ashar.journal.actions import deed, write
from ashar.journal.queries.checking import verify
from ashar.server.backups.copying import refuse_damage
from ashar.server.models import SentForm
from django.db import connection
refuse_damage(connection)
kept = sorted(int(one.digest[1:]) for one in SentForm.objects.filter(digest__startswith="n"))
print("KEPT", verify().is_whole, " ".join(map(str, kept)), flush=True)
number = max(kept, default=0) + 1000
while True:
    number += 1
    with deed():
        SentForm.objects.create(digest=f"n{{number}}")
        write("tried", subject=f"cut:{{number}}", by=None)
    print("ACK", number, flush=True)
'''


class Disk:
    """A disk with an installation on it, and the machine that boots from it."""

    def __init__(self, folder, content, *, options="", environment="", before=""):
        self.folder = Path(folder)
        self.image = self.folder / "disk.img"
        self.acknowledged = set()
        self.lost = set()
        self.faults = []
        self.cuts = 0
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.image.open("wb") as file:
            file.truncate(512 * 1024 * 1024)
        subprocess.run([FORMATTER, "-q", "-d", str(content), str(self.image)], check=True)
        script = self.folder / "write.py"
        script.write_text(WRITE.format(options=options))
        self.init = self.folder / "init.sh"
        self.init.write_text(
            INIT.format(
                root=ROOT,
                python=sys.executable,
                script=script,
                environment=environment,
                before=before,
            )
        )
        self.init.chmod(0o755)

    def boot(self):
        """Start the machine; return the process and the numbers that survived the last cut."""
        machine = subprocess.Popen(
            [
                LINUX,
                f"ubd0={self.image}",
                *("root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", "mem=384M", "quiet"),
                f"init={self.init}",
                *("con=null", "con0=fd:0,fd:1"),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": str(self.folder)},
            text=True,
            errors="replace",
            start_new_session=True,
        )
        seen = []
        for line in machine.stdout:
            seen.append(line)
            if line.startswith("KEPT"):
                _word, whole, *numbers = line.split()
                self.faults += ["the journal does not hold"] * (whole != "True")
                return machine, set(map(int, numbers))
        self.pull(machine)
        raise AssertionError("".join(seen)[-3000:])

    @staticmethod
    def pull(machine):
        """Pull the plug; return what was said before it and not yet read."""
        os.killpg(machine.pid, signal.SIGKILL)
        with machine:  # waits, and closes what led to it
            return machine.stdout.readlines()

    def cut(self, most=2.0):
        """Boot, look what survived, write for a moment, pull the plug."""
        machine, kept = self.boot()
        self.lost |= self.acknowledged - kept
        until = None
        for line in machine.stdout:
            if line.startswith("ACK"):
                self.acknowledged.add(int(line.split()[1]))
                until = until or time.monotonic() + random.uniform(0.2, most)  # noqa: S311
                if time.monotonic() > until:
                    break
        for line in self.pull(machine):  # what was said before the plug was pulled counts
            if line.startswith("ACK ") and line.endswith("\n"):
                self.acknowledged.add(int(line.split()[1]))
        self.cuts += 1

    def after(self, cuts):
        """Pull the plug so many times; return the figures."""
        for _cut in range(cuts):
            self.cut()
        machine, kept = self.boot()
        self.lost |= self.acknowledged - kept
        self.pull(machine)
        return {
            "cuts": self.cuts,
            "acknowledged": len(self.acknowledged),
            "lost": len(self.lost),
            "faults": self.faults,
        }
