"""Lent staff in the demonstration: some run, one ends soon, one waits for an answer, traffic has a gap; costs in all
their states, and the pool with its duty. Everything is made up and says so; who is lent is a seat, not a person."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid5

import msgspec
from django.db.models import Model

from samlad.base.clock import STOCKHOLM, now
from samlad.governance import record
from samlad.governance.lent import pool, pool_actions, queries
from samlad.governance.lent.compensation import wall
from samlad.governance.lent.months import first_of, last_of, later
from samlad.governance.models import MonthCost, PoolMember, PoolRates, Secondment
from samlad.journal.who import Who
from samlad.registers.models import Change, Person, Roster, Shift
from samlad.registers.queries import parties, today, who_for

MADE_UP: Final = "Påhittat för demonstrationen"
LENT: Final = UUID("5a4d1ad0-0000-5000-8000-64656d6f6c00")
KANSLI: Final = "samordningskansli"
CONSISTS: Final = "Månadslön, semesterlön och arbetsgivaravgifter för den avtalade andelen. " + MADE_UP + "."


class Told(msgspec.Struct, frozen=True):
    """A secondment to make. Months count from this one: the first month, and the last, which is whole."""

    seat: str
    lender: str
    first: int
    last: int
    share: int
    monthly: int
    proposed: bool = False
    broken_off: int | None = None


SECONDMENTS: Final = (
    Told("Handläggare, metod och utvärdering", "ssbf", -20, 7, 80, 58000),
    Told("Handläggare, samverkan", "nacka", -14, 1, 100, 64500),
    Told("Handläggare, framkomlighet", "trafikverket", -12, -3, 50, 36200),
    Told("Kommunikatör", "region-stockholm", -9, 2, 40, 27300, broken_off=-4),
    Told("Handläggare, trafik och övning", "trafikverket", 2, 13, 50, 37000),
    Told("Handläggare, utbildning och övning", "nacka", 3, 14, 50, 33000, proposed=True),
)
SPEAKER: Final = "chef.{}"


def remember() -> None:
    """What is not there yet, where the region has the actors and the people for it."""
    here = {actor.code for actor in parties(today())}
    usernames = set(Person.objects.values_list("username", flat=True))
    needed = {told.lender for told in SECONDMENTS}
    people = {KANSLI, *(SPEAKER.format(code) for code in needed)}
    if Secondment.objects.exists() or not needed <= here or not people <= usernames:
        return
    kansli = who_for(KANSLI)
    for place, told in enumerate(SECONDMENTS):
        row = secondment(place, told, kansli)
        costs(row, told, kansli)
    the_pool(kansli, usernames)


def moment(day: date, hour: int = 10) -> datetime:
    """An hour of a day, no later than now."""
    return min(datetime.combine(day, time(hour), STOCKHOLM).astimezone(UTC), now())


def kept(row: Model, by: Who, at: datetime, reason: str = "") -> None:
    """Save a row with its history as of a moment."""
    record.save(row, by=by, reason=reason)
    latest = Change.objects.filter(register=record.register(type(row)), object_key=str(row.pk)).first()
    if latest is not None:
        Change.objects.filter(pk=latest.pk).update(at=at)


def secondment(place: int, told: Told, kansli: Who) -> Secondment:
    """A secondment, proposed by the secretariat two months ahead and agreed a week later."""
    this, lender = first_of(today()), who_for(SPEAKER.format(told.lender))
    first, last = later(this, told.first), last_of(later(this, told.last))
    proposed = moment(min(later(first, -2), today() - timedelta(days=6)))
    row = Secondment(
        id=uuid5(LENT, str(place)), seat=told.seat, lender_id=told.lender, first_day=first, last_day=last,
        share=told.share, monthly_amount=Decimal(told.monthly), source=MADE_UP, proposed_by=kansli.person,
        proposed_at=proposed, kansli_agreed_by=kansli.person, kansli_agreed_at=proposed,
        agreement="Lånas ut till samordningskansliet för perioden. Självkostnaden redovisas månadsvis.",
    )  # fmt: skip
    kept(row, kansli, proposed)
    if not told.proposed:
        row.lender_agreed_by, row.lender_agreed_at = lender.person, moment((proposed + timedelta(days=5)).date())
        kept(row, lender, row.lender_agreed_at)
    if told.broken_off is not None:
        row.broken_off_on = last_of(later(this, told.broken_off))
        row.broken_off_why = "Behövs i den egna organisationen."
        kept(row, lender, moment(row.broken_off_on - timedelta(days=20)), row.broken_off_why)
    return row


def costs(row: Secondment, told: Told, kansli: Who) -> None:
    """A report for every month that is over: the latest waits or has been returned, the one before is not paid."""
    lender = who_for(SPEAKER.format(told.lender))
    over = [one.month for one in queries.months_of(row) if one.over]
    for month in over:
        back = (today().year - month.year) * 12 + today().month - month.month
        swing = Decimal((month.month * 7919 + told.share * 31) % 4000 - 1800)
        cost = MonthCost(
            id=uuid5(row.pk, str(month)), secondment=row, month=month, consists_of=CONSISTS,
            amount=Decimal(told.monthly) + swing + Decimal("0.50") * (month.month % 2),
            reported_by=lender.person, reported_at=moment(later(month, 1) + timedelta(days=7)),
        )  # fmt: skip
        kept(cost, lender, cost.reported_at)
        if back == 1 and told.lender == "ssbf":
            cost.returned_by, cost.returned_at = kansli.person, moment(later(month, 1) + timedelta(days=9))
            cost.returned_why = "Resorna saknar underlag: bifoga det, eller ta bort dem."
            kept(cost, kansli, cost.returned_at, cost.returned_why)
        elif back > 1:
            settled(cost, kansli, paid=back > 2)


def settled(cost: MonthCost, kansli: Who, *, paid: bool) -> None:
    """Certify a cost some days after it was reported, and pay it; one was corrected afterwards."""
    cost.certified_by, cost.certified_at = kansli.person, cost.reported_at + timedelta(days=4)
    kept(cost, kansli, cost.certified_at)
    if paid:
        cost.paid_on = (cost.certified_at + timedelta(days=12)).date()
        kept(cost, kansli, cost.certified_at + timedelta(days=12))
    if cost.secondment.lender_id == "nacka" and cost.month == later(first_of(today()), -5):
        correction = MonthCost(
            id=uuid5(cost.pk, "correction"), secondment=cost.secondment, month=cost.month, amount=Decimal("-2150.00"),
            consists_of="Semesterlön räknad två gånger. " + MADE_UP + ".", corrects=cost, reported_by=cost.reported_by,
            reported_at=cost.certified_at + timedelta(days=30), certified_by=kansli.person,
            certified_at=cost.certified_at + timedelta(days=33),
        )  # fmt: skip
        kept(correction, kansli, correction.certified_at or now())


def the_pool(kansli: Who, usernames: set[str]) -> None:
    """Three in the pool, amounts that are made up, duty for some months, the first of them certified."""
    lenders = {"rsk": "lansstyrelsen-stockholm", "rsk2": "ssbf", "rsk3": "nacka"}
    roster = Roster.objects.filter(role=pool.ROLE, ended_at=None).first()
    if not set(lenders) <= usernames or roster is None:
        return
    begins = later(first_of(today()), -5)
    people = {person.username: person for person in Person.objects.filter(username__in=lenders)}
    for username, actor in lenders.items():
        member = PoolMember(
            id=uuid5(LENT, username), actor_id=actor, person=people[username], seat="Regional samverkanskoordinator",
            first_day=begins, source=MADE_UP,
        )  # fmt: skip
        kept(member, kansli, moment(begins))
    amounts = {"weekday_hour": "32.00", "night_hour": "48.00", "weekend_hour": "64.00", "holiday_hour": "96.00"}
    row = PoolRates(
        id=uuid5(LENT, "rates"), valid_from=begins, night_begins=time(22), night_ends=time(6), source=MADE_UP,
        **{name: Decimal(amount) for name, amount in amounts.items()},
    )  # fmt: skip
    kept(row, kansli, moment(begins))
    past_duty(roster, [people[username] for username in lenders], begins)
    for back in (-4, -3, -2):
        month = later(first_of(today()), back)
        for actor, found in pool.month_of(month).items():
            if actor and found.lines:
                at = moment(later(month, 1) + timedelta(days=5))
                pool_actions.certify(actor, month, by=kansli, expected=pool_actions.stamp(found), at=at)


def past_duty(roster: Roster, people: list[Person], begins: date) -> None:
    """Weeks of duty from Monday 08:00 before what the roster already has."""
    first = Shift.objects.filter(roster=roster).order_by("starts").values_list("starts", flat=True).first()
    end = (first or now()).astimezone(STOCKHOLM).date()
    monday, place = begins - timedelta(days=begins.weekday()), 0
    while monday + timedelta(days=7) <= end:
        starts = wall(monday, time(8))
        ends = min(wall(monday + timedelta(days=7), time(8)), first or now())
        person = people[place % len(people)]
        added = {"added_by": "system", "added_at": starts - timedelta(days=30)}
        Shift.objects.create(roster=roster, person=person, starts=starts, ends=ends, **added)
        monday, place = monday + timedelta(days=7), place + 1
