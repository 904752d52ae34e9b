"""Invitations as pages: making one, sending it again, taking it back, and accepting one."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samlad.accounts import invitations
from samlad.accounts.account import welcome
from samlad.accounts.federation_views import shown_identity, signed_in_by_shown_identity
from samlad.accounts.invitations import Invited, Wanted
from samlad.accounts.middleware import while_weak
from samlad.accounts.models import Invitation
from samlad.base.answers import attempt, status
from samlad.journal.who import Who
from samlad.registers.forms import Day, some_actor
from samlad.registers.http import Request
from samlad.registers.models import Actor, Role
from samlad.registers.queries import today
from samlad.registers.seat_rules import may_seat, roles_to_give
from samlad.registers.views import shell

READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])


class InviteForm(forms.Form):
    """Whom to invite, in which roles, and whether on loan."""

    email = forms.EmailField(max_length=254, label=_("E-mail"), help_text=_("The invitation is sent here."))
    name = forms.CharField(required=False, max_length=80, label=_("Name"), help_text=_("The person can change it."))
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    lender = forms.ChoiceField(
        required=False,
        label=_("Lent from"),
        help_text=_("For somebody on loan from another actor. Its administrator then has to agree."),
    )
    until = Day(required=False, label=_("First day without the role"), help_text=_("Needed for a loan."))

    def __init__(self, *args: Any, who: Who, actor: str, **options: Any) -> None:
        super().__init__(*args, **options)
        given = roles_to_give(who, actor)
        roles, lender = self.fields["roles"], self.fields["lender"]
        assert isinstance(roles, forms.MultipleChoiceField) and isinstance(lender, forms.ChoiceField)
        roles.choices = [choice for choice in Role.choices if choice[0] in given]
        others = [choice for choice in some_actor() if choice[0] not in ("", actor)]
        lender.choices = [("", _("Not on loan")), *others]


class AcceptForm(forms.Form):
    """The name of somebody who is new."""

    name = forms.CharField(max_length=80, label=_("Your name"), help_text=_("As others will see it."))


@READ_OR_WRITE
def invitation_new(request: Request, code: str) -> HttpResponse:
    """Invite somebody to an actor."""
    if not may_seat(request.who, code):
        raise Http404
    get_object_or_404(Actor, code=code)
    form = InviteForm(request.POST or None, who=request.who, actor=code)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        wanted = Wanted(
            values["email"], code, tuple(values["roles"]), values["name"], values["lender"], values["until"]
        )
        made = attempt(form, lambda: invitations.invite(wanted, by=request.who))
        if made is not None:
            return sent(request, made)
    shown = {"form": form, "actor": invitations.actor_name(code), "back": reverse("our_people", args=[code])}
    return render(request, "accounts/invitation_new.html", shell(request) | shown, status=status(form))


def sent(request: Request, made: Invited) -> HttpResponse:
    """What became of the invitation. Its link stands here once, where it could not be mailed."""
    back = reverse("our_people", args=[made.invitation.actor_id])
    if not made.link:
        messages.success(request, _("The invitation has been sent to %(email)s.") % {"email": made.invitation.email})
        return redirect(back)
    shown = {"invitation": made.invitation, "link": made.link, "back": back}
    answer = render(request, "accounts/invitation_link.html", shell(request) | shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
def invitation_resend(request: Request, invitation: int) -> HttpResponse:
    """Send a new link for an invitation; the old one stops working."""
    row = _kept(request.who, invitation)
    form = forms.Form(request.POST)
    made = attempt(form, lambda: invitations.resend(row, by=request.who)) if form.is_valid() else None
    return sent(request, made) if made is not None else _told(request, form, row)


@require_POST
def invitation_withdraw(request: Request, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    row = _kept(request.who, invitation)
    form = forms.Form(request.POST)
    if form.is_valid() and attempt(form, lambda: invitations.withdraw(row, by=request.who)):
        messages.success(request, _("The invitation has been withdrawn: its link no longer works."))
        return redirect("our_people", row.actor_id)
    return _told(request, form, row)


def _kept(who: Who, invitation: int) -> Invitation:
    row = get_object_or_404(Invitation, pk=invitation)
    if not invitations.may_keep(who, row):
        raise Http404
    return row


def _told(request: Request, form: forms.Form, row: Invitation) -> HttpResponse:
    """Back to the list, with why it could not be done."""
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("our_people", row.actor_id)


@login_not_required
@while_weak
@never_cache
@READ_OR_WRITE
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: signed in, the seats are added; else one's name makes an account, or one signs in first.

    Every link that can't be used gets the same answer, whatever the reason.
    """
    row = invitations.by_token(token)
    if row is None:
        return render(request, "accounts/invitation_gone.html", {"sentence": invitations.UNUSABLE}, status=404)
    invitations.opened(row)
    person = request.user if request.user.is_authenticated else None
    again = row.accepted_by is not None
    form = AcceptForm(request.POST or None, initial={"name": row.name})
    if request.method == "POST" and (person is not None or again or form.is_valid()):
        name = "" if person is not None or again else form.cleaned_data["name"]
        bound = form if form.is_bound else AcceptForm(request.POST)
        accepted = attempt(bound, lambda: invitations.accept(token, person=person, name=name))
        if accepted is None:
            return render(request, "accounts/invitation_gone.html", {"sentence": invitations.UNUSABLE}, status=409)
        return _welcome(request, accepted.key == getattr(person, "key", ""), row)
    here = reverse("invitation", args=[token])
    shown = {
        "form": form,
        "invitation": row,
        "again": again,
        "inviter": invitations.inviter(row),
        "actor": invitations.actor_name(row.actor_id),
        "roles": invitations.role_names(row.roles),
        "lender": invitations.actor_name(row.lender_id) if row.lender_id else "",
        "today": today(),
        "sign_in": f"{reverse('sign_in')}?{urlencode({'next': here})}",
        "next": here,
        "providers": settings.FEDERATION.of({row.actor_id, row.lender_id or row.actor_id}),
        "shown": shown_identity(request),
    }
    return render(request, "accounts/invitation.html", shown, status=status(form) if form.is_bound else 200)


def _welcome(request: HttpRequest, signed_in: bool, row: Invitation) -> HttpResponse:
    """Home for who was signed in; whoever is new is signed in by the link and sets up their own way to sign in."""
    row.refresh_from_db()
    if signed_in:
        messages.success(request, _("Welcome. Your new roles are yours now; choose at the top for whom you speak."))
        return redirect("home")
    assert row.accepted_by is not None
    if linked := signed_in_by_shown_identity(request, row.accepted_by):
        return linked
    return welcome(request, row.accepted_by)
