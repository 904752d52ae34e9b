"""Who gets what of test alarms (larmprov)."""

from collections.abc import Iterator
from typing import Final

from tests.access_words import DUTY, KEEPERS, NACKA, Row, read, to, write

DRILLS: Final = """Nacka's report is tried: its people with a duty have it, its administrator, and who sees all actors'.
When one is planned is known to those who plan only: not all are announced."""
SEEING: Final = DUTY | {"secretariat", "actor_administrator"}


def drills() -> Iterator[list[Row]]:
    """Reports: all actors together without names, one's own, each for those who see all. Plans: those who plan."""
    yield read("drills", SEEING, forms=("format=csv",))
    own = NACKA - {"registrar"}
    yield read("drill_actor", own | {"rsk", "secretariat"}, forms=("format=csv",))
    yield read("drill_actor_pdf", own | {"rsk", "secretariat"})
    yield read("drill_plans", KEEPERS)
    for route in ("drill_plan_new", "drill_plan"):
        yield write(route, KEEPERS)
    secretariat = frozenset({"secretariat"})
    yield write("drill_now", secretariat, to(secretariat, "302", "404"))
