"""Answering a call by the link in its message, without signing in: one small page, one press.

Whoever has the link can answer this call for the actor it asked, and do or see nothing else. Looking at the page
answers nothing: mail scanners and previews fetch links. The link is the secret, so no cookie is asked for (a phone's
built-in browser may keep none) and Django's token proves nothing; what another site makes a browser send is refused
all the same (`same_site_only`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, Literal

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samlad.activation.actions.answering import Outcome, Why, answer_call, note_answer, was_entered
from samlad.activation.asked import Asked, asked
from samlad.activation.forms import Identified, line_field, note_field
from samlad.activation.names import roles_named
from samlad.base.answers import attempt, status
from samlad.base.clock import now
from samlad.base.security import noted
from samlad.journal.who import Who
from samlad.notify import tokens
from samlad.notify.tries import Tries
from samlad.registers.http import Request
from samlad.registers.queries import speaking

STATUS: Final = {"late": 410, "withdrawn": 410, "closed": 410, "other_person": 409, "used": 409}
"""What a page answers that takes no answer."""
GUESSES: Final = Tries(60, 600)
TOO_MANY: Final = 429
TRAILING: Final = ".,;:!?)>]\"'"  # what a message puts after a link, and a phone takes for a part of it
PRIVATE: Final = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive, nosnippet"}
View = Callable[[Request, str], HttpResponse]


class AnswerForm(Identified):
    """One press on one of the options; who attends and a few words where somebody adds them."""

    option = forms.CharField(
        widget=forms.HiddenInput, max_length=60, error_messages={"required": _("Press one of the answers.")}
    )
    attends = line_field(required=False, label=_("Who attends the conference?"))
    note = note_field(required=False, rows=2, label=_("A few words"))

    def __init__(self, asked: Asked, data: Any = None) -> None:
        super().__init__(data)
        self.options = {option.code: option for option in asked.options}

    @property
    def pressed(self) -> str:
        """Which option was pressed, as far as it is one."""
        code = str(self.data.get("option", ""))
        return code if code in self.options else ""

    def clean_option(self) -> str:
        """One of those that are asked."""
        if (code := self.cleaned_data["option"]) not in self.options:
            raise forms.ValidationError(_("Press one of the answers."))
        return str(code)


def same_site_only(view: View) -> View:
    """For a view without Django's token: the browser's own word on where a request comes from still counts."""
    view.same_site_only = True  # type: ignore[attr-defined]  # read by web/middleware.py
    return view


def private(view: View) -> View:
    """Nothing of the answer is kept, found by search engines, or told to where a link leads."""

    @wraps(view)
    def answer(request: Request, link: str) -> HttpResponse:
        response = view(request, link)
        for name, value in PRIVATE.items():
            response.headers[name] = value
        return response

    return answer


@same_site_only
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, link: str) -> HttpResponse:
    """GET and POST /a/<link>."""
    recipient = tokens.read(link.rstrip(TRAILING))
    found = asked(recipient, now()) if recipient and recipient.call.alert.answerable else None
    if found is None:
        return refuse(request)
    with override(found.language):
        return private(lambda request, _link: answered(request, found))(request, link)


def refuse(request: Request) -> HttpResponse:
    """A link that is none of ours: not here, and after many guesses nothing more is said."""
    times = GUESSES.failed(request.META.get("REMOTE_ADDR", ""))
    if times <= GUESSES.most:
        noted("answer_link_refused", address=request.META.get("REMOTE_ADDR", ""))
        raise Http404
    return render(request, "activation/answer_too_many.html", status=TOO_MANY)


def answered(request: Request, found: Asked) -> HttpResponse:
    """The page of a link that is ours, and what becomes of a press on it."""
    by = speaker(request, found)
    form = AnswerForm(found, request.POST if request.method == "POST" else None)
    why_not: Why | Literal[""] = "other_person" if by is None else found.why_not
    if why_not:
        if form.is_bound:
            note_answer(by=by or request.who, asked=found, why=why_not, way="link", text=form.pressed)
        return shown(request, found, form, why_not)
    assert by is not None
    if form.is_bound and form.is_valid():
        return shown(request, found, form, take(form, found, by))
    return shown(request, found, form, "used" if found.used_at else "")


def take(form: AnswerForm, found: Asked, by: Who) -> str:
    """Enter the answer, unless the link has been used: that it was pressed again is noted. What became of it.

    The very press that used the link, sent twice, is answered as it was the first time.
    """
    told = form.cleaned_data
    if found.used_at and not was_entered(found.operation, told["id"]):
        note_answer(by=by, asked=found, why="again", way="link", text=form.pressed)
        return "used"
    reply = found.answer(form.options[told["option"]], "link", told["attends"], told["note"])
    did: Outcome | None = attempt(form, lambda: answer_call(by=by, asked=found, told=reply, id=told["id"]))
    return did or ""


def speaker(request: Request, found: Asked) -> Who | None:
    """Who answers: who was asked, or a colleague of theirs who has signed in. None for somebody of another actor: a
    link that was passed on is not taken as their actor's word, nor as the other's."""
    if not request.who.person or request.who.person == found.person:
        return found.who
    if any(seat.actor == found.actor for seat in request.seats):
        colleague = speaking(request.user, request.seats, found.actor)
        return colleague if colleague.on_duty else None
    return None


def shown(request: Request, found: Asked, form: AnswerForm, outcome: str) -> HttpResponse:
    """The page."""
    if outcome in ("answered", "again"):
        found = found.now()
    reply = found.state.reply
    context = {
        "asked": found,
        "called": found.called,
        "actor": found.basics.name(found.actor),
        "by": found.basics.name(found.by),
        "form": form,
        "outcome": outcome,
        "reply": reply,
        "reply_by": roles_named(reply.person, reply.role) if reply else "",
        "words": next((it.label for it in found.options if reply and it.code == reply.option), ""),
        "own_actor": found.basics.name(request.who.actor),
        "change": reverse("acknowledge", args=[found.operation]),
    }
    refused = STATUS.get(outcome, 200) if request.method == "POST" or outcome != "used" else 200
    return render(request, "activation/answer.html", context, status=max(refused, status(form)))
