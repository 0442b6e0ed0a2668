"""Asks a virus scanner (clamd) about a file, where an administrator runs one."""

from __future__ import annotations

import socket
import struct

from ashar.documents.core.refused import RefusedFile

_PIECE = 64 * 1024
_SECONDS = 20
_LONGEST_ANSWER = 4_096


def scan(address: str, content: bytes) -> None:
    """Refuse what the scanner names, and everything while it does not answer.

    The address is a path (`/run/clamav/clamd.ctl`) or `host:port`.
    """
    try:
        answer = _ask(address, content)
    except (OSError, ValueError) as fault:
        raise RefusedFile("no_scanner") from fault
    if answer.endswith(b"FOUND"):
        raise RefusedFile("infected")
    if not answer.endswith(b": OK"):
        raise RefusedFile("no_scanner")


def _ask(address: str, content: bytes) -> bytes:
    with _connected(address) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _PIECE):
            piece = content[start : start + _PIECE]
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
            got = line.recv(_LONGEST_ANSWER)
            if not got:
                break
            answer += got
    return answer.strip(b"\0\r\n ")


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS)
