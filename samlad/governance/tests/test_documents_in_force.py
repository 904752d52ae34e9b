"""What was in force on any day: by steps, by later versions, by last days, by what it is attached to."""

from datetime import date

import pytest

from samlad.base.refused import Refused
from samlad.governance.documents.models import Status, VersionStep
from samlad.governance.documents.queries import Library, in_force, out_for_adoption, status_of
from samlad.governance.documents.rules import check_document, check_part, check_step, warnings
from samlad.governance.tests.library_scene import a_document, a_part, a_step, a_version
from samlad.registers.queries import today

pytestmark = pytest.mark.django_db

D = date


def numbers(day: date) -> list[str]:
    return [f"{one.document.code} {one.version.number}" for one in in_force(day)]


def test_the_status_on_a_date_is_the_last_step_up_to_it() -> None:
    steps = (("draft", D(2018, 5, 1)), ("presented", D(2018, 11, 14)), ("approved", D(2018, 12, 1)))
    version = a_version(a_document(), "1.0", *steps, ("out", D(2019, 2, 1)), ("in_force", D(2019, 12, 1)))
    days = {D(2018, 4, 30): "", D(2018, 5, 1): "draft", D(2018, 11, 14): "presented", D(2018, 12, 31): "approved"}
    for day, status in days.items():
        assert status_of(version, day).status == status
    assert [one.version for one in out_for_adoption(D(2019, 6, 1))] == [version]
    assert numbers(D(2019, 11, 30)) == [] and numbers(D(2019, 12, 1)) == ["avtal 1.0"]


def test_a_later_version_in_force_replaces_by_itself() -> None:
    document = a_document()
    first = a_version(document, "1.0", ("in_force", D(2015, 1, 1)))
    second = a_version(document, "2.0", ("approved", D(2018, 1, 1)), ("in_force", D(2019, 1, 1)))
    assert numbers(D(2018, 12, 31)) == ["avtal 1.0"] and numbers(D(2019, 1, 1)) == ["avtal 2.0"]
    stands = status_of(first, D(2020, 1, 1))
    assert (stands.status, stands.since, stands.replaced_by, stands.followed) == (
        Status.REPLACED, D(2019, 1, 1), second, True,
    )  # fmt: skip


def test_what_takes_the_place_of_a_document_replaces_its_versions_also_past_one_that_never_came() -> None:
    first = a_document("malbild-1")
    second = a_document("malbild-2", follows=first)
    third = a_document("malbild-3", follows=second)
    a_version(first, "1.0", ("in_force", D(2015, 1, 1)))
    a_version(second, "1.0", ("draft", D(2018, 1, 1)), ("withdrawn", D(2018, 6, 1)))
    a_version(third, "1.0", ("in_force", D(2023, 1, 1)))
    assert numbers(D(2022, 12, 31)) == ["malbild-1 1.0"] and numbers(D(2023, 1, 1)) == ["malbild-3 1.0"]


def test_its_last_day_is_a_day_of_it() -> None:
    version = a_version(a_document(), "1.0", ("in_force", D(2019, 12, 31)), valid_to=D(2022, 12, 31))
    assert status_of(version, D(2022, 12, 31)).status == Status.IN_FORCE
    stands = status_of(version, D(2023, 1, 1))
    assert (stands.status, stands.since, stands.followed) == (Status.ENDED, D(2023, 1, 1), True)


def test_out_for_adoption_ends_too() -> None:
    version = a_version(a_document(), "1.0", ("out", D(2019, 2, 1)), valid_to=D(2022, 12, 31))
    assert status_of(version, D(2023, 1, 1)).status == Status.ENDED


def test_an_attachment_follows_its_whole_but_not_before_its_own_date() -> None:
    whole = a_version(a_document(), "1.0", ("in_force", D(2015, 1, 1)), valid_to=D(2022, 12, 31))
    annex = a_document("bilaga", binding="with_the_whole", part_of=whole.document)
    first, second = a_version(annex, "1.0", dated=D(2014, 6, 1)), a_version(annex, "2.0", dated=D(2019, 2, 21))
    a_part(whole, first)
    a_part(whole, second)
    assert numbers(D(2015, 1, 1)) == ["avtal 1.0", "bilaga 1.0"]
    assert numbers(D(2019, 2, 21)) == ["avtal 1.0", "bilaga 2.0"]
    stands = status_of(second, D(2020, 1, 1))
    assert stands.through == whole and stands.assumed
    ended = status_of(second, D(2023, 1, 1))
    assert (ended.status, ended.through, ended.since) == (Status.ENDED, whole, D(2023, 1, 1))


