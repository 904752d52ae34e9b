"""The ways to people and switchboards: which, in which order, and what is known of them."""

from datetime import timedelta
from typing import Any

import pytest

from samlad.base.clock import now
from samlad.notify import ways
from samlad.notify.channel_config import Channels, Section
from samlad.notify.way_models import Way
from samlad.notify.ways import WayView, digest_of
from samlad.registers.models import Actor, Person

pytestmark = pytest.mark.django_db
AT = now()


@pytest.fixture(autouse=True)
def all_channels(settings: Any) -> None:
    """SMS and e-mail for real, e-mail alone not in exercises."""
    settings.EMAIL_HOST = "127.0.0.1"
    sms = Section("sms", provider="46elks", user="u", secret="s", sender="Samlad", exercises=True)
    voice = Section("voice", provider="46elks", user="u", secret="s", sender="+46701740699", exercises=True)
    chat = Section("chat", hosts=("chat.example",), exercises=True)
    settings.CHANNELS = Channels({"sms": sms, "voice": voice, "chat": chat, "email": Section("email")})


def person(phone: str = "070-174 06 05", email: str = "tib@nacka.example") -> str:
    """Somebody with a number and an address in the register."""
    made = Person.objects.create(username=f"p{Person.objects.count()}", name="TiB", phone=phone, email=email)
    return made.key


def stated(key: str, channel: str, address: str, place: int, **told: Any) -> Way:
    """A way that somebody has stated."""
    return Way.objects.create(person=key, channel=channel, address=address, place=place, added_by=key, **told)


def channels_of(key: str, exercise: bool = False) -> list[str]:
    """On which channels somebody is tried, in order."""
    return [way.channel for way in ways.ways_of([key], exercise)[key]]


def test_the_number_and_the_address_in_the_register() -> None:
    key = person()
    assert ways.ways_of([key])[key] == (
        WayView(f"sms:{key}", "sms", "+46701740605"),
        WayView(f"voice:{key}", "voice", "+46701740605"),
        WayView(f"email:{key}", "email", "tib@nacka.example"),
    )


@pytest.mark.parametrize(
    ("phone", "expected"),
    [
        ("08-123 456 00", ["voice", "email"]),
        ("", ["email"]),
        ("ring växeln", ["email"]),
        ("+46 70 174 06 05", ["sms", "voice", "email"]),
    ],
)
def test_a_number_that_takes_no_text(phone: str, expected: list[str]) -> None:
    assert channels_of(person(phone)) == expected


def test_nobody_is_left_out_of_the_answer() -> None:
    key = person("", "")
    assert ways.ways_of([key, "unknown"]) == {key: (), "unknown": ()}


def test_who_is_no_longer_here_is_not_called() -> None:
    key = person()
    stated(key, "chat", "!a:chat.example", 0)
    Person.objects.filter(key=key).update(is_active=False)
    assert ways.ways_of([key]) == {key: ()}


def test_only_channels_that_are_in_use(settings: Any) -> None:
    settings.CHANNELS = Channels()
    assert channels_of(person()) == ["email"]


def test_in_an_exercise_only_channels_marked_for_it() -> None:
    assert channels_of(person(), exercise=True) == ["sms", "voice"]


def test_the_order_somebody_has_chosen() -> None:
    key = person()
    stated(key, "chat", "!a:chat.example", 0)
    assert channels_of(key) == ["chat", "sms", "voice", "email"]


def test_verified_first_dead_last() -> None:
    key = person()
    ways.failed([f"sms:{key}"], AT)
    stated(key, "chat", "!a:chat.example", 9, verified_at=AT, verified_for=digest_of("!a:chat.example"))
    assert channels_of(key) == ["chat", "voice", "email", "sms"]
    ways.worked([f"sms:{key}"], AT + timedelta(seconds=1))
    assert channels_of(key) == ["chat", "sms", "voice", "email"]


def test_a_new_number_is_not_verified_by_the_old_one() -> None:
    key = person()
    ways.worked([f"sms:{key}"], AT)
    Way.objects.update(verified_at=AT, verified_for=digest_of("+46701740605"))
    assert ways.of_people([key])[key][0].works
    Person.objects.filter(key=key).update(phone="070-174 06 06")
    state = ways.of_people([key])[key][0]
    assert state.address == "+46701740606" and not state.works and state.last_worked is None


def test_a_way_of_the_register_that_is_not_wanted() -> None:
    key = person()
    Way.objects.create(person=key, channel="voice", registered=True, place=2, added_by=key, removed_at=AT)
    assert channels_of(key) == ["sms", "email"]


def test_what_is_noted_twice_is_noted_once() -> None:
    key, other = person(), person("070-174 06 07")
    for _time in range(2):
        ways.worked([f"sms:{key}", f"sms:{other}", "999999", "nonsense", ":"], AT)
    assert Way.objects.filter(worked_at=AT).count() == 2
    assert ways.ways_of([key])[key][0].id == str(Way.objects.get(person=key).pk)


def test_an_actors_switchboard_and_the_exercise_mark() -> None:
    Actor.objects.get_or_create(code="nacka")
    for place, (number, exercises) in enumerate([("+46701740610", False), ("+46701740611", True)]):
        Way.objects.create(
            actor="nacka", channel="voice", address=number, place=place, exercises=exercises, added_by="x"
        )
    assert [way.address for way in ways.switchboards(["nacka"])["nacka"]] == ["+46701740610", "+46701740611"]
    assert [way.address for way in ways.switchboards(["nacka"], exercise=True)["nacka"]] == ["+46701740611"]
    assert ways.switchboards(["vaxholm"]) == {"vaxholm": ()}


def test_few_queries_for_many(django_assert_max_num_queries: Any) -> None:
    keys = [person(f"070-174 06 {number:02}") for number in range(5, 35)]
    with django_assert_max_num_queries(3):
        assert len(ways.ways_of(keys)) == 30
