"""Every form of an operation says who will be able to read what it sends, before it is sent."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from samlad.base.clock import now
from samlad.journal.entries import Audience
from samlad.picture.actions import file_report, write_assessment
from samlad.picture.entries import ReportFiled
from samlad.picture.lines import Line
from samlad.registers.tests.cast import Cast, Member
from samlad.web.tests.scene import snow

ClientFor = Callable[[Member], Client]
ALL = "Kan läsas av alla deltagande aktörer: 4 aktörer, 5 personer"
OWN = "Kan läsas av Länsstyrelsen: 1 aktör, 3 personer"
FORMS = (
    ("/raise/", "duty_officer", ALL),
    ("/operations/{}/", "liaison", ALL),  # the answer to the alarm
    ("/operations/{}/acknowledgements/", "liaison", ALL),
    ("/operations/{}/situation/", "rsk", ALL),
    ("/operations/{}/standing-down/", "rsk", ALL),
    ("/operations/{}/deadline/", "rsk", ALL),
    ("/operations/{}/desk/", "picture_lead", OWN),
    ("/operations/{}/desk/", "picture_lead", ALL),  # the deadline
    ("/operations/{}/desk/preview/", "picture_lead", ALL),
    ("/operations/{}/reports/new/", "liaison", ALL),
    ("/operations/{}/reports/new/?actor=nacka", "rsk", ALL),
)


def text(html: str) -> str:
    """What a page says, as one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(("address", "reader", "told"), FORMS)
def test_told_before_it_is_sent(cast: Cast, client_for: ClientFor, address: str, reader: str, told: str) -> None:
    operation = snow(cast)
    write_assessment(by=cast.picture_lead.who, operation=operation, status="yellow", text="Ansträngt.")
    member = cast.members()[reader]
    html = client_for(member).get(address.format(operation)).content.decode()
    assert told in text(html)
    assert "Polisen" in html  # which actors unfolds


def test_a_line_to_the_others_is_on_the_front_page(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    address = f"/operations/{operation}/"
    empty = client_for(cast.duty_officer).get(address).content.decode()
    assert '<div id="lines" data-live="lines" hidden></div>' in empty
    until = now() + timedelta(hours=2)
    board = Audience("actors", ("lansstyrelsen-stockholm",))
    report = ReportFiled("red", now(), consequences="Misstänkt föremål.")
    line = Line("Avspärrning kring torget", until)
    file_report(by=cast.liaison.who, operation=operation, report=report, audience=board, line=line)
    for member in (cast.duty_officer, cast.observer, cast.rsk):
        told = text(client_for(member).get(address).content.decode())
        assert "Att känna till Södertälje: Avspärrning kring torget till" in told
    assert "Misstänkt" not in client_for(cast.duty_officer).get(address).content.decode()
