"""Check a journal of Ashar without Ashar: one file, Python 3.8 or newer, nothing to install.

    python verifier.py journal journal.jsonl --note checkpoint.txt --key "NAME+HASH+KEY"
    python verifier.py proof proof.json --key "NAME+HASH+KEY"

`journal.jsonl` is what the office exports (`ashar journal export`), `checkpoint.txt` a mark that
you kept or copied from the public page, the key is on the public page and on printed papers.
Exit code 0: everything fits. 1: it does not. 2: a file cannot be read.
"""

import argparse
import base64
import hashlib
import json
import sys

FIELDS = ("number", "at", "actor_account", "actor_name", "mandate", "action", "subject",
          "case_ref", "data", "rows")
PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME
ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)


def sha256(data):
    return hashlib.sha256(data).digest()


# ---- Ed25519, as RFC 8032 describes it: slow and plain, enough for a few signatures

def recover_x(y, sign):
    xx = (y * y - 1) * pow(D * y * y + 1, PRIME - 2, PRIME) % PRIME
    x = pow(xx, (PRIME + 3) // 8, PRIME)
    if (x * x - xx) % PRIME:
        x = x * ROOT_OF_MINUS_ONE % PRIME
    if (x * x - xx) % PRIME or (x == 0 and sign):
        raise ValueError("not a point")
    return PRIME - x if x & 1 != sign else x


def point(raw):
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= PRIME:
        raise ValueError("not a point")
    x = recover_x(y, sign)
    return (x, y, 1, x * y % PRIME)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % PRIME
    b = (p[1] + p[0]) * (q[1] + q[0]) % PRIME
    c = 2 * p[3] * q[3] * D % PRIME
    d = 2 * p[2] * q[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME)


def times(number, p):
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = add(found, p)
        p, number = add(p, p), number >> 1
    return found


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % PRIME == 0 and (p[1] * q[2] - q[1] * p[2]) % PRIME == 0


BASE_Y = 4 * pow(5, PRIME - 2, PRIME) % PRIME
BASE = (recover_x(BASE_Y, 0), BASE_Y, 1, recover_x(BASE_Y, 0) * BASE_Y % PRIME)


def is_signature(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    try:
        a, r = point(key), point(signature[:32])
    except ValueError:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return same(times(s, BASE), add(r, times(h, a)))


# ---- Signed notes (C2SP signed-note) and the tree of RFC 6962

def read_key(text):
    name, hashed, coded = text.strip().split("+", 2)
    raw = base64.b64decode(coded)
    if hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4].hex() != hashed:
        raise ValueError("the key does not fit its own hash")
    return name, raw


def read_note(text):
    body, tail = text.replace("\r\n", "\n").split("\n\n", 1)
    origin, size, root = body.split("\n")[:3]
    signatures = []
    for line in tail.strip().split("\n"):
        _dash, name, coded = line.strip().split(" ")
        raw = base64.b64decode(coded)
        signatures.append((name, raw[:4], raw[4:]))
    return origin, int(size), base64.b64decode(root), (body + "\n").encode(), signatures


def is_signed(text, key):
    name, raw = read_key(key)
    _origin, _size, _root, body, signatures = read_note(text)
    wanted = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    return any(
        who == name and hashed == wanted and is_signature(raw[1:], body, signature)
        for who, hashed, signature in signatures
    )


def node(left, right):
    return sha256(b"\x01" + left + right)


def root_of(leaves):
    frontier = []
    for size, leaf in enumerate(leaves):
        while size & 1:
            leaf, size = node(frontier.pop(), leaf), size >> 1
        frontier.append(leaf)
    if not frontier:
        return sha256(b"")
    found = frontier.pop()
    while frontier:
        found = node(frontier.pop(), found)
    return found


def is_included(leaf, index, size, proof, root):
    first, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            found = node(step, found)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            found = node(found, step)
        first, last = first >> 1, last >> 1
    return last == 0 and found == root


# ---- The two questions

def check_journal(path, notes, key):
    faults, leaves, previous, expected = [], [], "0" * 64, 1
    with open(path, encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            words = [entry[name] for name in FIELDS] + [previous]
            written = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            digest = sha256(b"\x00" + written.encode())
            if entry["number"] != expected:
                faults.append("line %d is missing" % expected)
            if digest.hex() != entry["digest"]:
                faults.append("line %d is not what was written" % entry["number"])
            previous, expected = entry["digest"], entry["number"] + 1
            leaves.append(bytes.fromhex(entry["digest"]))
    for name in notes:
        with open(name, encoding="utf-8") as file:
            text = file.read()
        _origin, size, root, _body, _signatures = read_note(text)
        if key and not is_signed(text, key):
            faults.append("%s is not signed with this key" % name)
        if size > len(leaves):
            faults.append("%s speaks of %d lines, there are %d" % (name, size, len(leaves)))
        elif root_of(leaves[:size]) != root:
            faults.append("%s does not fit: the history was rewritten" % name)
    return faults, len(leaves)


def check_proof(path, key):
    with open(path, encoding="utf-8") as file:
        said = json.load(file)
    _origin, size, root, _body, _signatures = read_note(said["checkpoint"])
    faults = []
    if key and not is_signed(said["checkpoint"], key):
        faults.append("the mark is not signed with this key")
    leaf = base64.b64decode(said["leaf"])
    steps = [base64.b64decode(step) for step in said["proof"]]
    if not is_included(leaf, said["entry"] - 1, size, steps, root):
        faults.append("line %d is not under the mark" % said["entry"])
    return faults, size


def main():
    parser = argparse.ArgumentParser(description="Check a journal of Ashar without Ashar.")
    parser.add_argument("what", choices=("journal", "proof"))
    parser.add_argument("file")
    parser.add_argument("--note", action="append", default=[], help="a mark that you kept")
    parser.add_argument("--key", help="the public key: NAME+HASH+KEY")
    asked = parser.parse_args()
    try:
        if asked.what == "journal":
            faults, size = check_journal(asked.file, asked.note, asked.key)
        else:
            faults, size = check_proof(asked.file, asked.key)
    except (OSError, ValueError, KeyError, IndexError) as wrong:
        print("cannot be read: %r" % wrong)
        return 2
    for fault in faults:
        print(fault)
    print("%d lines: %s" % (size, "does not fit" if faults else "everything fits"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
