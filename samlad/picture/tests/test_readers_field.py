"""Choosing readers in the report's form: what each choice gives, told before it is sent and kept as it was shown."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from samlad.journal import read
from samlad.journal.entries import Audience, Entry
from samlad.journal.who import SYSTEM, Who
from samlad.picture.queries import REPORTS
from samlad.picture.tests.scene import BOARD, TO_BOARD, ClientFor, chosen, filed, form, page, snow
from samlad.registers.models import ActorSet, Seat
from samlad.registers.network_actions import save_network
from samlad.registers.queries import today
from samlad.registers.tests.cast import OUTSIDE, Cast, Member, make_member

POLICE = "polisregion-stockholm"


@pytest.fixture
def sent(cast: Cast, client_for: ClientFor) -> Callable[..., tuple[int, str, str]]:
    """Send the form as the liaison: status, audience as stored, the page."""

    def send(operation: UUID, client: Client | None = None, **changes: object) -> tuple[int, str, str]:
        client = client or client_for(cast.liaison)
        answer = client.post(f"/operations/{operation}/reports/new/", form(consequences="Snö.", **changes), follow=True)
        found = [entry for _number, entry in read.entries(operation, SYSTEM, kinds=REPORTS)]
        return answer.status_code, found[-1].audience if found else "", answer.content.decode()

    return send


Sent = Callable[..., tuple[int, str, str]]


def network(by: Who, *members: str, owner: str | None = None, name: str = "Grannar") -> ActorSet:
    row = ActorSet(name=name, owner_id=owner, valid_from=today())
    save_network(network=row, members=members, reason="x", by=by)
    return row


def text(html: str) -> str:
    """What a page says, without tags, as one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_at_a_glance_everybody_and_how_many(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    html = page(client_for(cast.liaison), f"/operations/{operation}/reports/new/")
    assert chosen(html, "audience") == ["all"]
    assert '<details class="audience-choice">' in html  # folded: one line until somebody wants something else
    assert "Kan läsas av alla deltagande aktörer: 4 aktörer, 5 personer" in text(html)
    assert "Bara min egen aktör (Södertälje) 1 aktör, 1 person" in text(html)
    assert "inriktande" not in text(html)  # a liaison is not on that level


def test_observers_count_and_are_named_as_observers(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast, observers=(OUTSIDE,))
    html = text(page(client_for(cast.liaison), f"/operations/{operation}/reports/new/"))
    assert "Kan läsas av alla deltagande aktörer och observatörer: 5 aktörer, 6 personer" in html
    assert f"{OUTSIDE} (observatör) 1" in html


def test_a_category_is_ticked_without_script(cast: Cast, sent: Sent) -> None:
    operation = snow(cast)
    status, audience, html = sent(operation, audience="actors", readers=[BOARD], categories=["municipality"])
    assert (status, audience) == (200, f"actors:{BOARD},nacka,sodertalje")
    assert "Läskrets: bara" in text(html)


def test_a_network_is_those_of_it_that_take_part(cast: Cast, sent: Sent, client_for: ClientFor) -> None:
    operation = snow(cast)
    row = network(cast.administrator.who, "nacka", POLICE, OUTSIDE)
    html = text(page(client_for(cast.liaison), f"/operations/{operation}/reports/new/"))
    assert "Grannar 3 aktörer, 2 personer" in html  # Södertälje, who writes, is one of them
    assert f"Inte med i händelsen: {OUTSIDE}" in html
    status, audience, _html = sent(operation, audience="set", network=str(row.pk))
    assert (status, audience) == (200, f"actors:nacka,{POLICE},sodertalje")
    save_network(network=row, members=["nacka"], reason="x", by=cast.administrator.who)
    last = [entry for _number, entry in read.entries(operation, SYSTEM, kinds=REPORTS)][-1]
    assert last.audience == audience  # what was sent stays with those it was sent to


def test_another_actors_network_is_not_there(cast: Cast, sent: Sent, client_for: ClientFor) -> None:
    operation = snow(cast)
    theirs = network(cast.duty_officer.who, "nacka", owner="nacka", name="Nackas egna")
    assert "Nackas egna" not in page(client_for(cast.liaison), f"/operations/{operation}/reports/new/")
    status, audience, html = sent(operation, audience="set", network=str(theirs.pk))
    assert status == 422 and not audience and "Snö.</textarea>" in html
    assert "Nackas egna" in page(client_for(cast.duty_officer), f"/operations/{operation}/reports/new/")


def test_a_network_of_none_who_take_part(cast: Cast, sent: Sent) -> None:
    row = network(cast.administrator.who, OUTSIDE)
    status, _audience, html = sent(snow(cast), audience="set", network=str(row.pk))
    assert status == 422 and "Ingen i nätverket deltar i händelsen." in html


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"audience": "set"}, "Välj ett nätverk"),
        ({"audience": "actors"}, "Välj minst en aktör"),
        ({"audience": "actors", "readers": ["sodertalje"]}, "giltigt alternativ"),
        ({"audience": "level"}, "giltigt alternativ"),
        ({"audience": "public"}, "giltigt alternativ"),
        ({"audience": "set", "network": "x"}, "giltigt alternativ"),
    ],
)
def test_bad_choices_keep_the_text(cast: Cast, sent: Sent, changes: dict[str, object], told: str) -> None:
    status, audience, html = sent(snow(cast), **changes)
    assert status == 422 and not audience and told in html and "Snö.</textarea>" in html
    assert '<details class="audience-choice" open>' in html


