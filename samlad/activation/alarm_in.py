"""POST /in/alarm/: another system, such as SOS Alarm's, raises the alarm by a signed message. docs/incoming-alarms.md.

The signature is the proof, so neither sign-in nor Django's token is asked for. What is missing in a message that is
signed stops nothing: whatever it says is what has happened, and the place is unknown.
"""

import hashlib
import json
import logging
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from samlad.activation import actions
from samlad.activation.actions.outside import operation_id
from samlad.activation.alarm_senders import GATEWAY, BadSenders, Sender, senders, why_not
from samlad.base.clock import now
from samlad.base.refused import Refused, Unavailable
from samlad.base.security import noted
from samlad.journal.models import Operation
from samlad.notify.tries import Tries

log = logging.getLogger(__name__)

LARGEST: Final = 16_384  # bytes of a message
LONGEST_TEXT: Final = 2000
REFUSED: Final = Tries(60, 600)  # for an address
TAKEN: Final = Tries(60, 600)  # for a sender: a loop at theirs must not call the county all night
UNTRUSTED, TOO_LARGE, TOO_MANY, NOT_TAKEN, NOT_NOW = 401, 413, 429, 422, 503


@csrf_exempt
@login_not_required
@require_POST
def alarm_in(request: HttpRequest) -> HttpResponse:
    """Raise the alarm; 201 with the operation's id, 200 with the same id where the message has come before."""
    address = request.META.get("REMOTE_ADDR", "")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return JsonResponse({"error": "too large"}, status=TOO_LARGE)
    body, at = request.body, request.headers.get("X-Samlad-Timestamp", "")
    sender = known().get(request.headers.get("X-Samlad-Sender", ""))
    wrong = why_not(sender, at, body, request.headers.get("X-Samlad-Signature", ""), now().timestamp())
    if sender is None or wrong:
        if REFUSED.failed(address) <= REFUSED.most:
            noted("alarm_refused", address=address, actor=sender.actor if sender else "", reason=wrong)
        return JsonResponse({"error": "not trusted"}, status=UNTRUSTED)
    told = read(body)
    message = text(told, "id")[:200] or hashlib.sha256(at.encode() + body).hexdigest()
    before = Operation.objects.filter(pk=operation_id(GATEWAY + sender.code, message)).first()
    if before is None and TAKEN.failed(sender.code) > TAKEN.most:
        noted("alarm_refused", address=address, actor=sender.actor, reason="many")
        return JsonResponse({"error": "too many"}, status=TOO_MANY)
    try:
        operation = raised(sender, message, told)
    except Refused as refused:
        return JsonResponse({"error": str(refused.sentence)}, status=NOT_TAKEN)
    except Unavailable:
        return JsonResponse({"error": "not now, send again"}, status=NOT_NOW)
    noted("alarm_taken", address=address, actor=sender.actor, sender=sender.code)
    return JsonResponse({"operation": str(operation)}, status=200 if before else 201)


def known() -> Mapping[str, Sender]:
    """The senders; none where the operator's text can't be used, which `samlad check` tells."""
    try:
        return senders(settings.ALARM_SENDERS)
    except BadSenders as bad:
        log.error("%s", bad)
        return {}


def raised(sender: Sender, message: str, told: dict[str, Any]) -> UUID:
    """Raise the alarm that a message tells of."""
    return actions.raise_from_outside(
        by=sender.who,
        source=GATEWAY + sender.code,
        message=message,
        what=text(told, "what"),
        where=text(told, "where"),
        kind="exercise" if told.get("exercise") is True else "disturbance",
    )


def read(body: bytes) -> dict[str, Any]:
    """What a message says. One that is no JSON object is taken as a text: an alarm is never lost for its form."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    return told if isinstance(told, dict) else {"what": body.decode(errors="replace")}


def text(told: dict[str, Any], name: str) -> str:
    """One text of a message as one line, without characters that can't be stored."""
    value = told.get(name)
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    kept = "".join(letter if letter.isprintable() else " " for letter in str(value))
    return " ".join(kept.encode(errors="replace").decode().split())[:LONGEST_TEXT]
