"""The outbox page: who sees which notices, in which states, and the letters themselves."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.notify.actions import NoticeDraft, queue_notices
from samlad.notify.models import Notice
from samlad.notify.tokens import without_links
from samlad.notify.views import as_read_by
from samlad.registers.tests.cast import Cast, Member

ClientFor = Callable[[Member], Client]


def queue(member: Member, subject: str = "Larm: snö", exercise: bool = False) -> Notice:
    """A notice to one of the cast."""
    person = member.person
    told = NoticeDraft(new_id(), new_id(), person.key, member.who.actor, person.email, subject, "Vad: <snö>", exercise)
    queue_notices([told])
    return Notice.objects.get(key=told.key)


def test_one_reads_ones_own_actors_and_an_administrator_none(cast: Cast, client_for: ClientFor) -> None:
    queue(cast.duty_officer, "Till Nacka")
    queue(cast.rsk, "Till Länsstyrelsen")
    expected = {"administrator": (False, False), "duty_officer": (True, False), "liaison": (False, False)}
    expected["stranger"] = (False, False)
    for name, member in cast.members().items():
        answer = client_for(member).get("/outbox/")
        html = answer.content.decode()
        assert answer.status_code == 200
        assert ("Till Nacka" in html, "Till Länsstyrelsen" in html) == expected.get(name, (False, True)), name
        if name == "administrator":  # sees that there are two, to whom, and how they fare
            assert "tib.nacka@nacka.example" in html and html.count("Endast mottagarna") == 2


def test_a_number_and_a_stated_address_are_for_their_owner_alone(cast: Cast, client_for: ClientFor) -> None:
    person = cast.duty_officer.person
    for channel, address in (
        ("sms", "+46701740605"),
        ("chat", "https://chat.example/hooks/abc"),
        ("email", "x@y.example"),
    ):
        entry = new_id()
        told = NoticeDraft(entry, entry, person.key, "nacka", address, "Larm", "Vad", False, channel=channel)
        queue_notices([told])
    for member in (cast.duty_officer, cast.administrator):
        html = client_for(member).get("/outbox/").content.decode()
        assert "Sms •••05" in html and "x•••@y.example" in html
        assert "74060" not in html and "hooks" not in html and "x@y" not in html


def test_one_must_sign_in(client: Client, db: None) -> None:
    assert client.get("/outbox/").status_code == 302


def test_it_cannot_be_written_to(cast: Cast, client_for: ClientFor) -> None:
    assert client_for(cast.rsk).post("/outbox/").status_code == 405


def test_the_letter_is_shown_as_text(cast: Cast, client_for: ClientFor) -> None:
    queue(cast.duty_officer, "Larm: <b>snö</b>", exercise=True)
    html = client_for(cast.duty_officer).get("/outbox/").content.decode()
    for text in (
        "ÖVNING – Larm: &lt;b&gt;snö&lt;/b&gt;",
        "Vad: &lt;snö&gt;",
        "TiB Nacka, Nacka",
        "tib.nacka@nacka.example",
    ):
        assert text in html


def test_states_are_told_with_their_reason(cast: Cast, client_for: ClientFor, settings: Any) -> None:
    changes: dict[str, dict[str, Any]] = {
        "I kö": {},
        "Skickat": {"sent_at": now(), "sent_by": "email"},
        "I den lokala utkorgen": {"sent_at": now(), "sent_by": "outbox"},
        "Misslyckat": {"given_up_at": now(), "trouble": "recipient", "last_error": "550 no such user"},
        "Ej skickat än": {"trouble": "timeout", "attempts": 3},
    }
    client = client_for(cast.rsk)
    for word, change in changes.items():
        Notice.objects.all().delete()
        Notice.objects.filter(pk=queue(cast.rsk).pk).update(**change)
        assert f"</svg>{word}</span>" in client.get("/outbox/").content.decode(), word
    html = client.get("/outbox/").content.decode()
    assert "Kanalens server svarade inte i tid" in html and "3 försök" in html


def test_one_state_can_be_chosen(cast: Cast, client_for: ClientFor) -> None:
    Notice.objects.filter(pk=queue(cast.rsk, "Larm: ett").pk).update(sent_at=now(), sent_by="email")
    queue(cast.rsk, "Larm: två")
    client = client_for(cast.rsk)
    sent, waiting = (client.get(f"/outbox/?state={state}").content.decode() for state in ("sent", "waiting"))
    assert "Larm: ett" in sent and "Larm: två" not in sent
    assert "Larm: två" in waiting and "Larm: ett" not in waiting
    assert "Larm: ett" in client.get("/outbox/?state=nonsense").content.decode()


def test_many_are_paged_newest_first(cast: Cast, client_for: ClientFor) -> None:
    for number in range(60):
        queue(cast.rsk, f"Larm: nummer {number:02}.")
    client = client_for(cast.rsk)
    first, second = client.get("/outbox/").content.decode(), client.get("/outbox/?page=2").content.decode()
    assert "nummer 59." in first and "nummer 09." not in first and "nummer 09." in second
    assert "page=2" in first and "Sida 2 av 2" in second
    assert client.get("/outbox/?page=nonsense").status_code == 200


def test_it_says_when_nothing_leaves_the_house(cast: Cast, client_for: ClientFor, settings: Any) -> None:
    client = client_for(cast.rsk)
    assert "skickas ingenting till människor" in client.get("/outbox/").content.decode()
    settings.EMAIL_HOST = "mail.example"
    assert "skickas ingenting till människor" not in client.get("/outbox/").content.decode()
    settings.DEMO = True
    assert "skickas ingenting till människor" in client.get("/outbox/").content.decode()


def test_the_link_that_answers_is_for_its_recipient(cast: Cast, settings: Any) -> None:
    text = "Snö.\nSvara: https://samlad.example/a/1Z.0123456789abcdef"
    assert without_links(text) == "Snö.\nSvara: https://samlad.example/a/…"
    notice = Notice(person=cast.liaison.person.key, body=text)
    assert as_read_by(notice, cast.liaison.who) == text
    assert as_read_by(notice, cast.duty_officer.who) == without_links(text)
    settings.DEMO = True
    assert as_read_by(notice, cast.duty_officer.who) == text
