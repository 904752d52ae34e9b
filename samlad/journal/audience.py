"""Who may read which audience. Everything that is read passes here before it is folded, counted or shown."""

from functools import lru_cache

from samlad.journal.who import READING_ROLES, SYSTEM, Who

LEVEL_ROLES = {
    # Chiefs decide on the direction level; the RSK serves all levels at once (domain, 1.2).
    "inriktande": frozenset({"chief", "rsk"}),
    "samordnande": READING_ROLES - {"observer", "wall"},
    "verkställande": READING_ROLES - {"observer", "wall"},
}


@lru_cache(maxsize=100_000)
def may_read(audience: str, who: Who) -> bool:
    """Whether an entry with this audience exists for this reader, given that the operation does."""
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
