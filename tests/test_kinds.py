"""Every kind of entry the program knows is shown somehow and described where its room is described."""

from pathlib import Path

import pytest
from django.template.loader import get_template

from samlad.journal.kinds import Kind, registered
from samlad.web.wiring import KINDS

SAMLAD = Path(__file__).resolve().parent.parent / "samlad"

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.name}.{kind.version}")


@each_kind
def test_its_template_is_there(kind: Kind) -> None:
    assert get_template(kind.shown)


@each_kind
def test_it_belongs_to_its_room_and_the_rooms_readme_names_it(kind: Kind) -> None:
    room, _, word = kind.name.partition(".")
    assert kind.payload.__module__.split(".")[:3] == ["samlad", room, "entries"]
    readme = (SAMLAD / room / "README.md").read_text()
    assert f"`{kind.name}`" in readme or f"`{word}`" in readme


def test_the_list_is_what_is_registered() -> None:
    assert set(KINDS) <= set(registered())