def test_the_level_is_for_those_who_are_on_it(cast: Cast, sent: Sent, client_for: ClientFor) -> None:
    operation = snow(cast)
    chief = make_member("chef.sodertalje", "Chef Södertälje", "sodertalje", "chief")
    html = text(page(client_for(chief), f"/operations/{operation}/reports/new/"))
    assert "Bara inriktande nivå 2 aktörer, 2 personer" in html
    status, audience, _html = sent(operation, client_for(chief), audience="level")
    assert (status, audience) == (200, "level:inriktande")
    assert reads(cast.rsk, operation) and not reads(cast.liaison, operation) and not reads(cast.picture_lead, operation)
    # A colleague who is not on the level goes on for the own actor: never wider than before.
    Seat.objects.filter(person=chief.person).update(role="liaison")
    filed(chief.who, operation, audience=Audience("level", level="inriktande"), consequences="Internt.")


def reads(member: Member, operation: UUID) -> list[Entry]:
    return [entry for _number, entry in read.entries(operation, member.who, kinds=REPORTS)]


def test_what_was_ticked_is_ticked_when_it_comes_back(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    body = form(status="lila", audience="actors", readers=["nacka"], categories=["state"])
    html = client_for(cast.liaison).post(f"/operations/{operation}/reports/new/", body).content.decode()
    assert set(chosen(html, "readers")) == {"nacka", BOARD}


def test_two_forms_share_nothing(cast: Cast, client_for: ClientFor) -> None:
    """Each form has its own fields and its own circle: another operation's actors are not among the readers."""
    first, second = snow(cast), snow(cast, participants=())
    client = client_for(cast.rsk)
    address = "/operations/{}/reports/new/?actor=nacka"
    assert 'value="polisregion-stockholm"' in page(client, address.format(first))
    assert client.get(address.format(second)).status_code == 404
    assert 'value="polisregion-stockholm"' in page(client, address.format(first))


def test_conveyed_to_some(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client, address = client_for(cast.rsk), f"/operations/{operation}/reports/new/?actor=nacka"
    assert "Bara min egen aktör (Länsstyrelsen)" in page(client, address)
    body = form(consequences="Ringde.", source="TiB", audience="actors", readers=["nacka"])
    assert client.post(address, body).status_code == 302
    (entry,) = reads(cast.duty_officer, operation)
    assert entry.audience == f"actors:{BOARD},nacka" and not reads(cast.liaison, operation)


def test_unchanged_says_who_reads_it(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    filed(cast.liaison.who, operation, minutes=9, consequences="Inte för alla.", audience=TO_BOARD)
    html = text(page(client_for(cast.liaison), f"/operations/{operation}/reports/new/"))
    assert "Kan läsas av Södertälje, Länsstyrelsen: 2 aktörer, 4 personer" in html


def test_a_post_asks_no_registers(
    cast: Cast, client_for: ClientFor, django_assert_max_num_queries: Callable[..., object]
) -> None:
    """Counts are for those who look; forty reports at the same instant must not wait for them."""
    operation = snow(cast)
    client = client_for(cast.liaison)
    page(client, f"/operations/{operation}/reports/new/")
    with django_assert_max_num_queries(40) as asked:  # type: ignore[attr-defined]
        client.post(f"/operations/{operation}/reports/new/", form(consequences="Snö."))
    told = [one["sql"] for one in asked.captured_queries]
    assert not [sql for sql in told if "actorset" in sql or "secrecyground" in sql or 'registers_actorversion"' in sql]
    assert len([sql for sql in told if "registers_seat" in sql]) == 1  # who is speaking, as on every request
