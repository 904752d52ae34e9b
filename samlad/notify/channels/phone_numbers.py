"""Telephone numbers as people write them, into the one form that gateways take: E.164, such as +46701740605."""

from typing import Final

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

HOME: Final = "SE"  # where a number without a country lies
CALLED: Final = frozenset(
    {PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.VOIP, PhoneNumberType.MOBILE}
    | {PhoneNumberType.PERSONAL_NUMBER, PhoneNumberType.UAN}
)
"""Sorts of numbers that may be called: none that costs the caller more than a call."""
TEXTED: Final = frozenset(
    {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.PERSONAL_NUMBER}
)


def number_of(text: str) -> str:
    """A number in E.164; "" when it is no number that there can be."""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return ""
    if number.extension or not phonenumbers.is_possible_number(number) or not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def may_be_called(number: str) -> bool:
    """Whether a number in E.164 is of a sort that may be called."""
    return phonenumbers.number_type(phonenumbers.parse(number)) in CALLED


def may_be_texted(number: str) -> bool:
    """Whether a number in E.164 can take an SMS."""
    return phonenumbers.number_type(phonenumbers.parse(number)) in TEXTED


def as_written(number: str) -> str:
    """A number in E.164 as people read it: Swedish ones as in Sweden (070-174 06 05), others with their country."""
    try:
        parsed = phonenumbers.parse(number, HOME)
    except phonenumbers.NumberParseException:
        return number
    home = parsed.country_code == phonenumbers.country_code_for_region(HOME)
    return phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)
