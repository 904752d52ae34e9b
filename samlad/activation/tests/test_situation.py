"""Mode and levels: shown with their history to all who read, set by those who lead."""

from collections.abc import Callable

import pytest
from django.test import Client

from samlad.activation.actions import set_levels
from samlad.activation.queries import activation
from samlad.activation.tests.scene import alarm, close
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal.read import position
from samlad.registers.tests.cast import Cast, Member

ClientFor = Callable[[Member], Client]


def form(cast: Cast, operation: object, **changes: object) -> dict[str, object]:
    """The form as a browser sends it."""
    replaces = activation(operation, cast.rsk.who).levels_id  # type: ignore[arg-type]
    told = {"id": str(new_id()), "mode": "activated", "levels": ["inriktande", "samordnande"], "reason": "Värre."}
    return told | {"replaces": str(replaces)} | changes


def test_who_gets_what(cast: Cast, client_for: ClientFor) -> None:
    operation = alarm(cast)
    address = f"/operations/{operation}/situation/"
    expected = {"rsk": (200, 302), "picture_lead": (200, 302), "stranger": (404, 404), "administrator": (404, 404)}
    for name, member in cast.members().items():
        client = client_for(member)
        got = client.get(address).status_code, client.post(address, form(cast, operation)).status_code
        assert got == expected.get(name, (200, 409)), name


def test_only_those_who_lead_see_the_form(cast: Cast, client_for: ClientFor) -> None:
    address = f"/operations/{alarm(cast)}/situation/"
    for name, member in cast.members().items():
        if name not in ("stranger", "administrator"):
            shown = 'name="levels"' in client_for(member).get(address).content.decode()
            assert shown == (name in ("rsk", "picture_lead")), name


def test_the_convening_duty_officer_leads(cast: Cast, client_for: ClientFor) -> None:
    operation = alarm(cast, convening="nacka")
    assert 'name="levels"' in client_for(cast.duty_officer).get(f"/operations/{operation}/situation/").content.decode()


def test_setting_leaves_history(cast: Cast, client_for: ClientFor) -> None:
    operation = alarm(cast)
    address = f"/operations/{operation}/situation/"
    client = client_for(cast.rsk)
    assert client.post(address, form(cast, operation)).headers["Location"] == address
    state = activation(operation, cast.liaison.who)
    assert (state.mode, state.levels, state.levels_reason) == ("activated", ("inriktande", "samordnande"), "Värre.")
    html = client.get(address).content.decode()
    assert html.count('<tr><th scope="row">') == 2 and "Värre." in html


def test_it_can_be_seen_as_it_was(cast: Cast, client_for: ClientFor) -> None:
    operation = alarm(cast)
    before = position(operation, cast.rsk.who)
    set_levels(by=cast.rsk.who, operation=operation, mode="ordinary", levels=(), reason="Lugnt.")
    html = client_for(cast.rsk).get(f"/operations/{operation}/situation/?at={before}").content.decode()
    assert "Lugnt." not in html and 'name="levels"' not in html


def test_a_colleague_who_was_faster_is_not_overrun(cast: Cast, client_for: ClientFor) -> None:
    operation = alarm(cast)
    address, mine = f"/operations/{operation}/situation/", form(cast, operation)
    set_levels(by=cast.picture_lead.who, operation=operation, mode="ordinary", levels=(), reason="Lugnare.")
    client = client_for(cast.rsk)
    answer = client.post(address, mine)
    html = answer.content.decode()
    assert answer.status_code == 409 and "Någon annan ändrade" in html and "Lugnare." in html
    assert ">Värre.</textarea>" in html.replace("\n", "")
    latest = str(activation(operation, cast.rsk.who).levels_id)
    assert f'value="{latest}"' in html
    assert client.post(address, mine | {"replaces": latest}).status_code == 302
    assert activation(operation, cast.rsk.who).levels_reason == "Värre."


def test_pressing_twice_is_one_setting(cast: Cast, client_for: ClientFor) -> None:
    operation = alarm(cast)
    client, sent = client_for(cast.rsk), form(cast, operation)
    before = position(operation, cast.rsk.who)
    for _press in range(2):
        assert client.post(f"/operations/{operation}/situation/", sent).status_code == 302
    assert position(operation, cast.rsk.who) == before + 1


@pytest.mark.parametrize("changes", [{"mode": "war"}, {"mode": ""}, {"levels": ["himmelsk"]}, {"replaces": "x"}])
def test_bad_input_is_told_and_the_text_kept(cast: Cast, client_for: ClientFor, changes: dict[str, object]) -> None:
    operation = alarm(cast)
    sent = form(cast, operation) | changes
    answer = client_for(cast.rsk).post(f"/operations/{operation}/situation/", sent)
    assert answer.status_code == 422 and "Värre." in answer.content.decode()


def test_a_closed_operation_stays_as_it_was(cast: Cast) -> None:
    operation = alarm(cast)
    close(cast, operation)
    with pytest.raises(Refused):
        set_levels(by=cast.rsk.who, operation=operation, mode="ordinary", levels=())
