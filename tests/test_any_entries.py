"""Any entries at all, of every kind there is, in any order: every reader's states and lines come out of them.

One entry that a fold can't take would close the whole operation to everybody, for ever: entries are never taken away.
"""

import types
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samlad.activation.queries import activation
from samlad.base.clock import STOCKHOLM
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal import read
from samlad.journal.append import append
from samlad.journal.entries import ALL, OWN, Audience, Draft, Opened, Refs
from samlad.journal.page import operation_page
from samlad.journal.queries import basics
from samlad.journal.shown import shown
from samlad.journal.tests.scene import CHIEF, NACKA, OBSERVER, OPENED, RSK, SOLNA
from samlad.journal.who import SYSTEM
from samlad.picture.queries import all_reports, picture
from samlad.web.wiring import KINDS

WRITERS = (NACKA, SOLNA, RSK, CHIEF)
IDS = [new_id() for _ in range(6)]
SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    | st.sampled_from(["nacka", "solna", "Utan el"]),
    int: st.integers(1, 2**53 - 1),  # numbers of pictures
    bool: st.booleans(),
    UUID: st.sampled_from(IDS),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    type(None): st.none(),
    datetime: st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(STOCKHOLM)),  # noqa: DTZ001
}


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that payloads use."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is Annotated:
        return anything(inner[0])
    if origin in (Union, types.UnionType):
        return st.one_of(*(anything(one) for one in inner))
    if origin is tuple:
        return st.lists(anything(inner[0]), max_size=3).map(tuple)
    return payloads(hint)


def payloads(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Any payload of a type."""
    hints = get_type_hints(kind, include_extras=True)
    return st.builds(kind, **{name: anything(hints[name]) for name in kind.__struct_fields__})


REFERRING = st.lists(st.sampled_from(IDS), max_size=2).map(tuple)
WRITTEN = st.lists(
    st.tuples(
        st.sampled_from([kind.payload for kind in KINDS if kind.payload is not Opened]).flatmap(payloads),
        st.sampled_from(WRITERS),
        st.sampled_from([ALL, OWN, Audience("actors", ("nacka",)), Audience("level", level="inriktande")]),
        st.builds(Refs, answers=REFERRING, corrects=REFERRING, replaces=REFERRING, takes=REFERRING),
        st.sampled_from([None, "nacka", "solna", "unheard"]),
        SIMPLE[datetime],
    ),
    max_size=8,
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(WRITTEN)
def test_every_reader_sees_something(entries: list[tuple[Any, ...]]) -> None:
    operation, ids = new_id(), iter([*IDS, *(new_id() for _ in entries)])
    append(Draft(operation, OPENED), by=RSK)
    for payload, by, audience, refs, actor, at in entries:
        draft = Draft(operation, payload, next(ids), audience, actor, at, refs=refs)
        try:
            append(draft, by=by)
        except Refused:
            assert basics(operation, SYSTEM).closed_at
    for who in (*WRITERS, OBSERVER, SYSTEM):
        for at in range(read.position(operation, who) + 1):
            activation(operation, who, at)
            picture(operation, who, at)
            all_reports(operation, who, at)
        told = operation_page(operation, who, {}).basics
        for _number, entry in read.entries(operation, who):
            assert shown(entry, told, "sv").strip()
