"""docs/security.md answers every requirement of OWASP ASVS 5.0, levels 1 and 2, and what it says can be looked at."""

import re
from collections import Counter

import pytest

from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text()
# The level of each requirement of ASVS 5.0.0, section by section: 1.1.1 and 1.1.2 are of level 2, and so on.
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223",
    "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22",
    "10.7": "222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
    "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip
ANSWERS = ("met", "partly", "not met", "operator", "n/a")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+)(?:–(\d+\.\d+\.\d+))? \| ([^|]+) \| ([^|]+) \| ([^|]*) \|$", re.MULTILINE)
NAMED = re.compile(r"`([\w./-]+\.(?:py|md|js|html|toml|json|lock))(?:::(test_\w+))?`")


def asked() -> list[str]:
    """The requirements of levels 1 and 2, in order."""
    return [
        f"{section}.{number}"
        for section, levels in LEVELS.items()
        for number, level in enumerate(levels, 1)
        if level in "12"
    ]


def answers() -> list[tuple[str, str, str]]:
    """Each requirement with its answer and how."""
    found = []
    for first, last, _short, answer, how in ROW.findall(PAGE):
        section, _, number = first.rpartition(".")
        numbers = range(int(number), int((last or first).rpartition(".")[2]) + 1)
        found += [(f"{section}.{each}", answer, how) for each in numbers]
    return found


def test_as_many_as_the_standard_has() -> None:
    counted = Counter("".join(LEVELS.values()))
    assert (counted["1"], counted["2"], counted["3"]) == (70, 183, 92)


def test_every_requirement_is_answered_once_in_order() -> None:
    assert [id for id, _answer, _how in answers()] == asked()


def test_every_answer_is_one_of_five() -> None:
    assert not [id for id, answer, _how in answers() if answer not in ANSWERS]


def test_what_is_not_met_says_why() -> None:
    assert not [id for id, answer, how in answers() if answer != "met" and len(how) < 4]


def test_what_is_met_names_its_proof() -> None:
    without = [id for id, answer, how in answers() if answer == "met" and not NAMED.search(how)]
    assert without == ["7.1.1", "7.1.2", "11.1.1", "11.1.2", "11.2.3", "11.4.1"]  # said on the page itself


@pytest.mark.parametrize("path", sorted({path for path, _test in NAMED.findall(PAGE) if "/" in path}))
def test_every_named_file_is_there(path: str) -> None:
    assert (ROOT / path).is_file()


def test_every_named_test_is_there() -> None:
    missing = [
        f"{path}::{test}" for path, test in NAMED.findall(PAGE) if test and test not in (ROOT / path).read_text()
    ]
    assert not missing


def test_the_sums_hold() -> None:
    counted = Counter(answer for _id, answer, _how in answers())
    sums = ", ".join(f"{answer} {counted[answer]}" for answer in ANSWERS)
    assert f"**{sums}; {counted.total()} in all.**" in PAGE
