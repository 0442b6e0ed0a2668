"""The tree of RFC 6962 and signed notes, against the vectors of the standard and any history."""

from __future__ import annotations

from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ashar.journal.core import merkle, note

# The inputs of the test vectors that accompany RFC 6962, and the root over all eight.
INPUTS = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
ROOT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def leaf(data):
    return sha256(b"\x00" + data).digest()


def tree_of(size):
    return [leaf(str(number).encode()) for number in range(size)]


def test_the_root_is_that_of_the_standard():
    assert merkle.root([leaf(bytes.fromhex(one)) for one in INPUTS]).hex() == ROOT
    assert merkle.root([]) == sha256(b"").digest()


@given(st.integers(1, 130), st.data())
def test_every_entry_is_proved_and_no_other(size, data):
    leaves = tree_of(size)
    index = data.draw(st.integers(0, size - 1))
    top, proof = merkle.root(leaves), merkle.inclusion(leaves, index)
    assert merkle.is_included(leaves[index], index, size, proof, top)
    assert not merkle.is_included(leaf(b"forged"), index, size, proof, top)
    assert size == 1 or not merkle.is_included(leaves[index], (index + 1) % size, size, proof, top)


@given(st.integers(1, 130), st.data())
def test_growth_is_proved_and_rewriting_is_not(size, data):
    leaves = tree_of(size)
    old = data.draw(st.integers(1, size))
    proof = merkle.consistency(leaves, old)
    before, after = merkle.root(leaves[:old]), merkle.root(leaves)
    assert merkle.is_consistent(old, size, before, after, proof)
    place = data.draw(st.integers(0, old - 1))
    forged = [*leaves[:place], leaf(b"forged"), *leaves[place + 1 :]]
    forged_proof = merkle.consistency(forged, old)
    assert not merkle.is_consistent(old, size, before, merkle.root(forged), forged_proof)


@given(st.lists(st.binary(max_size=40), max_size=60))
def test_leaves_added_one_by_one_give_the_same_root(words):
    frontier = []
    for size, word in enumerate(words):
        merkle.add(frontier, size, leaf(word))
    assert merkle.root_of_frontier(frontier) == merkle.root([leaf(word) for word in words])


@pytest.fixture
def signed():
    key = Ed25519PrivateKey.generate()
    said = note.Checkpoint("ashar.example/journal", 7, b"r" * 32)
    return said, key, note.sign(said, key, said.origin)


def test_a_note_says_what_was_signed(signed):
    said, key, text = signed
    assert note.read(text)[0] == said
    assert note.is_signed_by(text, note.verifier_key(said.origin, key.public_key()))


def test_a_changed_note_or_another_key_is_refused(signed):
    said, key, text = signed
    printed = note.verifier_key(said.origin, key.public_key())
    assert not note.is_signed_by(text.replace("\n7\n", "\n8\n"), printed)
    other = note.verifier_key(said.origin, Ed25519PrivateKey.generate().public_key())
    assert not note.is_signed_by(text, other)


def test_a_cosignature_is_read_by_the_witness_key_alone(signed):
    _said, _key, text = signed
    witness = Ed25519PrivateKey.generate()
    line = note.cosign(text, witness, "witness.example", 1_770_000_000)
    both = text + line
    assert note.is_signed_by(both, note.cosigner_key("witness.example", witness.public_key()))
    assert not note.is_signed_by(text, note.cosigner_key("witness.example", witness.public_key()))


@given(st.text(max_size=200))
def test_nonsense_is_refused_with_words(text):
    with pytest.raises(note.BadNote):
        note.read(text)
