"""Who pays in a budget year, and which population figures it goes by: two reference days, editions, what is missing."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

import msgspec

from samlad.registers.models import Category, Population
from samlad.registers.queries import ActorView, parties

PRELIMINARY: Final = ("prel", "provisional")
MUNICIPALITY: Final = Category.MUNICIPALITY.value


def is_preliminary(edition: str) -> bool:
    """Whether an edition of the statistics calls itself preliminary."""
    return any(word in edition.casefold() for word in PRELIMINARY)


class Figure(msgspec.Struct, frozen=True):
    """How many lived in an area on a day, by which edition."""

    people: int
    on: date
    edition: str
    source: str = ""

    @property
    def preliminary(self) -> bool:
        """Whether the edition says that it will be replaced by a final one."""
        return is_preliminary(self.edition)


class Payer(msgspec.Struct, frozen=True):
    """Who pays: an actor as it was on the first day of the budget year, and what its fee goes by.

    `start` and `cap` are a municipality's figures, None where there is none; `percent` is another actor's, None where
    the table has no row for it.
    """

    code: str
    name: str
    category: str
    area: str = ""
    start: Figure | None = None
    cap: Figure | None = None
    percent: Decimal | None = None

    @property
    def municipal(self) -> bool:
        """Whether it pays by population."""
        return self.category == MUNICIPALITY


class Basis(msgspec.Struct, frozen=True):
    """All that fees are computed from but the total and its terms. `strangers`: in the table of percents, but they
    do not pay that year."""

    party_day: date
    start_days: tuple[date, ...]
    cap_day: date
    payers: tuple[Payer, ...]
    strangers: tuple[str, ...] = ()

    @property
    def towns(self) -> list[Payer]:
        """Those who pay by population."""
        return [payer for payer in self.payers if payer.municipal]

    @property
    def others(self) -> list[Payer]:
        """Those who pay by the table."""
        return [payer for payer in self.payers if not payer.municipal]


def party_day(year: int) -> date:
    """Who is a party on this day pays for the whole year; who joins later pays from the next."""
    return date(year, 1, 1)


def start_days(year: int) -> tuple[date, date]:
    """The days that are the start of a budget year, the best first: statistics give the end of the day before."""
    return date(year, 1, 1), date(year - 1, 12, 31)


def cap_day(year: int) -> date:
    """The day whose registered population the cap goes by."""
    return date(year - 1, 6, 30)


Found = Mapping[tuple[str, date], list[Figure]]


def available(areas: Iterable[str], days: Iterable[date]) -> Found:
    """The figures there are, by area and day; final before preliminary, then the latest edition by name."""
    found: dict[tuple[str, date], list[Figure]] = {}
    for row in Population.objects.filter(area__in=list(areas), on_date__in=list(days)).order_by("-edition"):
        figure = Figure(row.figure, row.on_date, row.edition, row.source)
        found.setdefault((row.area_id, row.on_date), []).append(figure)
    for figures in found.values():
        figures.sort(key=lambda figure: figure.preliminary)
    return found


def best(found: Found, area: str, days: Iterable[date], edition: str = "") -> Figure | None:
    """The figure to go by: of the first day that has one; the edition asked for, where there is such a one."""
    for day in days:
        if figures := found.get((area, day)):
            return next((figure for figure in figures if figure.edition == edition), figures[0])
    return None


def basis(
    year: int,
    shares: Mapping[str, Decimal],
    *,
    figures_of: int | None = None,
    start_edition: str = "",
    cap_edition: str = "",
) -> Basis:
    """What a year's fees go by. `figures_of`: another year's reference days; editions: which to prefer, by name."""
    on, reference = party_day(year), figures_of or year
    starts, ends = start_days(reference), cap_day(reference)
    actors = parties(on)
    found = available([actor.area for actor in actors if actor.area], (*starts, ends))

    def payer(actor: ActorView) -> Payer:
        one = Payer(actor.code, actor.name, actor.category, actor.area)
        if not one.municipal:
            return msgspec.structs.replace(one, percent=shares.get(actor.code))
        return msgspec.structs.replace(
            one, start=best(found, actor.area, starts, start_edition), cap=best(found, actor.area, (ends,), cap_edition)
        )

    payers = tuple(payer(actor) for actor in actors)
    there = {one.code for one in payers if not one.municipal}
    return Basis(on, starts, ends, payers, tuple(sorted(set(shares) - there)))


def editions(held: Basis, days: Iterable[date]) -> list[str]:
    """The editions that there are of the figures of some days, to choose among."""
    areas = [payer.area for payer in held.towns if payer.area]
    found = Population.objects.filter(area__in=areas, on_date__in=list(days)).values_list("edition", flat=True)
    return sorted(set(found))
