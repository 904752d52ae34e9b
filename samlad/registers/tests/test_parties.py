"""Who were the parties on day X, from the files of Stockholm."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from samlad.journal.who import ROLES
from samlad.registers.models import Role
from samlad.registers.queries import actor_view, areas, parties, swedish_key, tiles
from samlad.registers.region_import import import_region

STOCKHOLM = Path(__file__).resolve().parents[3] / "regions" / "stockholm"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stockholm() -> None:
    assert import_region(STOCKHOLM).refused == []


def test_number_of_parties() -> None:
    counts = {
        date(2014, 3, 31): 0,
        date(2014, 6, 1): 36,
        date(2018, 8, 31): 36,
        date(2018, 9, 1): 37,
        date(2019, 6, 1): 37,
        date(2020, 12, 31): 37,
        date(2021, 1, 1): 36,
        date(2025, 6, 1): 36,
    }
    assert {day: len(parties(day)) for day in counts} == counts


def test_the_landsting_became_the_region() -> None:
    before, after = actor_view("region-stockholm", date(2018, 12, 31)), actor_view("region-stockholm", date(2019, 1, 1))
    assert before and before.name == "Stockholms läns landsting"
    assert after and after.name == "Region Stockholm"


def test_attunda_went_into_storstockholms_brandforsvar() -> None:
    assert actor_view("brandkaren-attunda", date(2020, 12, 31))
    assert actor_view("brandkaren-attunda", date(2021, 1, 1)) is None
    assert actor_view("ssbf", date(2021, 1, 1))


def test_kustbevakningen_joined_after_2014() -> None:
    assert actor_view("kustbevakningen", date(2014, 12, 31)) is None
    assert actor_view("kustbevakningen", date(2019, 6, 1))


def test_order_is_by_category_and_then_swedish() -> None:
    listed = parties(date(2025, 6, 1))
    assert Counter(party.category for party in listed)["municipality"] == 26
    assert [party.category for party in listed[:26]] == ["municipality"] * 26
    assert listed[25].short == "Österåker"
    assert [party.short for party in listed if party.short.startswith("T")][:3] == ["Tyresö", "Täby", "Trafikverket"]
    assert sorted(["Ö", "Ä", "Å", "Z", "a"], key=swedish_key) == ["a", "Z", "Å", "Ä", "Ö"]


def test_every_municipality_has_its_own_tile_and_figure() -> None:
    placed = [area for area in areas() if area.column is not None]
    assert [area.code for area in placed] == [tile.code for tile in tiles()]
    assert len(placed) == 26
    assert len({(tile.column, tile.row) for tile in placed}) == 26
    assert {party.area for party in parties(date(2025, 6, 1)) if party.area} == {tile.code for tile in placed}
    assert all(tile.population_on == date(2017, 12, 31) and tile.edition for tile in placed)
    county = next(area for area in areas() if area.code == "01")
    assert county.population == 2_303_417 == sum(tile.population or 0 for tile in placed)


def test_the_map_looks_like_the_county() -> None:
    place = {tile.name: (tile.column or 0, tile.row or 0) for tile in tiles()}
    across, down = place["Stockholm"]
    assert place["Norrtälje"][1] == min(row for _, row in place.values())
    assert place["Nynäshamn"][1] == max(row for _, row in place.values())
    assert place["Nykvarn"][0] == min(column for column, _ in place.values())
    assert place["Värmdö"][0] > place["Nacka"][0] > across
    assert place["Upplands-Bro"][0] < across and place["Upplands-Bro"][1] < down
    assert place["Södertälje"][0] < across and place["Södertälje"][1] > down


def test_roles_are_those_of_the_journal() -> None:
    assert tuple(Role.values) == ROLES
