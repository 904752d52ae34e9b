"""A new secret key: what the old one encrypted is read, and encrypted anew."""

from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command

from samlad.accounts.adapter import FactorAdapter
from samlad.registers.tests.cast import Cast

pytestmark = pytest.mark.django_db
NEW, OLD = "a new key of some length", "an old key of some length"


def test_a_key_is_changed_without_anybody_losing_a_factor(cast: Cast, settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    factor = TOTP.activate(cast.rsk.person, "JBSWY3DPEHPK3PXP").instance
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert FactorAdapter().decrypt(factor.data["secret"]) == "JBSWY3DPEHPK3PXP"
    call_command("rekey", stdout=StringIO())
    settings.SECRET_KEY_FALLBACKS = []
    kept = Authenticator.objects.get(pk=factor.pk).data["secret"]
    assert kept != factor.data["secret"]
    assert FactorAdapter().decrypt(kept) == "JBSWY3DPEHPK3PXP"


def test_what_no_key_fits_is_left_alone_and_told(cast: Cast, settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    factor = TOTP.activate(cast.rsk.person, "JBSWY3DPEHPK3PXP").instance
    settings.SECRET_KEY = NEW
    told = StringIO()
    call_command("rekey", stdout=StringIO(), stderr=told)
    assert "set them up anew" in told.getvalue()
    assert Authenticator.objects.get(pk=factor.pk).data == factor.data
