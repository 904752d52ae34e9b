"""Trying a way quietly: a message that must be answered, by a code, a tap, a key in a call, or a reply."""

import secrets
from datetime import timedelta
from typing import Final

import msgspec
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.notify import channels, ways
from samlad.notify.channels import Outgoing
from samlad.notify.channels.faults import NoServer, NotTaken
from samlad.notify.channels.messages import TEST
from samlad.notify.models import Trouble
from samlad.notify.way_actions import row, state_of
from samlad.notify.way_models import Way, WayTest
from samlad.notify.way_rules import Owner, check_can_test
from samlad.notify.ways import WayState, digest_of

LASTS: Final = timedelta(minutes=60)
TRIES: Final = 5
TOKENS: Final = Signer(salt="samlad.notify.way-test", sep="~")
NO_MORE: Final = gettext_lazy("This test has run out. Send a new one.")


class Started(msgspec.Struct, frozen=True):
    """A test that has been sent, or could not be. `code` is for the sending only, and for showing it in a demo."""

    test: WayTest
    code: str
    trouble: Trouble | None = None


def start(*, owner: Owner, id: str, by: str) -> Started:
    """Send a test on a way, and wait until the gateway has answered: some seconds at most. Raises Refused."""
    gateway = channels.gateway(state_of(owner, id).channel)
    if gateway is None:
        raise Refused(_("This channel is not in use."))
    code = f"{secrets.randbelow(1_000_000):06}"
    with transaction.atomic():
        way = row(owner, id)
        state = state_of(owner, str(way.pk))
        check_can_test(by, digest_of(state.address))
        at = now()
        test = WayTest.objects.create(
            way=way, address=digest_of(state.address), by=by, sent_at=at, expires_at=at + LASTS, code=""
        )
        WayTest.objects.filter(pk=test.pk).update(code=_code_digest(test.pk, code))
    connection = gateway.connect()
    try:
        connection.send(message(test, state, code))
    except (NoServer, NotTaken) as error:
        WayTest.objects.filter(pk=test.pk).update(trouble=error.trouble)
        if isinstance(error, NotTaken) and error.final:
            ways.failed([str(way.pk)], now())
        return Started(test, code, error.trouble)
    finally:
        connection.close()
    return Started(test, code)


def message(test: WayTest, state: WayState, code: str) -> Outgoing:
    """What is sent. In a call a key answers, which the gateway brings back with the message's own key."""
    link = settings.SAMLAD_URL + reverse("way_confirm", args=[TOKENS.sign(str(test.pk))])
    words = {"code": code, "link": link}
    if state.channel == "voice":
        text = _("This is a test call from Samlad. Press 1 to confirm.")
    elif state.channel in ("push", "webhook"):
        text = _("This is a test from Samlad. Open it to confirm. Code: %(code)s") % words
    else:
        text = _("Samlad, test: the code is %(code)s. Type it in, or open %(link)s") % words
    subject = _("Test from Samlad")
    key = f"{TEST}{test.pk}"
    return Outgoing(key, state.channel, state.address, subject, text, False, link, get_language() or "sv")


def latest(way: Way) -> WayTest | None:
    """The test that a way waits for an answer to, if any."""
    return way.tests.filter(answered_at=None, trouble="", expires_at__gt=now(), tries__lt=TRIES).first()


def confirm_by_code(*, way: Way, code: str) -> None:
    """Take the code that somebody typed. Raises Refused; after five wrong ones a new test is needed."""
    test = latest(way)
    if test is None:
        raise Refused(NO_MORE)
    # Counted before it is compared: many at once get no more tries than one after another.
    counted = WayTest.objects.filter(pk=test.pk, tries__lt=TRIES, answered_at=None).update(tries=F("tries") + 1)
    typed = "".join(letter for letter in code if letter.isdigit())
    if not counted or not constant_time_compare(test.code, _code_digest(test.pk, typed)):
        raise Refused(_("This is not the code. Look at the latest message."), field="code")
    _confirm(test)


def by_token(token: str) -> WayTest | None:
    """The test that a link leads to, while it can be answered."""
    try:
        key = int(TOKENS.unsign(token))
    except (BadSignature, ValueError):
        return None
    return WayTest.objects.filter(pk=key, answered_at=None, expires_at__gt=now()).select_related("way").first()


def confirm_by_token(token: str) -> bool:
    """Take a tap on the link. Whether it was in time."""
    test = by_token(token)
    if test is None:
        return False
    _confirm(test)
    return True


def confirm_by_call(call: str) -> bool:
    """Take a key that was pressed in a test call; `call` is what the gateway brought back. Whether it was a test's."""
    key = call.removeprefix(TEST)
    if key == call or not key.isdecimal():
        return False
    test = WayTest.objects.filter(pk=int(key), answered_at=None, expires_at__gt=now()).first()
    if test is not None:
        _confirm(test)
    return True


def confirm_by_reply(sender: str, text: str) -> bool:
    """Take a code that somebody sent back by SMS from the number that was tested. Whether it was one."""
    waiting = WayTest.objects.filter(address=digest_of(sender), answered_at=None, expires_at__gt=now(), tries__lt=TRIES)
    for test in waiting.select_related("way"):
        digits = "".join(letter for letter in text if letter.isdigit())
        if constant_time_compare(test.code, _code_digest(test.pk, digits)):
            _confirm(test)
            return True
    return False


def _confirm(test: WayTest) -> None:
    """Note that a way works, for the address that was tested."""
    at = now()
    with transaction.atomic():
        if WayTest.objects.filter(pk=test.pk, answered_at=None).update(answered_at=at):
            Way.objects.filter(pk=test.way_id).update(verified_at=at, worked_at=at, verified_for=test.address)


def _code_digest(key: int, code: str) -> str:
    return salted_hmac("samlad.notify.way-code", f"{key}:{code}", algorithm="sha256").hexdigest()
