"""Every form there is, filled with anything: no failure, nothing reflected, a sentence, and what was typed stays."""

from typing import Any, Final

import pytest
from hypothesis import strategies as st

from tests.access import ROWS
from tests.bodies import posted
from tests.everything import PARAMETERS, Everything
from tests.fuzz import profile
from tests.fuzz.browser import Request, ask, multipart
from tests.fuzz.judge import faults
from tests.fuzz.pages import Form, found
from tests.fuzz.profile import thrown
from tests.fuzz.strings import pairs, told, wire

pytestmark = pytest.mark.django_db
Fields = list[tuple[bytes, bytes]]
TAKING: Final = sorted(
    {row.route for row in ROWS if row.method == "POST" and set(row.gets.values()) & {"302", "409", "422"}}
)


def filled(form: Form, usual: dict[str, Any]) -> Fields:
    """The form as somebody would send it who means it."""
    fields: Fields = []
    for field in form.fields:
        values = field.values or field.choices[:1] if field.kind == "radio" else field.values
        if not field.name.endswith("_FORMS"):  # how many rows there are, the page says
            values = usual.get(field.name, values)
        for value in values if isinstance(values, list | tuple) else [values]:
            fields.append((field.name.encode(), str(value).encode()))
    return fields


def spoiled(form: Form, usual: dict[str, Any]) -> st.SearchStrategy[tuple[Fields, bool]]:
    """The same with some of the fields spoiled; and whether it is sent as multipart."""
    names = [field.name.encode() for field in form.fields] or [b"id"]
    choices = {field.name.encode(): [c.encode() for c in field.choices] for field in form.fields if field.choices}
    spoils = st.one_of(
        *(
            st.tuples(
                st.just(name),
                st.sampled_from(["set", "set", "set", "add", "drop"]),
                st.one_of(wire, st.sampled_from(choices[name])) if name in choices else wire,
            )
            for name in names
        ),
        st.tuples(wire, st.just("add"), wire),
    )

    def together(drawn: tuple[list[tuple[bytes, str, bytes]], bool]) -> tuple[Fields, bool]:
        fields, as_multipart = filled(form, usual), drawn[1]
        for name, how, value in drawn[0]:
            if how != "add":
                fields = [pair for pair in fields if pair[0] != name]
            if how != "drop":
                fields.append((name, value))
        return fields, as_multipart

    return st.tuples(st.lists(spoils, min_size=1, max_size=5), st.booleans()).map(together)


def sent(form: Form, fields: Fields, as_multipart: bool, session: str) -> Request:
    """The request that a browser would make of it."""
    known = {field.name.encode() for field in form.fields}
    profile.sent.update(f"field {form.route} {name.decode()}" for name, _ in fields if name in known)
    if form.method == "GET":
        return Request(form.route, form.action.encode() + b"?" + pairs(fields), session=session)
    if form.multipart or as_multipart:
        kind, body = multipart(fields, [])
    else:
        kind, body = b"application/x-www-form-urlencoded", pairs(fields)
    return Request(form.route, form.action.encode(), "POST", body, {"content-type": kind}, session)


def kept(form: Form, fields: Fields) -> list[str]:
    """What was typed by hand, and must still be there after a refusal."""
    last = {name: told(value) for name, value in fields}
    rows = {field.name.encode(): field.values for field in form.fields if field.name.endswith("_FORMS")}
    if any((last.get(name),) != values for name, values in rows.items()):
        return []  # how many rows there are stands in hidden fields: nobody types there
    return [last[field.name.encode()] for field in form.fields if field.typed and field.name.encode() in last]


@pytest.mark.parametrize("route", sorted(PARAMETERS))
def test_a_form_takes_anything(route: str, everything: Everything) -> None:
    usual = dict(posted(route, everything))
    for form in found(everything).forms:
        if form.route == route:
            throw_at(form, usual, everything.sessions.get(form.reader, ""))


def throw_at(form: Form, usual: dict[str, Any], session: str) -> None:
    """Send it spoiled in many ways."""

    @thrown(spoiled(form, usual), about=form.route)
    def throw(drawn: tuple[Fields, bool]) -> None:
        request = sent(form, *drawn, session)
        assert faults(request, ask(request), kept(form, drawn[0])) == []

    throw()


def test_every_form_leads_to_a_known_address(everything: Everything) -> None:
    assert [form for form in found(everything).forms if not form.route] == []


def test_forms_have_been_found_for_all_that_is_taken(everything: Everything) -> None:
    """Those without a form on a page of this scene are tried by their names in test_fuzz_addresses."""
    assert len({form.route for form in found(everything).forms} & set(TAKING)) > len(TAKING) * 0.7
