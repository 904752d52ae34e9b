"""Passwords of words that everybody here has in mind are refused; other long ones are taken, whatever is in them."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from samlad.accounts.our_words import NotOurWords


@pytest.mark.parametrize(
    "password", ["Samlad2026!Samlad", "StockholmSommar2026", "TiB-Nacka-123456", "Lägesbild!!Vinter1"]
)
def test_our_own_words_are_too_easy(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    ["stockholm ligger vid mälaren", "en lång vinternatt", "korrekt häst batteri klammer", "🐎" * 3 + "batterihäst"],
)
def test_a_phrase_may_hold_them(password: str) -> None:
    validate_password(password)


def test_any_length_and_any_letters() -> None:
    NotOurWords().validate("å" * 200)
    validate_password("x9 " * 60 + "lång nog")
