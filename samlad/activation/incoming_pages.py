"""Where gateways bring what people send back: an SMS, a key pressed in a call. No browser comes here.

Nothing is believed without the gateway's proof: a signature, or the secret in the address. Without it, and where the
channel is not in use, nothing is here. The same message brought twice is taken once.
"""

from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.html import escape
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from samlad.activation.actions.outside import LANGUAGE, alarm_by_sms
from samlad.activation.answering_back import Said, by_sms, by_voice, names_a_call
from samlad.base.refused import Refused, Unavailable
from samlad.base.security import noted
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM
from samlad.notify.channels.arriving import Incoming, NotTrusted, section_of
from samlad.notify.channels.sms import incoming as sms
from samlad.notify.channels.voice import incoming as voice
from samlad.notify.channels.voice.gateway import VOICES
from samlad.notify.models import EXERCISE_MARKS, Notice
from samlad.notify.tries import Tries
from samlad.notify.way_tests import confirm_by_call, confirm_by_reply
from samlad.registers.http import Request

XML: Final = "text/xml; charset=utf-8"
AGAIN: Final = 3  # times that a voice asks for a key
ALARMS: Final = Tries(10, 600)  # replies to alarms from one number


@csrf_exempt
@login_not_required
@require_POST
def sms_in(request: Request) -> HttpResponse:
    """POST /in/sms/: an SMS to our number. What is answered is sent back to whoever wrote it."""
    try:
        incoming = sms.read(request.POST.dict(), dict(request.headers), request.get_full_path())
    except NotTrusted as error:
        raise refused(request, "sms") from error
    try:
        text = sms_taken(incoming)
    except Unavailable as unavailable:  # the gateway comes again
        return HttpResponse(str(unavailable.sentence), status=503, content_type="text/plain; charset=utf-8")
    except Refused as why:
        text = str(why.sentence)
    if section_of("sms").provider == "twilio":
        inside = f"<Message>{escape(text)}</Message>" if text else ""
        return HttpResponse(f"<Response>{inside}</Response>", content_type=XML)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def sms_taken(incoming: Incoming) -> str:
    """What an SMS is: an alarm, the code of a test of a way, an answer to a call. What is said back."""
    raised = None
    if not names_a_call(incoming):  # "Larm mottaget, ja 1234" answers
        raised = alarm_by_sms(number=incoming.sender, text=incoming.text, id=incoming.id)
    if raised and ALARMS.failed(incoming.sender) > ALARMS.most:
        return ""  # taken, but a loop of automatic replies ends here
    if raised:
        about = basics(raised, SYSTEM)
        mark = f"{EXERCISE_MARKS[LANGUAGE]}: " if about.exercise else ""
        return f"{mark}Samlad: {about.title}. {settings.SAMLAD_URL}/operations/{raised}/"
    if confirm_by_reply(incoming.sender, incoming.text):
        return ""
    return by_sms(incoming).text


@csrf_exempt
@login_not_required
@require_POST
def voice_answer(request: Request) -> HttpResponse:
    """POST /in/voice/?call=...: a key that was pressed, or that was waited for in vain, in a call from us."""
    try:
        incoming = voice.read(request.POST.dict(), dict(request.headers), request.get_full_path())
    except NotTrusted as error:
        raise refused(request, "voice") from error
    if incoming.key and confirm_by_call(incoming.call):
        return spoken(request, Said())
    notice = Notice.objects.select_related("recipient__call__alert").filter(key=incoming.call).first()
    try:
        said = by_voice(incoming, notice.recipient) if notice and notice.recipient else None
    except Unavailable:
        said = Said(again=True)
    except Refused as why:
        said = Said(str(why.sentence))
    return spoken(request, said or Said(), notice)


def spoken(request: Request, said: Said, notice: Notice | None = None) -> HttpResponse:
    """What the voice says next: thanks, or the question again."""
    section, turn = section_of("voice"), turns(request)
    again = said.again and notice is not None and turn < AGAIN
    path = request.path + "?" + urlencode({"call": request.GET.get("call", ""), "turn": turn + 1})
    if section.provider != "twilio":
        if not again or notice is None:
            return HttpResponse(status=204)
        heard = section.sound_exercise if notice.exercise else section.sound
        return JsonResponse({"ivr": heard, "digits": 1, "timeout": 10, "repeat": 3, "next": settings.SAMLAD_URL + path})
    language = VOICES.get(notice.language if notice else get_language() or "sv", VOICES["sv"])
    words = f'<Say language="{language}">{escape(said.text)}</Say>' if said.text else ""
    if again and notice is not None:
        question = f'<Say language="{language}">{escape(notice.body)}</Say>'
        ask = f'<Gather input="dtmf" numDigits="1" timeout="10" action="{escape(settings.SAMLAD_URL + path)}">'
        return HttpResponse(f"<Response>{words}{ask}{question}</Gather></Response>", content_type=XML)
    return HttpResponse(f"<Response>{words}<Hangup/></Response>", content_type=XML)


def turns(request: Request) -> int:
    """How many times a key has been asked for."""
    told = request.GET.get("turn", "0")
    return int(told) if told in ("0", "1", "2", "3") else AGAIN


def refused(request: Request, channel: str) -> Http404:
    """Nothing is here for whoever has no proof."""
    noted("gateway_refused", channel=channel, address=request.META.get("REMOTE_ADDR", ""))
    return Http404()
