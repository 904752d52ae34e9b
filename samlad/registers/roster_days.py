"""Sweden's public holidays, by lag (1989:1253) om allmänna helgdagar and, before it, the acts it took over from."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

NATIONAL_DAY: Final = 2005  # 6 June instead of Whit Monday, from this year
SATURDAY: Final = 5


def easter(year: int) -> date:
    """Easter Day in the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moon + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def saturday_from(day: date) -> date:
    """The first Saturday on or after a day."""
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)


@lru_cache(maxsize=256)
def holidays(year: int) -> dict[date, str]:
    """The year's public holidays that are not just Sundays, with their Swedish names.

    With them the three eves that semesterlagen (1977:480) 3 a § puts beside Sundays: nobody hands over then unasked.
    """
    sunday = easter(year)
    midsummer = saturday_from(date(year, 6, 20))
    found = {
        date(year, 1, 1): "Nyårsdagen",
        date(year, 1, 6): "Trettondedag jul",
        sunday - timedelta(days=2): "Långfredagen",
        sunday: "Påskdagen",
        sunday + timedelta(days=1): "Annandag påsk",
        sunday + timedelta(days=39): "Kristi himmelsfärdsdag",
        sunday + timedelta(days=49): "Pingstdagen",
        midsummer - timedelta(days=1): "Midsommarafton",
        midsummer: "Midsommardagen",
        saturday_from(date(year, 10, 31)): "Alla helgons dag",
        date(year, 12, 24): "Julafton",
        date(year, 12, 25): "Juldagen",
        date(year, 12, 26): "Annandag jul",
        date(year, 12, 31): "Nyårsafton",
    }
    if year >= NATIONAL_DAY:
        found[date(year, 6, 6)] = "Sveriges nationaldag"
    else:
        found[sunday + timedelta(days=50)] = "Annandag pingst"
    found.setdefault(date(year, 5, 1), "Första maj")
    return found


def holiday(day: date) -> str:
    """The name of the holiday, or an empty text."""
    return holidays(day.year).get(day, "")


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no holiday."""
    return day.weekday() < SATURDAY and not holiday(day)


def moved(day: date, on_holiday: str) -> date:
    """The day of a handover: the same, or the nearest working day "before" or "after" where it is a holiday."""
    if on_holiday == "same" or not holiday(day):
        return day
    step = timedelta(days=-1 if on_holiday == "before" else 1)
    while not is_working_day(day):
        day += step
    return day
