"""The grounds for secrecy: what comes with the program is whole, and a region can add."""

from pathlib import Path

import pytest
from django.utils import translation

from samlad.base.clock import now
from samlad.journal.entries import Marking
from samlad.registers.region_import import import_region
from samlad.registers.secrecy import decided_by, ground, ground_name, grounds, roles_that_decided, shipped
from samlad.registers.tests.cast import Cast

GROUND = """[[ground]]
code = "OSL 38:8"
title = "Ett prov"
title_en = "A test"
protects = "Inget"
protects_en = "Nothing"
source = "ett prov"
"""


def test_each_says_what_it_protects_and_where_that_is_from() -> None:
    for code, one in shipped().items():
        chapter, paragraph = code.removeprefix("OSL ").split(":")
        assert one.title and one.title_en and one.protects and one.protects_en
        assert f"(2009:400) {chapter} kap. {paragraph} §" in one.source, code
        assert len(code) <= 20
    assert {"OSL 15:2", "OSL 18:8", "OSL 18:13", "OSL 21:1"} <= shipped().keys()


@pytest.mark.django_db
def test_in_the_order_of_the_law_in_both_languages() -> None:
    codes = [one.code for one in grounds()]
    assert codes.index("OSL 18:9") < codes.index("OSL 18:13") < codes.index("OSL 19:1")
    assert codes.index("OSL 15:1") < codes.index("OSL 15:1 a") < codes.index("OSL 15:2")
    with translation.override("sv"):
        assert ground_name("OSL 18:8") == "OSL 18:8 Säkerhets- eller bevakningsåtgärder"
    with translation.override("en"):
        assert ground_name("OSL 18:8") == "OSL 18:8 Security and guarding measures"


@pytest.mark.django_db
def test_a_region_adds(tmp_path: Path) -> None:
    (tmp_path / "osl.toml").write_text(GROUND)
    assert (import_region(tmp_path).added, import_region(tmp_path).same) == (1, 1)
    found = ground("OSL 38:8")
    assert found and found.title == "Ett prov" and grounds()[-1] == found
    assert ground("OSL 99:9") is None and ground_name("OSL 99:9") == "OSL 99:9"
    (tmp_path / "osl.toml").write_text(GROUND.replace("OSL 38:8", "OSL 38:8" * 9))
    assert [one.where for one in import_region(tmp_path).refused] == ["osl.toml:2"]


@pytest.mark.django_db
def test_who_decided_is_a_seat_and_no_person(cast: Cast) -> None:
    marking = Marking("OSL 18:13", decided_by(cast.duty_officer.who), now())
    assert marking.decided_by == "nacka:tib"
    with translation.override("sv"):
        assert roles_that_decided(marking) == ("nacka", "Tjänsteman i beredskap (TiB)")
