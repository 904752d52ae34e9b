"""The assessment and the call-out: one press and send, all of it or nothing, once, and never over a colleague's."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from samlad.activation.actions import acknowledge, assess, assessing
from samlad.activation.calling_out import ASSESSING, proposal
from samlad.activation.entries.trigger import Assessed
from samlad.activation.models import BridgeDefault, CallOutTemplate
from samlad.activation.queries import activation
from samlad.activation.tests.scene import BOARD, alarm, close
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal.folds import state
from samlad.journal.models import StoredEntry
from samlad.journal.queries import basics
from samlad.notify import ladder
from samlad.notify.call_models import Alert, Call, Happening, Recipient
from samlad.registers.tests.cast import Cast, Member, make_member

ClientFor = Callable[[Member], Client]
ALL = {"nacka", "sodertalje", BOARD, "polisregion-stockholm"}


def address(operation: UUID, query: str = "") -> str:
    """The page."""
    return f"/operations/{operation}/assessment/{query}"


def filled(client: Client, operation: UUID, outcome: str = "conference", **changes: Any) -> dict[str, Any]:
    """The form as it stands when it is opened: what a browser sends on one press."""
    html = client.get(address(operation, f"?outcome={outcome}")).content.decode()
    form = html[html.index('id="decide"') :].partition("</form>")[0]
    found: dict[str, Any] = {"outcome": outcome}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and (('type="radio"' not in tag and "checkbox" not in tag) or "checked" in tag):
            found[name[1]] = value[1] if value else ""
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        found.setdefault(name, text.replace("\r", ""))
    found.pop("csrfmiddlewaretoken", None)
    found.pop("reason", None)
    return found | changes


def kinds(operation: UUID) -> list[str]:
    """The kinds of the entries, in order, without those of the opening."""
    rows = StoredEntry.objects.filter(operation=operation).order_by("seq").values_list("kind", flat=True)
    return [kind.removeprefix("activation.") for kind in rows][2:]


def test_two_presses_call_everybody(cast: Cast, client_for: ClientFor) -> None:
    operation, client = alarm(cast), client_for(cast.rsk)
    answer = client.post(address(operation), filled(client, operation))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/operations/{operation}/calling/")
    assert kinds(operation) == ["assessed", "called_out"]
    alert = Alert.objects.get(purpose="call_out")
    assert {call.actor for call in alert.calls.all()} == ALL
    called = state(ASSESSING, operation, cast.rsk.who).calls[0]
    assert called.id == alert.pk and called.answer_by and called.conference_at
    assert "{" not in alert.subject + alert.text + alert.short
    assert "kl. " in alert.text and "Snöoväder" in alert.text and "hela länet" in alert.short
    assert not Call.objects.filter(alert__purpose="assess", answered_at=None).exists()
    assert not Happening.objects.filter(what="withdrawn").exists()


def test_twice_is_once(cast: Cast, client_for: ClientFor) -> None:
    operation, client = alarm(cast), client_for(cast.rsk)
    sent = filled(client, operation)
    assert [client.post(address(operation), sent).status_code for _press in range(3)] == [302, 302, 302]
    assert kinds(operation) == ["assessed", "called_out"] and Alert.objects.count() == 2
    answer = client.post(address(operation), sent | {"severity": "serious"})
    assert answer.status_code == 409 and "har redan skickats" in answer.content.decode()


@pytest.mark.parametrize(
    ("outcome", "expected", "purpose"),
    [
        ("none", ["assessed"], None),
        ("inform", ["assessed", "called_out"], "inform"),
        ("conference_both", ["assessed", "levels_set", "called_out"], "call_out"),
        ("staff", ["assessed", "levels_set", "called_out"], "call_out"),
    ],
)
def test_each_outcome(
    cast: Cast, client_for: ClientFor, outcome: str, expected: list[str], purpose: str | None
) -> None:
    operation, client = alarm(cast), client_for(cast.rsk)
    assert client.post(address(operation), filled(client, operation, outcome)).status_code == 302
    assert kinds(operation) == expected
    alert = Alert.objects.exclude(purpose="assess").first()
    assert (alert.purpose if alert else None) == purpose
    if alert and purpose == "inform":
        assert not alert.answerable and alert.ladder == [[0, "first"]]
    levels = activation(operation, cast.rsk.who).levels
    assert ("inriktande" in levels) == (outcome in ("conference_both", "staff"))


def test_who_may(cast: Cast, client_for: ClientFor) -> None:
    operation = alarm(cast)
    officer = make_member("tib.lst", "TiB Länsstyrelsen", BOARD, "tib")
    for name, member in (cast.members() | {"convening": officer}).items():
        client, may = client_for(member), name in ("rsk", "convening")
        html = client.get(address(operation, "?outcome=none")).content.decode()
        assert ('id="decide"' in html) == may, name
        expected = 404 if name in ("stranger", "administrator") else 403
        if not may:
            assert client.post(address(operation), {"outcome": "none"}).status_code == expected, name
    assert kinds(operation) == []


def test_the_page_says_who_is_called_before_it_is_sent(cast: Cast, client_for: ClientFor) -> None:
    html = client_for(cast.rsk).get(address(alarm(cast), "?outcome=conference")).content.decode()
    assert "4 aktörer, 4 personer" in html and "Ingen att larma hos: Polisen." in html
    assert "Nacka: TiB Nacka" in html


def test_a_look_shows_and_sends_nothing(cast: Cast, client_for: ClientFor) -> None:
    operation, client = alarm(cast), client_for(cast.rsk)
    sent = filled(client, operation, audience="concerned", concerns=["nacka"], look="1", text="Till {until}", phone="1")
    html = client.post(address(operation), sent).content.decode()
    assert "<span data-called-actors>1</span>" in html and "Till kl. " in html
    assert kinds(operation) == []


def test_concerned_and_networks_are_audiences(cast: Cast, client_for: ClientFor) -> None:
    operation, client = alarm(cast), client_for(cast.rsk)
    answer = client.post(address(operation), filled(client, operation, audience="concerned"))
    assert answer.status_code == 409 and "Ingen skulle kallas." in answer.content.decode()
    client.post(address(operation), filled(client, operation, audience="concerned", concerns=["nacka"]))
    assert {call.actor for call in Alert.objects.get(purpose="call_out").calls.all()} == {"nacka"}


def test_calling_more_leaves_out_those_who_have_answered(cast: Cast, client_for: ClientFor) -> None:
    operation, client = alarm(cast), client_for(cast.rsk)
    client.post(address(operation), filled(client, operation, audience="concerned", concerns=["nacka", "sodertalje"]))
    acknowledge(by=cast.duty_officer.who, operation=operation, affected="yes")
    first = Alert.objects.get(purpose="call_out")
    html = client.post(address(operation), filled(client, operation, "conference_both")).content.decode()
    assert "Skriv varför bedömningen ändras" in html
    sent = filled(client, operation, "conference_both", grounds="Större än vi trodde.")
    assert client.post(address(operation), sent).status_code == 302
    second = Alert.objects.filter(purpose="call_out").exclude(pk=first.pk).get()
    assert {call.actor for call in second.calls.all()} == ALL - {"nacka"}
    # The earlier call rings no more for whoever is called anew.
    assert Call.objects.get(alert=first, actor="sodertalje").closed_at is not None
    sent = filled(client, operation, "staff", grounds="Alla.", again="on")
    assert client.post(address(operation), sent).status_code == 302
    assert {call.actor for call in Alert.objects.order_by("asked_at").last().calls.all()} == ALL  # type: ignore[union-attr]


def test_whoever_is_slower_is_told(cast: Cast, client_for: ClientFor) -> None:
    operation, client = alarm(cast), client_for(cast.rsk)
    mine = filled(client, operation)
    client.post(address(operation), filled(client, operation, "none"))
    answer = client.post(address(operation), mine)
    html = answer.content.decode()
    assert answer.status_code == 409 and "En kollega gjorde en bedömning" in html and "Ingen åtgärd" in html
    assert kinds(operation) == ["assessed"]


def test_times_are_the_next_time_the_clock_shows_them(cast: Cast, client_for: ClientFor) -> None:
    operation, client = alarm(cast), client_for(cast.rsk)
    answer = client.post(address(operation), filled(client, operation, conference_at="25:00"))
    assert answer.status_code == 422 and "Skriv ett klockslag" in answer.content.decode()
    client.post(address(operation), filled(client, operation, conference_at="0001", answer_by="23.59"))
    called = state(ASSESSING, operation, cast.rsk.who).calls[0]
    assert called.conference_at and called.conference_at > now() and called.answer_by


def test_a_long_sms_is_told_and_sent(cast: Cast, client_for: ClientFor) -> None:
    operation, client = alarm(cast), client_for(cast.rsk)
    client.post(address(operation), filled(client, operation, short="å" * 500))
    assert "Sms-texten är lång (500 tecken)" in client.get(address(operation)).content.decode()


def test_classified_text_is_refused_and_nothing_is_sent(cast: Cast, client_for: ClientFor) -> None:
    operation, client = alarm(cast), client_for(cast.rsk)
    answer = client.post(
        address(operation), filled(client, operation, text="HEMLIG/SECRET enligt säkerhetsskyddslagen")
    )
    assert answer.status_code == 409 and Alert.objects.count() == 1 and kinds(operation) == []


def test_the_region_s_text_is_used_with_its_bridge(cast: Cast, client_for: ClientFor) -> None:
    BridgeDefault.objects.create(pk=1, phone="08-123", talk_group="SSR-1")
    CallOutTemplate.objects.create(
        code="k", outcome="conference", subject="{what} {where}", text="{who} {by} {bridge}", short="{bridge} {nope}",
        roles=["tib"], conference_minutes=30,
    )  # fmt: skip
    operation, client = alarm(cast), client_for(cast.rsk)
    client.post(address(operation), filled(client, operation))
    alert = Alert.objects.get(purpose="call_out")
    assert alert.text == "Länsstyrelsen Stockholm Nacka Telefon: 08-123\nRakel: SSR-1"
    assert alert.short == "Tfn 08-123. Rakel SSR-1. {nope}" and alert.roles == ["tib"]
    ladder.climb()
    called = Recipient.objects.filter(call__alert=alert, call__actor="nacka")
    assert {one.person for one in called} == {cast.duty_officer.person.key}


def test_withdrawing_needs_a_reason_and_stops_what_waits(cast: Cast, client_for: ClientFor) -> None:
    operation, client = alarm(cast), client_for(cast.rsk)
    client.post(address(operation), filled(client, operation))
    ladder.climb()
    call = state(ASSESSING, operation, cast.rsk.who).calls[0].id
    gone = f"/operations/{operation}/assessment/calls/{call}/withdrawn/"
    assert client.post(gone, {"id": new_id(), "reason": " "}).status_code == 422
    assert client_for(cast.duty_officer).post(gone, {"id": new_id(), "reason": "x"}).status_code == 404
    sent = {"id": new_id(), "reason": "Fel händelse."}
    assert [client.post(gone, sent).status_code for _press in range(2)] == [302, 302]
    assert kinds(operation).count("call_withdrawn") == 1
    assert not Call.objects.filter(alert=call, next_at__isnull=False).exists()
    assert client.post(gone, {"id": new_id(), "reason": "Igen."}).status_code == 409
    assert "Tillbakadragen" in client.get(address(operation)).content.decode()


def test_as_it_was_before(cast: Cast, client_for: ClientFor) -> None:
    operation, client = alarm(cast), client_for(cast.rsk)
    client.post(address(operation), filled(client, operation))
    html = client.get(address(operation, "?at=2&outcome=conference")).content.decode()
    assert "Ingen bedömning på" in html and 'id="decide"' not in html


def test_a_closed_operation_is_not_assessed(cast: Cast, client_for: ClientFor) -> None:
    operation, client = alarm(cast), client_for(cast.rsk)
    sent = filled(client, operation)
    close(cast, operation)
    assert client.post(address(operation), sent).status_code == 403


class Killed(BaseException):
    """The process is no more."""


def test_killed_between_entry_and_alert_leaves_neither(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    operation, who = alarm(cast), cast.rsk.who
    known, situation = basics(operation, who), activation(operation, who)
    call = proposal("conference_both", known, situation, who, now())
    assert call
    options: dict[str, Any] = {"by": who, "operation": operation, "told": Assessed("conference_both"), "id": new_id()}

    def killed(*args: Any, **_options: Any) -> None:
        raise Killed

    with pytest.raises(Refused):
        assess(call=call, **options)  # nobody chosen
    call = type(call)(**{name: getattr(call, name) for name in call.__struct_fields__} | {"actors": ("nacka",)})
    monkeypatch.setattr(assessing, "wake", killed)
    with pytest.raises(Killed):
        assess(call=call, **options)
    assert kinds(operation) == [] and Alert.objects.count() == 1
    assert Call.objects.filter(alert__purpose="assess", answered_at=None).exists()
    monkeypatch.undo()
    assess(call=call, **options)
    assert kinds(operation) == ["assessed", "levels_set", "called_out"] and Alert.objects.count() == 2
