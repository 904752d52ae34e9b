"""The register of action cards: read by all, changed by the secretariat, brought by a region's files."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from samlad.activation.cards import KINDS, latest, steps_in
from samlad.activation.models import ActionCard, ModeTerms
from samlad.activation.tests.test_cards import LINES, make_card
from samlad.journal.who import DUTY_ROLES
from samlad.registers.history import changes_of
from samlad.registers.models import Actor
from samlad.registers.region_files import read
from samlad.registers.region_import import import_region
from samlad.registers.tests.cast import Cast

pytestmark = pytest.mark.django_db
TYPED = {
    "title": "TiB: nytt",
    "role": "tib",
    "operation_kinds": ["disturbance"],
    "steps": "# Direkt\nSvara\n\nRing",
    "source": "eget",
    "valid": "on",
    "reason": "bättre",
}


def edit(client: Client, cast: Cast, **changes: Any) -> Any:
    """The administrator sends the form of a card."""
    client.force_login(cast.administrator.person)
    return client.post(reverse("registers_card_edit", args=["tib-larm"]), TYPED | changes)


def test_a_change_is_the_next_edition(cast: Cast, client: Client) -> None:
    make_card()
    assert edit(client, cast).status_code == 302
    row = latest("tib-larm")
    assert row is not None and (row.edition, row.steps) == (2, ["# Direkt", "Svara", "Ring"])
    assert [change.reason for change in changes_of("cards", "tib-larm")] == ["bättre", "import"]
    old = client.get(reverse("registers_card", args=["tib-larm"]), {"edition": 1}).content.decode()
    assert "Ring vakthavande" in old and "Det finns en nyare" in old
    assert (
        "Ring vakthavande"
        not in client.get(reverse("registers_card", args=["tib-larm"])).content.decode().split("</article>")[0]
    )


def test_nothing_changed_is_no_edition(cast: Cast, client: Client) -> None:
    make_card()
    same = {"title": "TiB: när larmet går", "steps": "\n".join(LINES), "source": ""}
    assert edit(client, cast, **same).status_code == 302
    assert ActionCard.objects.count() == 1


def test_a_preview_saves_nothing_and_moves_a_line(cast: Cast, client: Client) -> None:
    make_card()
    answer = edit(client, cast, move="1:down", reason="")
    page = answer.content.decode()
    assert answer.status_code == 200 and "# Direkt\nRing\nSvara" in page
    assert ActionCard.objects.count() == 1
    assert "TiB: nytt" in edit(client, cast, preview="1").content.decode()


@pytest.mark.parametrize("asked", ["0:up", "99:down", "x", "-1:up", "2:sideways", ":", "9" * 30 + ":up"])
def test_a_move_that_makes_no_sense_moves_nothing_but_in_bounds(cast: Cast, client: Client, asked: str) -> None:
    make_card()
    assert edit(client, cast, move=asked).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"steps": "   \n# Bara rubrik"}, 409),
        ({"steps": ""}, 422),
        ({"steps": "\n".join(["steg"] * 41)}, 409),
        ({"steps": "x" * 301}, 409),
        ({"role": "observer"}, 422),
        ({"operation_kinds": []}, 422),
        ({"title": " "}, 422),
        ({"reason": ""}, 422),
        ({"seen": "somebody was faster"}, 409),
        ({"steps": "HEMLIG\nenligt 2 kap. säkerhetsskyddslagen"}, 409),
    ],
)
def test_what_can_not_be_saved_gets_a_sentence(
    cast: Cast, client: Client, changes: dict[str, Any], status: int
) -> None:
    make_card()
    answer = edit(client, cast, **changes)
    assert answer.status_code == status
    assert ActionCard.objects.count() == 1
    if status == 409 and "seen" not in changes and "HEMLIG" not in str(changes):
        assert str(changes.get("steps", ""))[:40] in answer.content.decode()


def test_a_new_card_and_one_that_is_there(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator.person)
    for status in (302, 409):
        answer = client.post(reverse("registers_card_new"), TYPED | {"code": "ny"})
        assert answer.status_code == status
    assert client.post(reverse("registers_card_new"), TYPED | {"code": "Ny kod"}).status_code == 409


def test_a_card_goes_out_of_use(cast: Cast, client: Client) -> None:
    make_card()
    edit(client, cast, valid="")
    assert "Ur bruk" in client.get(reverse("registers_cards")).content.decode()


def test_only_the_secretariat_changes_cards(cast: Cast, client: Client) -> None:
    make_card()
    client.force_login(cast.rsk.person)
    assert client.get(reverse("registers_card_edit", args=["tib-larm"])).status_code == 404
    assert client.get(reverse("registers_card", args=["tib-larm"])).status_code == 200
    assert client.get(reverse("registers_card", args=["tib-larm"]), {"edition": "9"}).status_code == 404


def card_file(folder: Path, title: str = "TiB") -> Path:
    """A region's folder with one card."""
    told = f'code = "tib-larm"\nrole = "tib"\nkinds = ["disturbance"]\ntitle = "{title}"\n'
    (folder / "cards.toml").write_text(f'[[card]]\n{told}steps = ["Svara"]\nsource = "x"\n')
    return folder


