"""P26: a power cut loses nothing acknowledged; careless settings are caught losing."""

from __future__ import annotations

import shutil

import pytest

from ashar.server.storage import FALLBACK_PRAGMAS, WAL_PRAGMAS
from tests.faults import powercuts
from tests.faults.conftest import ON_POSTGRESQL

pytestmark = [
    pytest.mark.slow,
    pytest.mark.faults,
    pytest.mark.skipif(not (powercuts.LINUX and powercuts.FORMATTER), reason=powercuts.REASON),
]
lite = pytest.mark.skipif(ON_POSTGRESQL, reason="says something about SQLite only")


def figures(model, tmp_path, pragmas, cuts):
    """Pull the plug of an installation on SQLite opened in this way."""
    content = tmp_path / "content"
    content.mkdir()
    for name in ("ashar.sqlite3", "secret-key"):
        shutil.copy(model.folder / name, content)
    if (model.folder / "keys").is_dir():
        shutil.copytree(model.folder / "keys", content / "keys")
    options = f"options['init_command'] = {pragmas!r}"
    return powercuts.Disk(tmp_path / "disk", content, options=options).after(cuts)


@lite
@pytest.mark.parametrize(
    ("pragmas", "cuts"), [(WAL_PRAGMAS, 50), (FALLBACK_PRAGMAS, 20)], ids=["wal", "fallback"]
)
def test_p26_power_cuts_lose_nothing(model, tmp_path, capsys, pragmas, cuts):
    told = figures(model, tmp_path, pragmas, cuts)
    with capsys.disabled():
        print(f"\n  {told}")  # noqa: T201 - figures of the promise
    assert (told["cuts"], told["lost"], told["faults"]) == (cuts, 0, [])
    assert told["acknowledged"] > cuts


@lite
def test_p26_notices_settings_that_do_not_wait_for_the_disk(model, tmp_path, capsys):
    careless = WAL_PRAGMAS.replace("synchronous=FULL", "synchronous=OFF")
    told = figures(model, tmp_path, careless, 3)
    with capsys.disabled():
        print(f"\n  {told}")  # noqa: T201 - figures of the promise
    assert told["lost"] > 0
