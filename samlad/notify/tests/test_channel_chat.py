"""Chat: Mattermost, Teams and Matrix, against a real server that plays them."""

from collections.abc import Iterator
from typing import Any

import pytest

from samlad.notify.channel_config import Section
from samlad.notify.channels import Outgoing
from samlad.notify.channels.faults import NoServer, NotTaken
from samlad.notify.tests.gateway_house import House
from samlad.notify.tests.test_channel_sms import configured

TEAMS = "https://prod-1.westeurope.logic.azure.com"
HOOK = "https://chat.nacka.example"
WORKFLOW = (
    f"{TEAMS}:443/workflows/{'a' * 32}/triggers/manual/paths/invoke"
    f"?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={'s' * 43}"
)


@pytest.fixture
def house() -> Iterator[House]:
    """Where all gateways are."""
    with House() as house:
        yield house


@pytest.fixture
def section(house: House) -> Section:
    """Chat, with two origins that are reached through the house, and its Matrix."""
    return Section(
        "chat", through=((TEAMS, house.url), (HOOK, house.url)), matrix=house.url, secret="syt_token", seconds=2.0
    )


def to(address: str, key: str = "entry:person:chat") -> Outgoing:
    """A message to an address."""
    return Outgoing(key, "chat", address, "Larm: snö", "Vad: snö\nVar: Nacka", False)


def test_mattermost(house: House, settings: Any, section: Section) -> None:
    configured(settings, section).send(to(f"{HOOK}/hooks/{'t' * 26}"))
    (asked,) = house.asked
    assert asked.path == f"/hooks/{'t' * 26}" and "Vad: snö\nVar: Nacka" in asked.json()["text"]


def test_mattermost_at_an_origin_the_operator_has_named(house: House, settings: Any) -> None:
    configured(settings, Section("chat", hosts=(house.url,))).send(to(f"{house.url}/chatt/hooks/{'t' * 26}"))
    assert house.asked[0].path == f"/chatt/hooks/{'t' * 26}"


def test_teams(house: House, settings: Any, section: Section) -> None:
    configured(settings, section).send(to(WORKFLOW))
    (asked,) = house.asked
    assert asked.path == f"/workflows/{'a' * 32}/triggers/manual/paths/invoke"
    assert asked.query["sig"] == "s" * 43 and "Vad: snö" in asked.body.decode("unicode_escape")


def test_teams_fetches_no_template_that_the_address_names(house: House, settings: Any, section: Section) -> None:
    configured(settings, section).send(to(f"{WORKFLOW}&template={house.url}/template"))
    assert [asked.method for asked in house.asked] == ["POST"]


def test_matrix_knows_a_copy(house: House, settings: Any, section: Section) -> None:
    connection = configured(settings, section)
    assert connection.send(to("!abc:nacka.example")) == "$event"
    connection.send(to("!abc:nacka.example"))
    connection.send(to("!abc:nacka.example", "another"))
    first, again, other = house.asked
    assert first.method == "PUT" and first.path.startswith("/_matrix/client/v3/rooms/%21abc%3Anacka.example/send/")
    assert first.headers["authorization"] == "Bearer syt_token"
    assert first.json()["body"] == "Larm: snö\n\nVad: snö\nVar: Nacka"
    assert first.path == again.path != other.path


def test_a_room_the_account_is_not_in_is_that_actors_trouble(house: House, settings: Any, section: Section) -> None:
    house.always(403, '{"errcode": "M_FORBIDDEN"}')
    with pytest.raises(NotTaken) as raised:
        configured(settings, section).send(to("!abc:nacka.example"))
    assert raised.value.final
    house.always(401, '{"errcode": "M_UNKNOWN_TOKEN", "token": "syt_token"}')
    with pytest.raises(NoServer) as wrong:
        configured(settings, section).send(to("!abc:nacka.example"))
    assert wrong.value.trouble == "sign_in" and "syt_token" not in wrong.value.detail
    house.always(200, "<html>")
    with pytest.raises(NoServer):
        configured(settings, section).send(to("!abc:nacka.example"))


@pytest.mark.parametrize(("status", "final"), [(404, True), (410, True), (400, True), (429, False), (500, False)])
def test_an_actors_own_server_holds_up_nobody_else(
    house: House, settings: Any, section: Section, status: int, final: bool
) -> None:
    house.always(status, f"no such hook {'t' * 26}")
    with pytest.raises(NotTaken) as raised:
        configured(settings, section).send(to(f"{HOOK}/hooks/{'t' * 26}"))
    assert raised.value.final == final and "t" * 26 not in raised.value.detail


def test_an_actors_server_that_hangs(house: House, settings: Any, section: Section) -> None:
    house.hangs = True
    with pytest.raises(NotTaken) as raised:
        configured(settings, section, seconds=0.2).send(to(f"{HOOK}/hooks/{'t' * 26}"))
    assert (raised.value.trouble, raised.value.final) == ("timeout", False)


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/hooks/" + "t" * 26,
        "http://169.254.169.254/hooks/" + "t" * 26,
        "http://127.0.0.1:1/hooks/" + "t" * 26,
        "https://user:x@chat.nacka.example/hooks/" + "t" * 26,
        "file:///etc/passwd",
        "json://chat.nacka.example/",
        f"{HOOK}/other",
        "!abc",
        "",
    ],
)
def test_only_what_the_operator_has_named_is_reached(
    house: House, settings: Any, section: Section, address: str
) -> None:
    with pytest.raises(NotTaken):
        configured(settings, section).send(to(address))
    assert not [asked for asked in house.asked if "elsewhere" in asked.headers.get("host", "")]
