"""The formats: our shares and locks are those of the browser and of Debian's age."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ashar.seals import core
from ashar.seals.core import shares
from tests.seals.test_trust import sealed_envelopes

ROOT = Path(core.__file__).resolve().parents[3]
BUNDLE = ROOT / "ashar/seals/static/seals/seal.js"
NODE, AGE = shutil.which("node"), shutil.which("age")
SECRET = bytes(range(32))
# Made by shamir-secret-sharing 0.0.4: split(bytes 0..31, 3 shares, 2).
FROM_BROWSER = (
    "4684918b8374a6341be2ccf592a08013efb267529825f971c766eee21da9ce422a",
    "8c103f0811e75d612ec49dec2b4c0937f54cf8911775d3dbbde7e9f21e6ea5a554",
    "d29e5130dd343a686b4be8e0f39df786d848af28ab1fd8c9dce1b4193fab30ad49",
)


def test_shares_of_the_browser_are_read_here():
    parts = [bytes.fromhex(one) for one in FROM_BROWSER]
    assert {shares.combine(pair) for pair in (parts[:2], parts[1:], parts[::2])} == {SECRET}


@settings(max_examples=50, deadline=None)
@given(st.binary(min_size=1, max_size=40), st.integers(2, 9), st.data())
def test_any_threshold_of_shares_gives_the_secret_back(secret, holders, data):
    threshold = data.draw(st.integers(2, holders))
    parts = data.draw(st.permutations(shares.split(secret, holders, threshold)))
    assert shares.combine(parts[:threshold]) == secret


def test_threshold_is_more_than_half():
    assert [core.threshold_for(n) for n in (3, 4, 5, 7, 9)] == [2, 3, 3, 4, 5]


def test_an_identity_is_written_as_age_writes_it():
    identity = core.new_identity()
    assert core.identity_of(core.secret_of(identity)) == identity
    mistyped = identity[:-1] + ("Q" if identity[-1] != "Q" else "P")
    with pytest.raises(ValueError, match="mistyped"):
        core.secret_of(mistyped)


def test_a_lock_under_words_opens_with_these_words_alone():
    identity = core.new_identity()
    locked = core.lock(identity, "үч сыр сөз", work_factor=4)
    assert core.is_locked(locked)
    assert core.unlock(locked, "үч сыр сөз") == identity
    with pytest.raises(core.NotLockedError):
        core.unlock(locked, "үч сыр")


def test_only_what_is_locked_under_words_is_kept_as_a_seal():
    identity = core.new_identity()
    plain = core.seal_share(identity.encode(), core.recipient_of(identity))
    assert not core.is_locked(plain)
    assert not core.is_locked(identity)
    assert not core.is_locked(f"-----BEGIN AGE ENCRYPTED FILE-----\n{identity}")


def test_the_published_script_is_the_one_that_was_built():
    said = (ROOT / "docs/how-to/build-the-seal.md").read_text()
    assert hashlib.sha256(BUNDLE.read_bytes()).hexdigest() in said
    locked = json.loads((ROOT / "ashar/seals/javascript/package-lock.json").read_text())
    wanted = json.loads((ROOT / "ashar/seals/javascript/package.json").read_text())
    for name, version in wanted["dependencies"].items():
        assert locked["packages"][f"node_modules/{name}"]["version"] == version


def test_the_script_talks_to_nobody():
    text = BUNDLE.read_text()
    assert not re.search(r"\bfetch\(|XMLHttpRequest|WebSocket|\beval\(|new Function", text)


@pytest.mark.skipif(not AGE, reason="no age on this machine")
def test_debians_age_opens_what_was_sealed(tmp_path):
    (one, *_), _secrets = sealed_envelopes(1, 5, 3)
    identity = core.new_identity()
    (tmp_path / "code").write_text(identity)
    (tmp_path / "sealed").write_bytes(core.encrypt(b"by age", core.recipient_of(identity)))
    answer = subprocess.run(
        [str(AGE), "-d", "-i", tmp_path / "code", tmp_path / "sealed"],
        capture_output=True,
        check=True,
    )
    assert answer.stdout == b"by age"
    assert core.is_sealed(one[1])


ROUND = """
require(process.argv[1]); const seal = globalThis.asharSeal;
let text = ""; process.stdin.on("data", (part) => { text += part; });
process.stdin.on("end", async () => {
  const given = JSON.parse(text), out = {};
  out.read = seal.unpackEnvelope(await seal.decrypt(seal.fromBase64(given.ciphertext), given.code));
  out.words = await seal.unlock(given.locked, "сыр") === given.code;
  const shares = [];
  for (const one of given.shares.slice(0, 3)) {
    shares.push(await seal.openShare(one.share, given.secrets[one.position]));
  }
  out.combined = await seal.recipientOf(await seal.combine(shares)) === given.recipient;
  out.fingerprint = await seal.fingerprint(given.recipient);
  const code = await seal.newIdentity(), recipient = await seal.recipientOf(code);
  out.made = {
    recipient,
    ciphertext: seal.toBase64(await seal.encrypt(seal.packEnvelope(given.header), recipient)),
    shares: await seal.splitFor(code, given.holders, 3),
    locked: await seal.lock(code, "сыр", 4), code,
  };
  console.log(JSON.stringify(out));
});
"""


@pytest.mark.skipif(not NODE, reason="no node on this machine; the browser test does the same")
def test_browser_and_server_open_each_others_envelopes():
    import base64  # noqa: PLC0415

    code = core.new_identity()
    recipient = core.recipient_of(code)
    header = {
        "form": "ashar-envelope/1",
        "call": "C",
        "proposal": "P",
        "typed": {"title": "Ү"},
        "papers": [],
    }
    secrets = {n: core.new_identity() for n in range(1, 6)}
    recipients = {n: core.recipient_of(one) for n, one in secrets.items()}
    told = {
        "ciphertext": base64.b64encode(core.encrypt(core.pack(header), recipient)).decode(),
        "code": code,
        "recipient": recipient,
        "locked": core.lock(code, "сыр", work_factor=4),
        "shares": core.split_for(code, recipients, 3),
        "secrets": secrets,
        "header": header,
        "holders": [{"position": n, "recipient": one} for n, one in recipients.items()],
    }
    answer = subprocess.run(
        [str(NODE), "-e", ROUND, str(BUNDLE)],
        input=json.dumps(told).encode(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    said = json.loads(answer.stdout)
    assert (said["read"], said["words"], said["combined"]) == (header, True, True)
    assert said["fingerprint"] == core.fingerprint(recipient)
    made = said["made"]
    opened = {
        s["position"]: core.open_share(s["share"], secrets[s["position"]]) for s in made["shares"]
    }
    found = core.open_envelope(
        made["recipient"],
        base64.b64decode(made["ciphertext"]),
        {k: opened[k] for k in (2, 4, 5)},
        3,
    )
    assert found.payload.typed == {"title": "Ү"}
    assert core.unlock(made["locked"], "сыр") == made["code"]
