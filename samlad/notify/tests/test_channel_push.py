"""Web Push, against a real push service that decrypts what it gets and checks in whose name it came."""

import json
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from samlad.notify.channel_config import Section
from samlad.notify.channels import Outgoing
from samlad.notify.channels.faults import NotTaken
from samlad.notify.channels.push.keys import FILE, public_key
from samlad.notify.tests.gateway_house import House
from samlad.notify.tests.test_channel_sms import configured

SERVICE = "https://fcm.googleapis.com"
AUTH = b"0123456789abcdef"


class Browser:
    """Somebody's browser, that has asked for notices."""

    def __init__(self, service: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.service = service

    @property
    def address(self) -> str:
        """What the browser gives to be reached by."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": text(point), "auth": text(AUTH)}
        return json.dumps({"endpoint": f"{self.service}/push/abc", "expirationTime": None, "keys": keys})

    def read(self, body: bytes) -> dict[str, Any]:
        """What was encrypted for it."""
        found: dict[str, Any] = json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=AUTH))
        return found


def text(data: bytes) -> str:
    """As browsers write bytes."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.fixture
def house() -> Iterator[House]:
    """The push service."""
    with House() as house:
        yield house


@pytest.fixture
def section(house: House, settings: Any, tmp_path: Path) -> Section:
    """Push, with Google's service played by the house."""
    settings.DATA = tmp_path
    return Section("push", contact="mailto:drift@samlad.example", through=((SERVICE, house.url),), seconds=2.0)


def to(address: str) -> Outgoing:
    """A message to a browser."""
    return Outgoing("entry:person:push", "push", address, "Larm: snö", "Vad: snö", True, "https://samlad.example/x")


def test_the_browser_can_read_it_and_nobody_else(house: House, settings: Any, section: Section, tmp_path: Path) -> None:
    browser = Browser(SERVICE)
    assert configured(settings, section).send(to(browser.address)) == "/push/abc/m/1"
    (asked,) = house.asked
    told = browser.read(asked.body)
    assert (told["title"], told["body"], told["link"], told["exercise"]) == (
        "Larm: snö", "Vad: snö", "https://samlad.example/x", True,
    )  # fmt: skip
    assert "snö".encode() not in asked.body
    assert asked.headers["ttl"] == "600" and asked.headers["urgency"] == "high" and len(asked.headers["topic"]) == 32
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_it_comes_in_our_name(house: House, settings: Any, section: Section) -> None:
    configured(settings, section).send(to(Browser(SERVICE).address))
    said = house.asked[0].headers["authorization"]
    assert said.startswith("vapid t=") and Vapid02.verify(said)
    token = said.split("t=")[1].split(",")[0]
    claims = json.loads(b64decode(token.split(".")[1] + "==", altchars=b"-_"))
    assert claims["aud"] == SERVICE and claims["sub"] == "mailto:drift@samlad.example"
    assert said.split("k=")[1] == public_key(section)
    assert len(urlsafe_b64decode(public_key(section) + "=")) == 65


@pytest.mark.parametrize(
    ("status", "final", "trouble"),
    [
        (404, True, "recipient"), (410, True, "recipient"), (413, True, "recipient"), (403, True, "sign_in"),
        (429, False, "unreachable"), (500, False, "unreachable"), (302, False, "unreachable"),
    ],
)  # fmt: skip
def test_what_its_answers_mean(
    house: House, settings: Any, section: Section, status: int, final: bool, trouble: str
) -> None:
    house.always(status, "no", Location=f"{house.url}/elsewhere")
    with pytest.raises(NotTaken) as raised:
        configured(settings, section).send(to(Browser(SERVICE).address))
    assert (raised.value.final, raised.value.trouble) == (final, trouble) and len(house.asked) == 1


def test_a_service_that_hangs(house: House, settings: Any, section: Section) -> None:
    house.hangs = True
    with pytest.raises(NotTaken) as raised:
        configured(settings, section, seconds=0.2).send(to(Browser(SERVICE).address))
    assert (raised.value.trouble, raised.value.final) == ("timeout", False)


def test_no_other_service_is_reached(house: House, settings: Any, section: Section) -> None:
    for service in (house.url.replace("127.0.0.1", "localhost"), "https://push.elsewhere.example", "file:///etc"):
        with pytest.raises(NotTaken):
            configured(settings, section).send(to(Browser(service).address))
    assert not house.asked


@pytest.mark.parametrize("address", ["", "{}", "[]", '{"endpoint": "https://fcm.googleapis.com/x"}', "nonsense",
    '{"endpoint": "https://fcm.googleapis.com/x", "keys": {"p256dh": "abc", "auth": "abc"}}'])  # fmt: skip
def test_what_is_no_subscription(house: House, settings: Any, section: Section, address: str) -> None:
    with pytest.raises(NotTaken) as raised:
        configured(settings, section).send(to(address))
    assert raised.value.final and not house.asked
