"""All entries, newest first, on the page and as JSON."""

from collections.abc import Callable

from django.test import Client

from samlad.journal.entries import OWN
from samlad.registers.tests.cast import Cast, Member
from samlad.web.tests.scene import report, snow

ClientFor = Callable[[Member], Client]


def test_every_kind_of_entry_is_shown(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    report(cast.liaison.who, operation)
    html = client_for(cast.observer).get(f"/operations/{operation}/journal/").content.decode()
    assert "Södertälje" in html and "Snöoväder" in html


def test_the_json_counts_only_what_the_reader_may_read(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    report(cast.liaison.who, operation, audience=OWN)
    report(cast.liaison.who, operation)
    address = f"/api/v1/operations/{operation}/entries"
    theirs = client_for(cast.duty_officer).get(address).json()
    own = client_for(cast.liaison).get(address).json()
    assert [entry["position"] for entry in theirs["entries"]] == [1, 2, 3]
    assert [entry["position"] for entry in own["entries"]] == [1, 2, 3, 4]
    assert theirs["entries"][-1]["id"] == own["entries"][-1]["id"]
    assert "seq" not in theirs["entries"][0] and "hash" not in theirs["entries"][0]
    after = client_for(cast.liaison).get(address, {"after": 3}).json()
    assert [entry["position"] for entry in after["entries"]] == [4]


def test_a_bad_position_gets_an_answer(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    answer = client_for(cast.liaison).get(f"/api/v1/operations/{operation}/entries", {"after": "x"})
    assert answer.status_code == 400 and "error" in answer.json()


def test_long_journals_come_in_parts(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    for number in range(120):
        report(cast.liaison.who, operation, consequences=f"Läge nummer {number}.")
    client = client_for(cast.rsk)
    newest = client.get(f"/operations/{operation}/journal/").content.decode()
    assert "Läge nummer 119." in newest and "Läge nummer 3." not in newest
    oldest = client.get(f"/operations/{operation}/journal/", {"before": 20}).content.decode()
    assert "Läge nummer 3." in oldest and "Läge nummer 119." not in oldest


def test_strangers_find_nothing(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    for member in (cast.stranger, cast.administrator):
        assert client_for(member).get(f"/operations/{operation}/journal/").status_code == 404
        assert client_for(member).get(f"/api/v1/operations/{operation}/entries").status_code == 404
