"""A stream ends with what it stands on (session, seat, password), and is opened for its own reader only."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.db import OperationalError

from samlad.base.clock import now
from samlad.registers.models import Person, Seat
from samlad.registers.queries import today
from samlad.registers.tests.cast import Cast, make_cast
from samlad.web import live as streams
from samlad.web import readers
from samlad.web.tests.scene import snow
from samlad.web.tests.test_live import Reader, eventually, hub, played, session, stream

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["hub"]  # the fixture


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds without the half minute between them."""
    monkeypatch.setattr(readers, "EVERY", 0.05)


def ended_seat(cast: Cast) -> None:
    Seat.objects.filter(person=cast.liaison.person).update(valid_to=today())


def changed_seat(cast: Cast) -> None:
    Seat.objects.filter(person=cast.liaison.person).update(role="observer")


def revoked_session(cast: Cast) -> None:
    Session.objects.filter(pk=cast_sessions[cast.liaison.person.key]).delete()


def expired_session(cast: Cast) -> None:
    key = cast_sessions[cast.liaison.person.key]
    Session.objects.filter(pk=key).update(expire_date=now() - timedelta(seconds=1))


def new_password(cast: Cast) -> None:
    person = Person.objects.get(key=cast.liaison.person.key)
    person.set_password("another one altogether")
    person.save()


def closed_account(cast: Cast) -> None:
    Person.objects.filter(key=cast.liaison.person.key).update(is_active=False)


cast_sessions: dict[str, str] = {}


@pytest.mark.parametrize(
    "end", [ended_seat, changed_seat, revoked_session, expired_session, new_password, closed_account]
)
def test_a_stream_ends_with_what_it_stands_on(end: Callable[[Cast], None], hub: streams.Hub) -> None:
    cast = make_cast()
    operation = snow(cast)
    own, other = stream(operation, cast.liaison.who), stream(operation, cast.rsk.who)
    cast_sessions[cast.liaison.person.key] = own.cookie.decode().partition("=")[2]

    async def scenario() -> None:
        losing, staying = Reader(own), Reader(other)
        assert await losing.status() == await staying.status() == 200
        await sync_to_async(end)(cast)
        await asyncio.wait_for(losing.task, 20)
        again = Reader(own)
        assert await again.status() == 403
        await asyncio.sleep(0.2)
        assert not staying.task.done()
        await staying.leave()

    played(scenario, hub)


def test_a_ticket_is_for_the_browser_that_got_it(hub: streams.Hub) -> None:
    cast = make_cast()
    operation = snow(cast)
    own = stream(operation, cast.liaison.who)
    strangers = f"sessionid={session(cast.stranger.person.key)}".encode()

    async def scenario() -> None:
        for cookie in (b"", b"sessionid=", b"sessionid=nobodys", strangers, b"other=" + own.cookie):
            refused = Reader(own, cookie=cookie)
            assert await refused.status() == 403
            await refused.leave()
        allowed = Reader(own, cookie=b"csrftoken=x; " + own.cookie)
        assert await allowed.status() == 200
        await allowed.leave()

    played(scenario, hub)


def test_nobody_has_more_streams_than_screens(hub: streams.Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MOST", 2)
    cast = make_cast()
    own = stream(snow(cast), cast.liaison.who)

    async def scenario() -> None:
        first, second = Reader(own), Reader(own)
        assert await first.status() == await second.status() == 200
        third = Reader(own)
        assert await third.status() == 429
        await first.leave()
        fourth = Reader(own)
        assert await fourth.status() == 200
        for reader in (second, fourth):
            await reader.leave()
        assert not hub.readers.open and not hub.readers.persons

    played(scenario, hub)


def test_all_who_come_at_once_are_looked_up_together(hub: streams.Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = readers.standing

    def counted(claims: set[readers.Claim]) -> set[readers.Claim]:
        asked.append(len(claims))
        return real(claims)

    cast = make_cast()
    operation = snow(cast)
    members = (cast.rsk, cast.liaison, cast.duty_officer, cast.observer)
    paths = [stream(operation, member.who) for member in members for _ in range(5)]
    monkeypatch.setattr(readers, "EVERY", 60)
    monkeypatch.setattr(readers, "standing", counted)

    async def scenario() -> None:
        pages = [Reader(path) for path in paths]
        assert [await page.status() for page in pages] == [200] * len(paths)
        for page in pages:
            await page.leave()
        assert sum(asked) == len(paths) and len(asked) <= 2

    played(scenario, hub)


def test_while_the_database_is_away_streams_stay_and_none_is_opened(
    hub: streams.Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    operation = snow(cast)
    own, other = stream(operation, cast.liaison.who), stream(operation, cast.rsk.who)
    asked: list[int] = []

    def away(claims: set[readers.Claim]) -> set[readers.Claim]:
        asked.append(len(claims))
        raise OperationalError("the database is away")

    async def scenario() -> None:
        page = Reader(own)
        assert await page.status() == 200
        with monkeypatch.context() as patch:
            patch.setattr(readers, "standing", away)
            refused = Reader(other)
            assert await refused.status() == 503
            await eventually(lambda: len(asked) > 2)
            assert not page.task.done()
        await page.leave()

    played(scenario, hub)
