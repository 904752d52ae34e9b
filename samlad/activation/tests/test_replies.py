"""What people write back by SMS is understood, or told to be nothing."""

import pytest

from samlad.activation.replies import by_key, understood
from samlad.activation.tests.calls import OPTIONS


@pytest.mark.parametrize(
    ("text", "code", "affected", "option"),
    [
        ("JA 1234", "1234", "yes", ""),
        ("1234 nej", "1234", "no", "not"),
        ("Oklart 1234", "1234", "unclear", "unclear"),
        ("ja", "", "yes", ""),
        ("j", "", "yes", ""),
        ("Ja, vi deltar 1234", "1234", "yes", "comes"),
        ("Ja men vi kan inte delta. 1234", "1234", "yes", "affected"),
        ("ej berörda 1234", "1234", "no", "not"),
        ("Inte berörd", "", "no", "not"),
        ("Vet ej!", "", "unclear", "unclear"),
        ("YES 1234", "1234", "yes", ""),
        ("not affected 1234.", "1234", "no", "not"),
        ("2 1234", "1234", "yes", "affected"),
        ("Berörd, deltar inte", "", "yes", "affected"),
        ("1234 JA\n", "1234", "yes", ""),
        ("Ja1234", "1234", "yes", ""),
    ],
)
def test_answers(text: str, code: str, affected: str, option: str) -> None:
    told = understood(text, OPTIONS)
    assert (told.code, told.affected, told.option) == (code, affected, option)


@pytest.mark.parametrize(
    "text", ["", "hej", "1234", "ja nej 1234", "j n", "12345", "Ring mig", "jag vaknade just", "🙂"]
)
def test_what_is_no_answer(text: str) -> None:
    assert understood(text, OPTIONS).affected is None


def test_what_else_is_written_is_kept() -> None:
    assert understood("Ja 1234, vi har strömlöst i hela Fisksätra", OPTIONS).rest.startswith("Ja")
    assert understood("Ja 1234", OPTIONS).rest == ""


def test_keys_are_the_options_in_order() -> None:
    assert [one.code if (one := by_key(key, OPTIONS)) else "" for key in ("1", "4", "5", "0", "", "*", "12")] == [
        "comes", "unclear", "", "", "", "", "",
    ]  # fmt: skip
