"""Answering by the link in a message, without signing in: one press, once, and nothing else is opened by it."""

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from samlad.activation import answer_page
from samlad.activation.queries import activation
from samlad.activation.tests.calls import call_out, link, noted, operation_of, recipient, standing
from samlad.activation.tests.scene import close
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.notify import alerts
from samlad.notify.models import Alert, Call, Notice
from samlad.registers.models import Seat
from samlad.registers.tests.cast import SINCE, Cast, Member

ClientFor = Callable[[Member], Client]


@pytest.fixture(autouse=True)
def nobody_has_guessed() -> Iterator[None]:
    """Guesses in other tests are not counted here."""
    answer_page.GUESSES.forget()
    yield
    answer_page.GUESSES.forget()


def press(option: str = "comes", **more: str) -> dict[str, str]:
    """The form as a phone sends it when a button is pressed."""
    return {"id": str(new_id()), "option": option, "attends": "", "note": ""} | more


def test_the_page_says_who_what_where_until_when_and_for_whom(cast: Cast) -> None:
    html = Client().get(link(call_out(cast), cast.liaison)).content.decode()
    for text in (
        "<b>Länsstyrelsen Stockholm</b> frågar <b>Södertälje kommun</b>", "Konferens: Snöoväder", "Svara senast",
        "08-123 45 67,4711#", 'href="tel:+4681234567,4711#"', 'href="https://video.example/snö"', "RAPS 12",
    ):  # fmt: skip
        assert text in html, text
    assert html.count('name="option"') == 4 and "Berörd, deltar inte" in html
    assert "ÖVNING" not in html


def test_it_is_small(cast: Cast) -> None:
    html = Client().get(link(call_out(cast), cast.liaison)).content
    assert len(html) < 8_000 and len(gzip.compress(html)) < 4_000


def test_an_exercise_can_not_be_taken_for_anything_else(cast: Cast) -> None:
    html = Client().get(link(call_out(cast, exercise=True), cast.liaison)).content.decode()
    assert "<title>ÖVNING –" in html and html.count("ÖVNING</strong>") == 3


def test_one_press_answers_for_the_actor_in_the_name_of_who_was_asked(cast: Cast) -> None:
    call = call_out(cast)
    answer = Client(enforce_csrf_checks=True).post(
        link(call, cast.liaison), press(attends="Säkerhetschefen", note="Vi plogar.")
    )
    assert answer.status_code == 200 and "Nu ser alla att ni är nådda." in answer.content.decode()
    reply = standing(call, "sodertalje").reply
    assert reply is not None
    assert (reply.person, reply.role, reply.way, reply.affected) == (cast.liaison.person.key, "liaison", "link", "yes")
    assert (reply.attends, reply.note, reply.option) == ("Säkerhetschefen", "Vi plogar.", "comes")
    state = activation(operation_of(call), cast.rsk.who)
    assert state.reached_at("sodertalje") and state.answers["sodertalje"].attends == "Säkerhetschefen"


def test_nobody_at_the_actor_is_called_any_more_and_others_still_are(cast: Cast) -> None:
    call = call_out(cast)
    Client().post(link(call, cast.liaison), press())
    assert Call.objects.get(alert=call, actor="sodertalje").answered_at
    assert not Notice.objects.filter(actor="sodertalje", entry=call, sent_at=None, given_up_at=None).exists()
    assert not Call.objects.get(alert=call, actor="nacka").answered_at


def test_looking_answers_nothing(cast: Cast) -> None:
    call = call_out(cast)
    for _time in range(3):
        assert Client().get(link(call, cast.liaison)).status_code == 200
        assert Client().head(link(call, cast.liaison)).status_code == 200
    assert standing(call, "sodertalje").reply is None and not noted(call)


def test_nothing_is_kept_found_or_told(cast: Cast) -> None:
    answer = Client().get(link(call_out(cast), cast.liaison))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"] and not answer.cookies


def test_the_same_press_sent_twice_is_one_answer(cast: Cast) -> None:
    call = call_out(cast)
    sent = press()
    for _time in range(2):
        assert Client().post(link(call, cast.liaison), sent).status_code == 200
    assert not noted(call)


def test_a_used_link_says_what_was_answered_when_and_by_whom(cast: Cast) -> None:
    call = call_out(cast)
    Client().post(link(call, cast.liaison), press())
    seen = Client().get(link(call, cast.liaison))
    html = seen.content.decode()
    assert seen.status_code == 200 and "Länken är använd" in html and "Berörd, deltar" in html
    assert "Samverkansperson" in html and f"/operations/{operation_of(call)}/acknowledgements/" in html
    assert 'name="option"' not in html
    again = Client().post(link(call, cast.liaison), press("not"))
    assert again.status_code == 409 and "Länken är använd" in again.content.decode()
    reply = standing(call, "sodertalje").reply
    assert reply and reply.option == "comes" and noted(call) == [("again", "link")]


def colleague(cast: Cast) -> Member:
    """The observer of the board gets a duty at Södertälje, before anybody is called."""
    Seat.objects.create(person=cast.observer.person, actor_id="sodertalje", role="chief", valid_from=SINCE)
    return cast.observer


