"""Lines to those who may not read a report: told in the same instant, and leading nowhere."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.journal import read
from samlad.journal.entries import ConsequenceTold
from samlad.journal.who import SYSTEM
from samlad.picture.forms import minute
from samlad.picture.queries import picture
from samlad.picture.tests.scene import BOARD, ClientFor, close, form, page, snow
from samlad.registers.tests.cast import Cast, Member

LIMITED = {"audience": "actors", "readers": [BOARD], "consequences": "Misstänkt föremål vid torget."}
LINE = "Avspärrning kring torget"


def told(operation: UUID, member: Member | None = None) -> list[ConsequenceTold]:
    who = member.who if member else SYSTEM
    found = read.entries(operation, who, kinds=frozenset({"journal.consequence_told"}))
    return [entry.payload for _number, entry in found]


def send(client: Any, operation: UUID, **changes: Any) -> int:
    address = f"/operations/{operation}/reports/new/"
    return int(client.post(address, form(**LIMITED | changes)).status_code)


def test_the_others_read_the_line_and_nothing_else(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    until = (now() + timedelta(hours=3)).replace(second=0, microsecond=0)
    assert send(client_for(cast.liaison), operation, line=LINE, line_until=minute(until)) == 302
    assert told(operation, cast.duty_officer) == [ConsequenceTold(LINE, until)]
    outside = client_for(cast.duty_officer)
    for address in ("", "reports/", "journal/"):
        html = page(outside, f"/operations/{operation}/{address}")
        assert LINE in html and "Misstänkt" not in html, address
    assert f"<b>Södertälje:</b> {LINE}" in page(outside, f"/operations/{operation}/")
    (report,) = picture(operation, cast.rsk.who).reports.values()
    number = read.entry(operation, cast.rsk.who, report.current.id).refs.answers
    line = read.entry(operation, cast.duty_officer.who, number[0])
    assert line.refs == type(line.refs)() and line.audience == "all"  # nothing in it leads to the report


def test_sent_twice_it_is_told_once(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client, body = client_for(cast.liaison), form(**LIMITED, line=LINE)
    for _time in range(2):
        assert client.post(f"/operations/{operation}/reports/new/", body).status_code == 302
    assert len(told(operation)) == 1


def test_refused_as_a_whole(cast: Cast, client_for: ClientFor) -> None:
    """A report that can't be stored tells no line either."""
    operation = snow(cast)
    close(cast, operation)
    assert send(client_for(cast.liaison), operation, line=LINE) == 409
    assert not told(operation)


def test_the_same_words_again_tell_nothing_new(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client = client_for(cast.liaison)
    send(client, operation, line=LINE)
    html = page(client, f"/operations/{operation}/reports/new/")
    assert f'value="{LINE}"' in html
    send(client, operation, line=LINE, consequences="Fortfarande.")
    last = picture(operation, cast.liaison.who).reports["sodertalje"].current.id
    client.post(f"/operations/{operation}/reports/unchanged/", {"id": str(new_id()), "since": str(last)})
    assert len(told(operation)) == 1
    assert [one.text for one in picture(operation, cast.duty_officer.who).told(now())] == [LINE]


def test_other_words_take_its_place_and_none_end_it(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client = client_for(cast.liaison)
    send(client, operation, line=LINE)
    send(client, operation, line="Avspärrning kring stationen")
    assert [one.text for one in picture(operation, cast.rsk.who).told(now())] == ["Avspärrning kring stationen"]
    body = form(**LIMITED, line="")
    for _time in range(2):
        assert client.post(f"/operations/{operation}/reports/new/", body).status_code == 302
    assert not picture(operation, cast.rsk.who).told(now() + timedelta(seconds=1))
    assert "stationen" not in page(client_for(cast.duty_officer), f"/operations/{operation}/reports/")


def test_it_holds_until(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    until = now() + timedelta(hours=1)
    send(client_for(cast.liaison), operation, line=LINE, line_until=minute(until))
    state = picture(operation, cast.rsk.who)
    assert state.told(now()) and not state.told(until)


def test_for_everybody_there_are_no_others(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    assert send(client_for(cast.liaison), operation, audience="all", readers=[], line=LINE) == 302
    assert not told(operation)


@pytest.mark.parametrize(
    ("changes", "told_why"),
    [
        ({"line": "x" * 301}, "300"),
        ({"line": "", "line_until": "2031-01-01T10:00"}, "Skriv vad som gäller till dess"),
        ({"line": LINE, "line_until": "2011-01-01T10:00"}, "har redan passerat"),
        ({"line": LINE, "line_until": "i kväll"}, "giltig"),
    ],
)
def test_bad_lines_keep_the_report(cast: Cast, client_for: ClientFor, changes: dict[str, str], told_why: str) -> None:
    operation = snow(cast)
    body = form(**LIMITED | changes)
    answer = client_for(cast.liaison).post(f"/operations/{operation}/reports/new/", body)
    assert answer.status_code in (409, 422) and told_why in answer.content.decode()
    assert "Misstänkt föremål vid torget.</textarea>" in answer.content.decode() and not told(operation)


def test_a_correction_after_closing_can_tell_another(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client = client_for(cast.liaison)
    send(client, operation, line=LINE)
    last = picture(operation, cast.liaison.who).reports["sodertalje"].current.id
    close(cast, operation)
    body = form(**LIMITED, line="Avspärrning kring stationen")
    assert client.post(f"/operations/{operation}/reports/new/?corrects={last}", body).status_code == 302
    assert [one.text for one in picture(operation, cast.duty_officer.who).lines] == ["Avspärrning kring stationen"]


def test_whoever_conveys_tells_it(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    body = form(audience="own", consequences="Ringde.", source="TiB", line=LINE)
    client_for(cast.rsk).post(f"/operations/{operation}/reports/new/?actor=nacka", body)
    assert [(one.actor, one.text) for one in picture(operation, cast.liaison.who).told(now())] == [(BOARD, LINE)]
