"""SMS by 46elks, Twilio and another gateway of Apprise's, against a real server that plays them."""

import socket
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest

from samlad.notify import channels
from samlad.notify.channel_config import Channels, Section
from samlad.notify.channels import Outgoing
from samlad.notify.channels.faults import NoServer, NotTaken
from samlad.notify.tests.gateway_house import House

SECRET = "b" * 32
ELKS = Section("sms", provider="46elks", user="u1", secret=SECRET, sender="Samlad", seconds=2.0)
TWILIO = Section("sms", provider="twilio", user="AC" + "a" * 32, secret=SECRET, sender="+46701740699", seconds=2.0)
TEXT = Outgoing("entry:person:sms", "sms", "+46701740605", "Larm", "ÖVNING Larm: snö. Svara 1.", True)


@pytest.fixture
def house() -> Iterator[House]:
    """Where all gateways are."""
    with House() as house:
        yield house


def configured(settings: Any, section: Section, **told: Any) -> channels.Connection:
    """A connection to the gateway of a section."""
    import_section = {name: getattr(section, name) for name in section.__struct_fields__} | told
    settings.CHANNELS = Channels({section.channel: Section(**import_section)})
    gateway = channels.gateway(section.channel)
    assert gateway is not None
    return gateway.connect()


def test_46elks_gets_the_text(house: House, settings: Any) -> None:
    connection = configured(settings, ELKS, url=house.url)
    assert connection.send(TEXT) == "s" + "7" * 32
    (asked,) = house.asked
    assert (asked.method, asked.path) == ("POST", "/a1/sms")
    assert asked.form == {"from": "Samlad", "to": "+46701740605", "message": TEXT.body}
    assert asked.headers["authorization"] == "Basic " + b64encode(f"u1:{SECRET}".encode()).decode()


def test_twilio_gets_the_text(house: House, settings: Any) -> None:
    connection = configured(settings, TWILIO, url=house.url)
    assert connection.send(TEXT) == "SM" + "7" * 32
    (asked,) = house.asked
    assert asked.path == f"/2010-04-01/Accounts/{TWILIO.user}/Messages.json"
    assert asked.form == {"From": "+46701740699", "To": "+46701740605", "Body": TEXT.body}


def test_another_gateway_by_an_apprise_url(house: House, settings: Any) -> None:
    port = house.server_address[1]
    another = Section("sms", provider="apprise", secret=f"json://127.0.0.1:{port}/send?-to={{to}}", hosts=(house.url,))
    assert configured(settings, another).send(TEXT) == ""
    assert house.asked[0].json()["message"] == TEXT.body and house.asked[0].query["to"] == "+46701740605"


def test_another_gateway_reaches_no_host_that_is_not_named(house: House, settings: Any) -> None:
    port = house.server_address[1]
    another = Section("sms", provider="apprise", secret=f"json://127.0.0.1:{port}/", hosts=("sms.example.se",))
    with pytest.raises(NoServer, match="not among those"):
        configured(settings, another).send(TEXT)
    assert not house.asked


@pytest.mark.parametrize("section", [ELKS, TWILIO], ids=["46elks", "twilio"])
@pytest.mark.parametrize(
    ("status", "text", "trouble"),
    [
        (401, "bad sign-in", "sign_in"),
        (403, "no", "sign_in"),
        (402, "account is empty", "unreachable"),
        (429, "slower", "unreachable"),
        (500, "oops", "unreachable"),
        (503, "<html>down</html>", "unreachable"),
        (404, "what?", "unreachable"),
        (302, "", "unreachable"),
        (200, "<html>log in to the hotel's network</html>", "other"),
        (200, "[1, 2]", "other"),
        (200, '{"status": "fine"}', "other"),
    ],
)
def test_a_gateway_that_cannot_be_used(
    house: House, settings: Any, section: Section, status: int, text: str, trouble: str
) -> None:
    house.always(status, text, Location="http://127.0.0.1:1/elsewhere")
    with pytest.raises(NoServer) as raised:
        configured(settings, section, url=house.url).send(TEXT)
    assert raised.value.trouble == trouble and len(house.asked) == 1


@pytest.mark.parametrize("section", [ELKS, TWILIO], ids=["46elks", "twilio"])
def test_a_number_that_is_none_is_refused_for_good(house: House, settings: Any, section: Section) -> None:
    house.always(400, f"Invalid to number; you signed in with {SECRET}\n" + "x" * 1000)
    with pytest.raises(NotTaken) as raised:
        configured(settings, section, url=house.url).send(TEXT)
    assert raised.value.trouble == "recipient" and raised.value.final
    assert "Invalid to number" in raised.value.detail and SECRET not in raised.value.detail
    assert len(raised.value.detail) <= 200


@pytest.mark.parametrize("section", [ELKS, TWILIO], ids=["46elks", "twilio"])
def test_a_gateway_that_hangs_costs_its_time(house: House, settings: Any, section: Section) -> None:
    house.hangs = True
    with pytest.raises(NoServer) as raised:
        configured(settings, section, url=house.url, seconds=0.2).send(TEXT)
    assert raised.value.trouble == "timeout"


def test_a_gateway_that_hangs_up(house: House, settings: Any) -> None:
    house.drops = True
    with pytest.raises(NoServer) as raised:
        configured(settings, ELKS, url=house.url).send(TEXT)
    assert raised.value.trouble == "unreachable"


def test_a_gateway_that_is_not_there(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NoServer) as raised:
        configured(settings, ELKS, url=f"http://127.0.0.1:{port}").send(TEXT)
    assert raised.value.trouble == "unreachable"


def test_an_address_that_is_no_number(house: House, settings: Any) -> None:
    with pytest.raises(NotTaken) as raised:
        configured(settings, ELKS, url=house.url).send(Outgoing("key", "sms", "ring mig", "Larm", "Larm", False))
    assert raised.value.final and not house.asked
