"""Who reads or writes: a person, speaking for one actor, in the roles they hold there now."""

from typing import Final

import msgspec

ROLES: Final = (
    "tib",
    "rsk",
    "liaison",
    "picture_lead",
    "chief",
    "communicator",
    "secretariat",
    "observer",
    "administrator",
    "actor_administrator",
    "registrar",
    "wall",
)
"""Every role code a seat can have, in the order in which pages list them."""

DUTY_ROLES: Final = frozenset({"tib", "rsk", "liaison", "picture_lead", "chief", "communicator"})
"""Roles that are called when an operation opens, and that may press the green button."""

READING_ROLES: Final = frozenset(ROLES) - {"administrator", "actor_administrator", "registrar"}
"""Roles that may read operations. An administrator, of the system or of an actor, looks after registers and people, a
registrar after what the actor decides; by that alone they read no operation. A wall is the screen of a control room: it
reads what its actor reads, no more."""


class Who(msgspec.Struct, frozen=True):
    """A reader or an author.

    `person` is the key of the person (uuid as 32 hexadecimal digits), `actor` the code of the actor they speak for,
    `roles` the roles they hold at that actor, `name` what pages show ("TiB Nacka"). All empty: an anonymous visitor.
    """

    person: str
    actor: str
    roles: frozenset[str]
    name: str

    @property
    def on_duty(self) -> bool:
        """True where one of the roles is a duty role."""
        return bool(self.roles & DUTY_ROLES)

    @property
    def may_read(self) -> bool:
        """True where one of the roles gives reading; which entries is the audience's business."""
        return bool(self.roles & READING_ROLES)


NOBODY: Final = Who("", "", frozenset(), "")
"""An anonymous visitor: reads nothing."""

SYSTEM: Final = Who("system", "", frozenset({"system"}), "Samlad")
"""The program itself: followers, verification, export. Reads everything and speaks for no actor."""
