"""A security key in software, which can also do what no honest one does."""

from hashlib import sha256
from typing import Any, TypeAlias

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "http://localhost"
Flag: TypeAlias = AuthenticatorData.FLAG
PRESENT, VERIFIED, ATTESTED = Flag.UP, Flag.UV, Flag.AT


class Key:
    """One passkey."""

    def __init__(self, id: bytes = b"a passkey of sixteen bytes or so") -> None:
        self.id = id
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.handle = ""

    def make(
        self, options: dict[str, Any], *, flags: Flag = PRESENT | VERIFIED, origin: str = ORIGIN
    ) -> dict[str, Any]:
        """Answer navigator.credentials.create."""
        public = options["publicKey"]
        self.handle = public["user"]["id"]
        key = ES256.from_cryptography_key(self.private.public_key())  # type: ignore[no-untyped-call]
        attested = AttestedCredentialData.create(b"\0" * 16, self.id, key)
        data = AuthenticatorData.create(rp_hash(public["rp"]["id"]), flags | ATTESTED, 0, bytes(attested))
        client = client_data("webauthn.create", public, origin)
        response = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", data, {}))),
        }
        return self.answer(response, {"credProps": {"rk": True}})

    def use(
        self, options: dict[str, Any], *, flags: Flag = PRESENT | VERIFIED, origin: str = ORIGIN, handle: str = ""
    ) -> dict[str, Any]:
        """Answer navigator.credentials.get."""
        public = options["publicKey"]
        data = bytes(AuthenticatorData.create(rp_hash(public["rpId"]), flags, 0))
        client = client_data("webauthn.get", public, origin)
        signature = self.private.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": handle or self.handle,
        }
        return self.answer(response, {})

    def answer(self, response: dict[str, Any], extensions: dict[str, Any]) -> dict[str, Any]:
        """The credential as JSON."""
        name = websafe_encode(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": extensions,
        }


def rp_hash(name: str) -> bytes:
    """The digest of a host's name."""
    return sha256(name.encode()).digest()


def client_data(kind: str, public: dict[str, Any], origin: str) -> bytes:
    """What the browser signs for."""
    return bytes(CollectedClientData.create(kind, websafe_decode(public["challenge"]), origin))