def test_the_import_makes_editions_and_leaves_what_was_edited(cast: Cast, client: Client, tmp_path: Path) -> None:
    assert import_region(card_file(tmp_path)).added == 1
    assert import_region(tmp_path).same == 1
    assert import_region(card_file(tmp_path, "TiB igen")).changed == 1
    edit(client, cast)
    outcome = import_region(card_file(tmp_path, "TiB en gång till"))
    assert ([str(one) for one in outcome.kept] != [], outcome.changed) == (True, 0)
    row = latest("tib-larm")
    assert row is not None and row.title == "TiB: nytt"


@pytest.mark.parametrize(
    "wrong",
    [
        'role = "observer"\nkinds = ["disturbance"]\nsteps = ["a"]',
        'role = "tib"\nkinds = ["storm"]\nsteps = ["a"]',
        'role = "tib"\nkinds = ["disturbance"]\nsteps = ["# bara"]',
        'role = "tib"\nkinds = ["disturbance"]\nsteps = "a"',
    ],
)
def test_a_wrong_card_is_refused_with_its_line(wrong: str, tmp_path: Path) -> None:
    (tmp_path / "cards.toml").write_text(f'[[card]]\ncode = "a"\ntitle = "b"\nsource = "c"\n{wrong}\n')
    refused = import_region(tmp_path).refused
    assert len(refused) == 1 and refused[0].where.startswith("cards.toml:")


def test_terms_of_modes(tmp_path: Path) -> None:
    Actor.objects.create(code="region-stockholm")
    (tmp_path / "modes.toml").write_text('[[terms]]\nactor = "region-stockholm"\nterms = ["Stabsläge"]\nsource = "x"\n')
    assert import_region(tmp_path).added == 1
    assert import_region(tmp_path).same == 1
    assert ModeTerms.objects.get().terms == ["Stabsläge"]
    (tmp_path / "modes.toml").write_text('[[terms]]\nactor = "ingen"\nterms = ["Stabsläge"]\nsource = "x"\n')
    assert len(import_region(tmp_path).refused) == 1


def test_the_regions_own_cards_fit_on_a_sheet_and_say_whose_they_are() -> None:
    tables, refused = read(settings.PROJECT / "regions" / "stockholm")
    cards = [table.values for table in tables if table.place.file == "cards.toml"]
    assert refused == [] and {card["role"] for card in cards} == DUTY_ROLES
    for card in cards:
        assert set(card["kinds"]) <= set(KINDS)
        assert 8 <= len(steps_in(card["steps"])) <= 18
        assert "Samlads förslag" in card["source"] and "inget som SSR har fastställt" in card["source"]
