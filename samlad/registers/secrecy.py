"""The grounds that a marking (sekretessmarkering) can state: those that come with the program, and the region's own.

A marking is a warning that a disclosure must be examined, each time anew (OSL 5:5): never a class, never a decision.
"""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec
from django.utils.translation import get_language

from samlad.journal.entries import Marking
from samlad.journal.who import Who
from samlad.registers.models import Role, SecrecyGround

SHIPPED: Final = Path(__file__).with_name("osl.toml")


class Ground(msgspec.Struct, frozen=True):
    """A paragraph under a short name, what it protects, and where that is taken from. In Swedish and in English."""

    code: str
    title: str
    title_en: str
    protects: str
    protects_en: str
    source: str = ""

    @property
    def name(self) -> str:
        """Its code and short name in the reader's language: "OSL 18:13 Risk- och sårbarhetsanalyser"."""
        return f"{self.code} {self.title_en if english() else self.title}"

    @property
    def what(self) -> str:
        """What it protects, in the reader's language."""
        return self.protects_en if english() else self.protects


def english() -> bool:
    """Whether the reader reads English."""
    return (get_language() or "sv").startswith("en")


@lru_cache(maxsize=1)
def shipped() -> dict[str, Ground]:
    """The grounds that come with the program, by code."""
    tables = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["ground"]
    return {ground.code: ground for ground in (msgspec.convert(table, Ground) for table in tables)}


def place(code: str) -> list[tuple[int, str]]:
    """A key that sorts codes as the law does: chapter and paragraph as numbers, 9 before 13."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in code.replace(":", " ").split()]


def grounds() -> tuple[Ground, ...]:
    """Every ground to choose between, in the order of the law. One query; the region's word goes before ours."""
    own = {row.code: _ground(row) for row in SecrecyGround.objects.all()}
    found = shipped() | own
    return tuple(found[code] for code in sorted(found, key=place))


def ground(code: str) -> Ground | None:
    """One ground; None where nobody has heard of it. A query only for what did not come with the program."""
    if found := shipped().get(code):
        return found
    row = SecrecyGround.objects.filter(code=code).first()
    return _ground(row) if row else None


def ground_name(code: str) -> str:
    """A ground in words; its code where it is not known (any more)."""
    found = ground(code)
    return found.name if found else code


def decided_by(who: Who) -> str:
    """The seat that decides on a marking, as it is stored: actor and roles, no person ("nacka:tib")."""
    return f"{who.actor}:{','.join(sorted(who.roles))}"


def roles_that_decided(marking: Marking) -> tuple[str, str]:
    """Actor code and the roles in words, of the seat that decided."""
    actor, _separator, roles = marking.decided_by.partition(":")
    return actor, ", ".join(str(Role(role).label) for role in roles.split(",") if role in Role.values)


def _ground(row: SecrecyGround) -> Ground:
    return Ground(row.code, row.title, row.title_en, row.protects, row.protects_en, row.source)
