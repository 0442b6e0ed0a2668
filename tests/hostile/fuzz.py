"""One parser under random input, guided by which of its branches the input reaches.

    python -m tests.hostile.fuzz money -max_total_time=60

Run by test_p37_fuzzing.py in a process of its own. Input that a parser refuses in its own words
is right; any other error is a fault and ends the run.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from pathlib import Path

import atheris

ROOMS = ["ashar.kernel", "ashar.procedures", "ashar.documents", "ashar.interface", "ashar.calls"]
BLIND = "--blind"  # the planted fault: without instruments random input learns nothing

with atheris.instrument_imports(include=[] if BLIND in sys.argv else [*ROOMS, "zipfile", "csv"]):
    from ashar.calls.core.draft import read_draft
    from ashar.calls.core.sealed import UnreadableFileError, read_offline
    from ashar.documents.core import RefusedFile, check_upload, sheet_child
    from ashar.documents.core.uploads import safe_name
    from ashar.interface.fields import read_day
    from ashar.kernel.money import BadAmount, Som
    from ashar.procedures.load import load
    from ashar.procedures.reading import BadFile

from tests.hostile.corpus import corpus, sheet_file  # noqa: E402 - our parsers first

LIMITS = {"rows": 500, "columns": 50, "letters": 500, "together": 50_000}
LAW = Path(__file__).parents[2] / "law" / "procedures"
FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))


def money(data):
    """An amount and a day, as people type them."""
    typed = data.decode("utf-8", "ignore")
    try:
        amount = Som.parse(typed)
    except BadAmount:
        pass
    else:
        assert Som.parse(str(amount)) == amount, "an amount is not read as it is written"
    day = read_day(typed)
    assert day is None or read_day(f"{day:%d.%m.%Y}") == day, "a day is not read as it is written"


def draft(data):
    """A proposal as it was typed, whatever its shape."""
    try:
        typed = json.loads(data)
    except (ValueError, RecursionError):
        typed = {}
    if isinstance(typed, dict):
        read_draft(typed, ("local", "own"))
    text = data.decode("utf-8", "replace")
    parts = text.split("|")
    row = dict(
        zip(("title", "quantity", "unit", "rate", "source", "from_day"), parts, strict=False)
    )
    read_draft({"summary": text, "budget": [row], "activities": [row], "results": parts}, ("own",))


def law(data):
    """A file of a procedure."""
    path = FOLDER / "2026-01-01.yaml"
    path.write_bytes(data)
    with contextlib.suppress(BadFile):
        load(path)


def upload(data):
    """A file that somebody sends; the first sign chooses its name."""
    names = ("a.pdf", "a.docx", "a.xlsx", "a.png", "a.jpg", "a.odt", "a.pptx")
    with contextlib.suppress(RefusedFile):
        check_upload(names[data[0] % len(names)] if data else "a.pdf", data[1:])
    safe_name(data.decode("utf-8", "surrogateescape"))


def csv(data):
    """A list in lines: no line vanishes."""
    said = list(sheet_child.bounded(sheet_child.read_lines(data, LIMITS), LIMITS))
    text = sheet_child.decoded(data)
    whole = any(one.get("row") == 0 for one in said)
    if text and not whole and '"' not in text and not text.lower().startswith("sep="):
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        sign, _first = sheet_child.separator_of(lines)
        filled = [line for line in lines if line.replace(sign, "").strip()]
        assert len(said) == len(filled), "a line vanished"


def sheet(data):
    """A workbook: what cannot be read raises, which the confined process turns to a refusal."""
    sheet_child.ERROR_CELL.findall(data)
    try:
        for said in sheet_child.bounded(sheet_child.read(data, LIMITS), LIMITS):
            json.dumps(said)
    except BaseException as fault:
        # The words of the libraries, and the end of calamine, which ends its process alone.
        if not isinstance(fault, Exception) and type(fault).__name__ != "PanicException":
            raise
        if isinstance(fault, AssertionError | RecursionError):
            raise


def offline(data):
    """The file of the page that seals without the Internet."""
    with contextlib.suppress(UnreadableFileError):
        read_offline(data)


@atheris.instrument_func
def planted(data):
    """A parser with a fault, to show that faults are found."""
    if data[:1] == b"%" and data[1:2] == b"P" and data[2:3] == b"D":
        raise KeyError("planted")


TARGETS = {one.__name__: one for one in (money, draft, law, upload, csv, sheet, offline, planted)}


def seeds(name):
    """Honest and hostile examples to begin with."""
    found = {
        "money": [b"1 234,56", b"21.11.2026", b"2026-11-21", b"-5", b"1e9"],
        "draft": [b'{"budget": [{"rate": "1", "quantity": "2"}]}', b"a|2|b|3,5|own|1.1.2026"],
        "law": [path.read_bytes() for path in sorted(LAW.rglob("*.yaml"))[:3]],
        "upload": [b"\x01" + one.content for one in corpus().values() if len(one.content) < 50_000],
        "csv": ["аты;саны\nА;1\n".encode(), b'a,"b\nc",d\n', b"sep=;\n1;2"],
        "sheet": [sheet_file(3), b"a;b\n"],
        "offline": [b'\x00\x00\x00\x10{"form": "x", "sizes": [1]}'],
    }.get(name, [b"%"])
    folder = FOLDER / "seeds"
    folder.mkdir()
    for number, content in enumerate(found):
        (folder / str(number)).write_bytes(content)
    return str(folder)


def main():
    name = sys.argv.pop(1)
    if BLIND in sys.argv:
        sys.argv.remove(BLIND)
    options = [*sys.argv, f"-artifact_prefix={FOLDER}/", "-timeout=25", "-max_len=60000"]
    atheris.Setup([*options, seeds(name)], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
