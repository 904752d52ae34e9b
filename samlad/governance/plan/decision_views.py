"""From proposals to a decided plan: sent to chefsgruppen, stances, decision, presented, closed."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samlad.governance import record
from samlad.governance.pages import READ_OR_WRITE, changing, on_day
from samlad.governance.plan import actions, meetings, stances
from samlad.governance.plan.forms import DecideForm, PresentForm, SendForm, StanceForm, WhyForm
from samlad.governance.plan.models import PlanStance
from samlad.governance.plan.pages import found_or_404, latest_first, plan_or_404, plan_page, posted
from samlad.governance.rules import keeper_or_404
from samlad.registers.http import Request


@READ_OR_WRITE
def plan_send(request: Request, year: int) -> HttpResponse:
    """GET, POST /governance/plans/<year>/sending/: send the plan to chefsgruppen."""
    keeper_or_404(request.who)
    plan = plan_or_404(request, year)
    form = SendForm(posted(request), initial={"reply_by": plan.reply_by, "seen": record.seen(plan)})
    return changing(
        request,
        form,
        lambda: actions.send(
            plan, by=request.who, reply_by=form.cleaned_data["reply_by"], seen=form.cleaned_data["seen"]
        ),
        title=_("Send the plan to chefsgruppen"),
        back=reverse("plan", args=[year]),
        done=lambda: reverse("plan_stances", args=[year]),
        about=_("Each actor in chefsgruppen is asked for its stance. If it is sent again, all are asked anew."),
        button=_("Send"),
    )


@READ_OR_WRITE
def plan_take_back(request: Request, year: int) -> HttpResponse:
    """GET, POST /governance/plans/<year>/taking-back/: open it for proposals again."""
    keeper_or_404(request.who)
    plan = plan_or_404(request, year)
    form = WhyForm(posted(request))
    return changing(
        request,
        form,
        lambda: actions.take_back(plan, by=request.who, reason=form.cleaned_data["reason"]),
        title=_("Take the plan back from chefsgruppen"),
        back=reverse("plan", args=[year]),
        about=_(
            "It is open for proposals again. Stances that were taken stay, and are told to be on an earlier proposal."
        ),
        button=_("Take back"),
    )


@require_safe
def plan_stances(request: Request, year: int) -> HttpResponse:
    """GET /governance/plans/<year>/stances/: what each actor says, who has not answered, what was decided."""
    on = on_day(request)
    plan = plan_or_404(request, year, on)
    found = stances.stances(plan, on)
    keys = [one.stance.pk for one in found if one.stance]
    may = {one.actor for one in found if not on and stances.may_take_stance(request.who, plan, one.actor)}
    shown = {
        "stances": found,
        "silent": stances.silent(found),
        "may": may,
        **meetings.decided_at(request.who, plan, on),
    }
    changes = latest_first(record.changes(type(plan), plan.pk), record.changes(PlanStance, *keys))
    return plan_page(request, "plan_stances", plan, shown, on=on, changes=changes)


@READ_OR_WRITE
def plan_stance(request: Request, year: int, code: str) -> HttpResponse:
    """GET, POST /governance/plans/<year>/stances/<actor>/: an actor's stance."""
    plan = plan_or_404(request, year)
    found_or_404(stances.speaks_in_chefsgruppen(request.who, code))
    key = actions.stance_key(plan, code)
    stance = PlanStance.objects.filter(pk=key).first() or PlanStance(pk=key, year_id=plan.pk, actor_id=code)
    name = next(one.name for one in stances.asked() if one.code == code)
    form = StanceForm(posted(request), instance=stance)
    return changing(
        request,
        form,
        lambda: actions.take_stance(form.row(), by=request.who, seen=form.cleaned_data["seen"]),
        title=_("%(actor)s: stance on the plan of %(year)s") % {"actor": name, "year": year},
        back=reverse("plan_stances", args=[year]),
        about=_("A stance is no vote. Chefsgruppen decides at its meeting, and reads all stances."),
    )


@READ_OR_WRITE
def plan_decide(request: Request, year: int) -> HttpResponse:
    """GET, POST /governance/plans/<year>/decision/: what chefsgruppen decided."""
    keeper_or_404(request.who)
    plan = plan_or_404(request, year)
    form = DecideForm(posted(request), instance=plan)
    return changing(
        request,
        form,
        lambda: actions.decide(form.row(), by=request.who, seen=form.cleaned_data["seen"]),
        title=_("Chefsgruppen's decision on the plan of %(year)s") % {"year": year},
        back=reverse("plan_stances", args=[year]),
        about=_("Register the meeting under Bodies and meetings first."),
    )


@READ_OR_WRITE
def plan_present(request: Request, year: int) -> HttpResponse:
    """GET, POST /governance/plans/<year>/presentation/: presented to Regionala rådet."""
    keeper_or_404(request.who)
    plan = plan_or_404(request, year)
    form = PresentForm(posted(request), instance=plan)
    return changing(
        request,
        form,
        lambda: actions.present(form.row(), by=request.who, seen=form.cleaned_data["seen"]),
        title=_("The plan of %(year)s is presented to Regionala rådet") % {"year": year},
        back=reverse("plan_stances", args=[year]),
    )


@READ_OR_WRITE
def plan_close(request: Request, year: int) -> HttpResponse:
    """GET, POST /governance/plans/<year>/closing/: the year is over."""
    keeper_or_404(request.who)
    plan = plan_or_404(request, year)
    form = WhyForm(posted(request))
    return changing(
        request,
        form,
        lambda: actions.close(plan, by=request.who, reason=form.cleaned_data["reason"]),
        title=_("Close the plan of %(year)s") % {"year": year},
        back=reverse("plan", args=[year]),
        about=_("Nothing in it is followed up or changed after that."),
        button=_("Close the year"),
    )