def test_an_attachment_to_two_stands_as_long_as_one_does() -> None:
    first = a_version(a_document("ett"), "1.0", ("in_force", D(2015, 1, 1)), valid_to=D(2018, 12, 31))
    second = a_version(a_document("tva"), "1.0", ("in_force", D(2017, 1, 1)))
    annex = a_version(a_document("bilaga", binding="with_the_whole"))
    a_part(first, annex)
    a_part(second, annex)
    assert status_of(annex, D(2020, 1, 1)).status == Status.IN_FORCE


def test_attachments_to_each_other_end_the_question() -> None:
    one, two = (a_version(a_document(code, binding="with_the_whole")) for code in ("ett", "tva"))
    a_part(one, two)
    a_part(two, one)
    assert status_of(one, D(2020, 1, 1)).status == ""


def test_withdrawn_is_withdrawn_whatever_else_is_said() -> None:
    version = a_version(a_document(), "1.0", ("in_force", D(2015, 1, 1)), ("withdrawn", D(2016, 1, 1)))
    assert status_of(version, D(2017, 1, 1)).status == Status.WITHDRAWN and numbers(D(2017, 1, 1)) == []


def test_told_to_radet_again_it_is_in_force_as_before() -> None:
    version = a_version(a_document(), "1.0", ("in_force", D(2015, 1, 1)), ("presented", D(2016, 1, 1)))
    assert status_of(version, D(2017, 1, 1)).status == Status.IN_FORCE


def test_names_and_parts_are_those_of_the_library() -> None:
    whole, part = a_version(a_document()), a_version(a_document("bilaga"), "2.0")
    a_part(whole, part)
    library = Library()
    assert library.name(part) == "Bilaga 2.0"
    assert library.parts_of(whole, "attachment") == [part] and library.wholes_of(part) == [whole]


def refused(version_steps: list[tuple[str, date]], status: str, on: date) -> str:
    version = a_version(a_document(), "1.0", *version_steps)
    others = [VersionStep(version=version, status=word, on=day) for word, day in version_steps]
    with pytest.raises(Refused) as wrong:
        check_step(VersionStep(version=version, status=status, on=on), others)
    return str(wrong.value.field)


@pytest.mark.parametrize(
    ("there", "status", "on", "field"),
    [
        ([("withdrawn", D(2016, 1, 1))], "in_force", D(2017, 1, 1), "on"),
        ([("replaced", D(2016, 1, 1))], "out", D(2017, 1, 1), "on"),
        ([("approved", D(2016, 1, 1))], "draft", D(2017, 1, 1), "status"),
        ([("in_force", D(2016, 1, 1))], "approved", D(2017, 1, 1), "on"),
        ([("in_force", D(2016, 1, 1))], "in_force", D(2017, 1, 1), "status"),
        ([], "presented", D(9000, 1, 1), "on"),
        ([], "presented", D(19, 1, 1), "on"),
    ],
)
def test_what_cannot_be_is_refused(there: list[tuple[str, date]], status: str, on: date, field: str) -> None:
    assert refused(there, status, on) == field


def test_what_is_to_come_can_be_said_of_force() -> None:
    version = a_version(a_document())
    check_step(VersionStep(version=version, status="in_force", on=D(today().year + 2, 1, 1)), [])


def test_the_unusual_is_told_and_not_refused() -> None:
    version = a_version(a_document())
    straight = VersionStep(version=version, status="in_force", on=D(2014, 4, 1))
    check_step(straight, [])
    assert len(warnings([straight])) == 2
    usual = [("presented", D(2018, 11, 14)), ("approved", D(2018, 12, 1)), ("out", D(2019, 2, 1))]
    steps = [VersionStep(version=version, status=status, on=on) for status, on in usual]
    assert warnings(steps) == []
    assert len(warnings(steps[2:])) == 1
    late = VersionStep(version=version, status="presented", on=D(2019, 3, 1))
    assert len(warnings([*steps[1:], late])) == 1


def test_circles_are_refused() -> None:
    one = a_document("ett")
    two = a_document("tva", part_of=one)
    one.part_of = two
    with pytest.raises(Refused):
        check_document(one, [one, two])
    whole, part = a_version(one), a_version(two)
    link = a_part(whole, part)
    with pytest.raises(Refused):
        check_part(type(link)(whole=part, part=whole), [link])


def test_steps_of_a_day_are_in_the_usual_order() -> None:
    version = a_version(a_document())
    a_step(version, "out", D(2019, 3, 19))
    a_step(version, "approved", D(2019, 3, 19))
    assert [step.status for step in Library().steps[version.pk]] == ["approved", "out"]
