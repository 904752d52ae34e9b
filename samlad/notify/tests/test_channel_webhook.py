"""Our own webhooks, against a real server that checks the signature as docs/channels.md says."""

import hmac
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from samlad.notify.channel_config import Section
from samlad.notify.channels import Outgoing
from samlad.notify.channels.faults import NotTaken
from samlad.notify.channels.webhook.signing import FILE, shared_secret
from samlad.notify.tests.gateway_house import House
from samlad.notify.tests.test_channel_sms import configured


@pytest.fixture
def house() -> Iterator[House]:
    """The actor's own system."""
    with House() as house:
        yield house


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> None:
    """A data folder of the test's own."""
    settings.DATA = tmp_path


def message(house: House, path: str = "/larm?x=1") -> Outgoing:
    """A message to the house."""
    return Outgoing(
        "entry:person:webhook", "webhook", house.url + path, "Larm", "Vad: snö", True, "https://samlad.example/x"
    )


def test_it_is_signed_and_known_again(house: House, settings: Any, tmp_path: Path) -> None:
    section = Section("webhook", hosts=(house.url,))
    connection = configured(settings, section)
    connection.send(message(house))
    connection.send(message(house))
    first, again = house.asked
    assert first.query == {"x": "1"} and first.json() == {
        "version": 1, "exercise": True, "subject": "Larm", "text": "Vad: snö", "link": "https://samlad.example/x",
        "language": "sv",
    }  # fmt: skip
    assert first.headers["idempotency-key"] == again.headers["idempotency-key"]
    told = dict(part.split("=") for part in first.headers["samlad-signature"].split(","))
    secret = shared_secret(section, house.url + "/larm?x=1")
    assert told["v1"] == hmac.new(secret.encode(), told["t"].encode() + b"." + first.body, sha256).hexdigest()
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert shared_secret(section, house.url + "/other") != secret


@pytest.mark.parametrize(("status", "final"), [(301, False), (401, True), (410, True), (408, False), (502, False)])
def test_what_its_answers_mean(house: House, settings: Any, status: int, final: bool) -> None:
    house.always(status, "no", Location=f"{house.url}/elsewhere")
    with pytest.raises(NotTaken) as raised:
        configured(settings, Section("webhook", hosts=(house.url,))).send(message(house))
    assert raised.value.final == final and len(house.asked) == 1


def test_a_host_that_is_not_named_is_not_reached(house: House, settings: Any) -> None:
    with pytest.raises(NotTaken) as raised:
        configured(settings, Section("webhook", hosts=("larm.example",))).send(message(house))
    assert not house.asked and "not among those" in raised.value.detail


def test_link_local_is_never_reached(settings: Any) -> None:
    section = Section("webhook", hosts=("http://169.254.169.254",))
    with pytest.raises(NotTaken, match="may not be reached"):
        configured(settings, section).send(
            Outgoing("key", "webhook", "http://169.254.169.254/latest", "Larm", "Larm", False)
        )
