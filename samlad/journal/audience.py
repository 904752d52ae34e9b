"""Who may read which audience. Everything that is read passes here before it is folded, counted or shown."""

from functools import lru_cache

from samlad.journal.who import READING_ROLES, SYSTEM, Who

SPEAKING_ROLES = READING_ROLES - {"observer", "wall"}
LEVEL_ROLES = {
    # Chiefs decide on the direction level; the RSK serves all levels at once (domain, 1.2).
    "inriktande": frozenset({"chief", "rsk"}),
    "samordnande": SPEAKING_ROLES,
    "verkställande": SPEAKING_ROLES,
}


@lru_cache(maxsize=100_000)
def may_read(audience: str, who: Who) -> bool:
    """Whether an entry with this audience exists for this reader, given that the operation does.

    A wall screen reads what its actor reads, but nothing that is for a level: it is nobody's seat.
    """
    if who == SYSTEM or audience in ("all", "public"):
        return True
    to, _, whom = audience.partition(":")
    if to == "own":
        return who.actor == whom
    if to == "actors":
        return who.actor in whom.split(",")
    if to == "level":
        return bool(who.roles & LEVEL_ROLES.get(whom, frozenset()))
    return False


def may_open(who: Who) -> bool:
    """Whether a reader may open a marked entry that they may read: somebody who sits there, not a screen on a wall."""
    return who == SYSTEM or bool(who.roles & (READING_ROLES - {"wall"}))


def named(audience: str) -> frozenset[str] | None:
    """The actors that an audience names; None where it names none (all, public, a level)."""
    to, _, whom = audience.partition(":")
    if to not in ("own", "actors"):
        return None
    return frozenset(whom.split(","))


def holds(wider: str, narrower: str) -> bool:
    """Whether all who may read one audience may read another, wider one: the rule of widening and of narrowing.

    Public holds all participants, who hold every other audience. Named actors hold fewer of them. A level is held by
    all and by itself: who is on it changes with the roles, and with no list of actors can it be compared.
    """
    if wider == narrower or wider == "public":
        return True
    if wider == "all":
        return narrower != "public"
    these, those = named(wider), named(narrower)
    return these is not None and those is not None and those <= these
