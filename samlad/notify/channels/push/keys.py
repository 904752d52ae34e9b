"""The key pair by which push services know this installation (VAPID, RFC 8292), and its public half for browsers."""

from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from samlad.notify.channel_config import Section
from samlad.notify.channels.kept_keys import kept

FILE: Final = "push_key.pem"


def private_key(section: Section) -> EllipticCurvePrivateKey:
    """Our private key: the operator's, or the one that is kept beside the data. Raises ValueError when it is none."""
    return _read(section.secret or kept(FILE, _made))


def public_key(section: Section) -> str:
    """What a browser is given when it asks for notices: the public key, as the Push API takes it."""
    return _told(private_key(section))


@lru_cache(maxsize=4)
def _read(pem: str) -> EllipticCurvePrivateKey:
    key = load_pem_private_key(pem.encode(), None)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise ValueError("the key for push is none on P-256")
    return key


def _told(key: EllipticCurvePrivateKey) -> str:
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()


def _made() -> str:
    """A new private key."""
    key = generate_private_key(SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
