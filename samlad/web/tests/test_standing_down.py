"""Standing down: the closing picture and the closing of the operation, together, once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from samlad.activation.actions import acknowledge, stand_down
from samlad.activation.actions.cards import tick
from samlad.activation.queries import needs_left
from samlad.activation.tests.test_cards import make_card
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.base.refused import Unavailable
from samlad.journal.entries import Audience
from samlad.journal.queries import basics
from samlad.journal.read import position
from samlad.notify.alerts import add_recipients
from samlad.notify.call_models import Alert, Call, Recipient
from samlad.notify.ladder import climb
from samlad.notify.models import Notice
from samlad.notify.sender import send_due
from samlad.picture.actions import file_report
from samlad.picture.entries import ReportFiled
from samlad.picture.queries import picture
from samlad.registers.tests.cast import Cast, Member
from samlad.web import standing_down
from samlad.web.tests.scene import BOARD, report, snow

ClientFor = Callable[[Member], Client]


def form(**changes: str) -> dict[str, str]:
    """The form as a browser sends it."""
    told = {"reason": "Snön har slutat.", "closing_text": "Vägarna är öppna.", "understood": "on"}
    return {"id": str(new_id())} | told | changes


def test_who_gets_what(cast: Cast, client_for: ClientFor) -> None:
    for name, member in cast.members().items():
        address = f"/operations/{snow(cast, what=name)}/standing-down/"
        client = client_for(member)
        got = client.get(address).status_code, client.post(address, form()).status_code
        assert got == ((200, 302) if name in ("rsk", "picture_lead") else (404, 404)), name


def test_open_matters_are_shown(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    acknowledge(by=cast.rsk.who, operation=operation, affected="yes")
    report(cast.liaison.who, operation)
    html = client_for(cast.rsk).get(f"/operations/{operation}/standing-down/").content.decode()
    assert "Har inte svarat på larmet (1)</dt><dd>Polisen</dd>" in html
    assert "Har inte rapporterat (3)</dt><dd>Nacka, Länsstyrelsen, Polisen</dd>" in html


def test_it_publishes_and_closes(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    answer = client_for(cast.rsk).post(f"/operations/{operation}/standing-down/", form())
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/operations/{operation}/")
    edition = picture(operation, cast.liaison.who).edition
    assert edition and edition.closing and edition.payload.assessment == "Vägarna är öppna."
    state = basics(operation, cast.liaison.who)
    assert state.closed_at and state.closed_reason == "Snön har slutat."
    page = client_for(cast.rsk).get(f"/operations/{operation}/standing-down/").content.decode()
    assert "Händelsen avslutades" in page and 'name="reason"' not in page


def test_sent_again_it_is_done_once(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client, sent = client_for(cast.rsk), form()
    client.post(f"/operations/{operation}/standing-down/", sent)
    before = position(operation, cast.rsk.who)
    assert client.post(f"/operations/{operation}/standing-down/", sent).status_code == 302
    assert position(operation, cast.rsk.who) == before


@pytest.mark.parametrize("field", ["reason", "closing_text", "understood"])
def test_what_is_missing_is_told_and_the_text_kept(cast: Cast, client_for: ClientFor, field: str) -> None:
    operation = snow(cast)
    answer = client_for(cast.rsk).post(f"/operations/{operation}/standing-down/", form(**{field: ""}))
    html = answer.content.decode()
    assert answer.status_code == 422 and f'id="id_{field}_error"' in html
    assert ("Snön har slutat." in html) == (field != "reason")
    assert basics(operation, cast.rsk.who).closed_at is None and not picture(operation, cast.rsk.who).edition


def test_interrupted_between_the_two_it_goes_on_where_it_stopped(
    cast: Cast, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation, sent = snow(cast), form()
    client = client_for(cast.rsk)

    def unavailable(**_told: Any) -> None:
        raise Unavailable("Disken är full.")

    with monkeypatch.context() as patch:
        patch.setattr(standing_down, "close", unavailable)
        answer = client.post(f"/operations/{operation}/standing-down/", sent)
    html = answer.content.decode()
    assert answer.status_code == 503 and "Disken är full." in html and "Snön har slutat." in html
    assert "Det som återstår är att avsluta" in html
    assert client.post(f"/operations/{operation}/standing-down/", sent).status_code == 302
    assert len(picture(operation, cast.rsk.who).editions) == 1 and basics(operation, cast.rsk.who).closed_at


def test_the_convening_duty_officer_is_told_who_can(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast, convening="nacka")
    address = f"/operations/{operation}/standing-down/"
    client = client_for(cast.duty_officer)
    html = client.get(address).content.decode()
    assert "be någon av dem att göra det" in html and 'name="reason"' not in html
    assert client.post(address, form()).status_code == 409
    assert not basics(operation, cast.rsk.who).closed_at


def need(number: int = 0, **changes: str) -> dict[str, str]:
    """A row of the form: a need that is left open."""
    told = {"what": "Återställ vägräcken", "owner": "sodertalje", "due": "2090-01-31"} | changes
    return {f"need-{number}-{name}": value for name, value in told.items()}


def test_needs_are_left_open_with_owner_and_day(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client, address = client_for(cast.rsk), f"/operations/{operation}/standing-down/"
    assert client.post(address, form(**need(), **need(1, what="", owner="", due=""))).status_code == 302
    left = needs_left(operation, cast.liaison.who, basics(operation, cast.liaison.who))
    assert left == [("Återställ vägräcken", "Södertälje", date(2090, 1, 31))]
    for page in (address, f"/operations/{operation}/", f"/operations/{operation}/journal/"):
        assert "Återställ vägräcken" in client.get(page).content.decode(), page
    assert "Återställ vägräcken" in client_for(cast.liaison).get(f"/operations/{operation}/").content.decode()


@pytest.mark.parametrize(
    "changes", [{"what": ""}, {"owner": ""}, {"owner": "ingen"}, {"due": ""}, {"due": "2000-01-01"}]
)
def test_a_need_that_lacks_something_is_told(cast: Cast, client_for: ClientFor, changes: dict[str, str]) -> None:
    operation = snow(cast)
    answer = client_for(cast.rsk).post(f"/operations/{operation}/standing-down/", form(**need(0, **changes)))
    assert answer.status_code == 422 and "Snön har slutat." in answer.content.decode()
    assert not basics(operation, cast.rsk.who).closed_at


def test_more_rows_keep_what_was_typed(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    answer = client_for(cast.rsk).post(
        f"/operations/{operation}/standing-down/", form(**need(), more="1", reason="Snart över.")
    )
    page = answer.content.decode()
    assert answer.status_code == 200 and "Återställ vägräcken" in page and "Snart över." in page
    assert 'name="need-3-what"' in page and not basics(operation, cast.rsk.who).closed_at


def test_what_all_may_read_is_proposed_and_what_only_some_may_is_not(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    told: dict[str, Any] = {"status": "yellow", "as_of": now(), "needs": "Två bandvagnar"}
    file_report(by=cast.liaison.who, operation=operation, report=ReportFiled(**told))
    secret = ReportFiled(**told | {"needs": "Hemligt besök"})
    file_report(by=cast.duty_officer.who, operation=operation, report=secret, audience=Audience("actors", (BOARD,)))
    page = client_for(cast.rsk).get(f"/operations/{operation}/standing-down/").content.decode()
    fields = page.split('class="field needs"')[1]
    assert "Två bandvagnar" in fields and "Hemligt besök" not in fields and "Hemligt besök" in page


def test_unticked_steps_of_cards_are_shown(cast: Cast, client_for: ClientFor) -> None:
    make_card("rsk-larm", "rsk", ("exercise",))
    operation = snow(cast)
    tick(by=cast.rsk.who, operation=operation, card="rsk-larm", edition=1, step=1, id=new_id())
    page = client_for(cast.rsk).get(f"/operations/{operation}/standing-down/").content.decode()
    assert "2 steg kvar" in page and "<li>Ring vakthavande</li>" in page and "<li>Svara på larmet</li>" not in page


def test_those_who_were_called_are_told_once_that_it_is_over(cast: Cast) -> None:
    operation, entry = snow(cast), new_id()
    other = snow(cast, what="Annat")
    alert = Alert.objects.filter(operation=operation).first()
    assert alert is not None  # the alarm asked somebody to assess it
    while climb():
        pass
    with transaction.atomic():
        call = Call.objects.create(alert=alert, actor="sodertalje")
        add_recipients({call: [(cast.liaison.person.key, "liaison")]}, now())
    Recipient.objects.update(next_at=None)
    for _again in range(2):
        stand_down(by=cast.rsk.who, operation=operation, reason="Över.", id=entry)
    over = Alert.objects.get(pk=entry)
    assert (over.purpose, over.exercise, over.answerable) == ("over", True, False)
    called = {one.person for one in Recipient.objects.filter(call__alert=over)}
    assert called == {cast.liaison.person.key, cast.rsk.person.key}
    while climb():
        pass
    send_due()
    sent = Notice.objects.filter(entry=entry)
    assert {notice.person for notice in sent} == called and all(notice.sent_at for notice in sent)
    assert all("Över: Snöoväder" in notice.subject + notice.body for notice in sent)
    assert not Alert.objects.filter(operation=other, purpose="over").exists()