def test_a_colleague_s_later_answer_replaces_and_the_same_is_noted(cast: Cast) -> None:
    other = colleague(cast)
    call = call_out(cast)
    Client().post(link(call, cast.liaison), press("unclear"))
    first = standing(call, "sodertalje").reached_at
    html = Client().get(link(call, other)).content.decode()
    assert "Oklart" in html and "Tryck bara för att ändra det." in html
    Client().post(link(call, other), press("comes"))
    now_ = standing(call, "sodertalje")
    assert now_.reply and (now_.reply.option, now_.reply.person) == ("comes", other.person.key)
    assert now_.reached_at == first and not noted(call)


def test_a_colleague_who_answers_the_same_is_thanked_and_noted(cast: Cast) -> None:
    other = colleague(cast)
    call = call_out(cast)
    Client().post(link(call, cast.liaison), press("not"))
    same = Client().post(link(call, other), press("not"))
    assert same.status_code == 200 and "Ni hade redan svarat så." in same.content.decode()
    assert noted(call) == [("again", "link")] and recipient(call, other).answered_at


def test_somebody_of_another_actor_is_not_taken_for_either(cast: Cast, client_for: ClientFor) -> None:
    call = call_out(cast)
    client = client_for(cast.duty_officer)
    seen = client.get(link(call, cast.liaison))
    assert seen.status_code == 409 and "du är inloggad för Nacka kommun" in seen.content.decode()
    assert not noted(call)
    sent = client.post(link(call, cast.liaison), press())
    assert sent.status_code == 409 and noted(call) == [("other_person", "link")]
    assert standing(call, "sodertalje").reply is None and standing(call, "nacka").reply is None


def test_a_colleague_who_has_signed_in_answers_in_their_own_name(cast: Cast, client_for: ClientFor) -> None:
    call = call_out(cast)
    assert client_for(cast.picture_lead).post(link(call, cast.rsk), press()).status_code == 200
    reply = standing(call, "lansstyrelsen-stockholm").reply
    assert reply and (reply.person, reply.role) == (cast.picture_lead.person.key, "picture_lead")


def test_after_the_time_it_says_so(cast: Cast) -> None:
    call = call_out(cast)
    path = link(call, cast.liaison)
    Alert.objects.filter(pk=call).update(until=now() - timedelta(seconds=1))
    seen, sent = Client().get(path), Client().post(path, press())
    assert (seen.status_code, sent.status_code) == (410, 410)
    assert "Svarstiden är ute" in seen.content.decode() and noted(call) == [("late", "link")]
    assert standing(call, "sodertalje").reply is None


def test_after_the_call_was_withdrawn_it_says_so(cast: Cast) -> None:
    call = call_out(cast)
    path = link(call, cast.liaison)
    alerts.withdraw(call)
    seen, sent = Client().get(path), Client().post(path, press())
    assert (seen.status_code, sent.status_code) == (410, 410)
    assert "Kallelsen är tillbakadragen" in seen.content.decode() and noted(call) == [("withdrawn", "link")]


def test_after_standing_down_it_says_so(cast: Cast) -> None:
    call = call_out(cast)
    path = link(call, cast.liaison)
    close(cast, operation_of(call))
    for _time in range(2):
        sent = Client().post(path, press())
        assert sent.status_code == 410 and "Händelsen är avslutad" in sent.content.decode()
    assert noted(call) == [("closed", "link")]  # once, however often it is pressed


@pytest.mark.parametrize("option", ["", "perhaps"])
def test_what_is_no_answer_is_told(cast: Cast, option: str) -> None:
    answer = Client().post(link(call_out(cast), cast.liaison), press(option, note="Vi plogar."))
    html = answer.content.decode()
    assert answer.status_code == 422 and "Tryck på ett av svaren." in html and "Vi plogar." in html


def test_a_text_that_may_not_be_here_is_not_taken_and_the_answer_can_be_given_again(cast: Cast) -> None:
    call = call_out(cast)
    answer = Client().post(link(call, cast.liaison), press(note="KVALIFICERAT HEMLIG: var vi är."))
    assert answer.status_code == 409 and standing(call, "sodertalje").reply is None
    assert not recipient(call, cast.liaison).answered_at


@pytest.mark.parametrize("changed", ["x", "1.abcdefghijklmnop", "..", "åäö", "A" * 60])
def test_a_link_that_is_none_is_not_here(cast: Cast, changed: str, caplog: pytest.LogCaptureFixture) -> None:
    call_out(cast)
    with caplog.at_level("WARNING", "samlad.security"):
        assert Client().get(f"/a/{changed}").status_code == 404
        assert Client().post(f"/a/{changed}", press()).status_code == 404
    assert "answer_link_refused" in caplog.text and changed not in caplog.text.replace("answer_link", "")


def test_who_guesses_is_told_to_stop_and_a_right_link_works_meanwhile(cast: Cast) -> None:
    call = call_out(cast)
    answers = [Client().get("/a/1.abcdefghijklmnop").status_code for _time in range(answer_page.GUESSES.most + 2)]
    assert answers[-1] == 429 and answers[0] == 404
    assert Client().get(link(call, cast.liaison)).status_code == 200


def test_what_a_message_puts_after_the_link_does_no_harm(cast: Cast) -> None:
    assert Client().get(link(call_out(cast), cast.liaison) + ").").status_code == 200


def test_another_site_can_not_press_it(cast: Cast) -> None:
    call = call_out(cast)
    headers: Any = {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_MODE": "navigate"}
    assert Client().post(link(call, cast.liaison), press(), **headers).status_code == 403
    assert Client().get(link(call, cast.liaison), **headers).status_code == 200  # from a mail in the browser
    assert standing(call, "sodertalje").reply is None
