"""A passkey of software: what a telephone does with a finger, in sixty lines."""

from __future__ import annotations

import hashlib
import json
import secrets
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftwareAuthenticator:
    """Keeps one passkey and signs what it is asked, for the origin it believes to be at."""

    def __init__(self, origin="http://localhost"):
        self.origin = origin
        self.secret = ec.generate_private_key(ec.SECP256R1())
        self.number = secrets.token_bytes(16)
        self.user = b""
        self.counter = 0

    def create(self, options):
        """Answer `navigator.credentials.create`."""
        asked = options["publicKey"]
        self.user = websafe_decode(asked["user"]["id"])
        said = self._client_data("webauthn.create", asked["challenge"])
        key = cbor.encode(dict(ES256.from_cryptography_key(self.secret.public_key())))
        attested = bytes(16) + struct.pack(">H", len(self.number)) + self.number + key
        data = self._data(asked["rp"]["id"], ATTESTED) + attested
        statement = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._credential(
            clientDataJSON=websafe_encode(said), attestationObject=websafe_encode(statement)
        )

    def get(self, options):
        """Answer `navigator.credentials.get`."""
        asked = options["publicKey"]
        said = self._client_data("webauthn.get", asked["challenge"])
        data = self._data(asked["rpId"])
        signed = self.secret.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._credential(
            clientDataJSON=websafe_encode(said),
            authenticatorData=websafe_encode(data),
            signature=websafe_encode(signed),
            userHandle=websafe_encode(self.user),
        )

    def _client_data(self, kind, challenge):
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _data(self, site, more=0):
        self.counter += 1
        flags = PRESENT | VERIFIED | more
        return hashlib.sha256(site.encode()).digest() + struct.pack(">BI", flags, self.counter)

    def _credential(self, **response):
        number = websafe_encode(self.number)
        return {
            "id": number,
            "rawId": number,
            "type": "public-key",
            "clientExtensionResults": {"credProps": {"rk": True}},
            "response": response,
        }
