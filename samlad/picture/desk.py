"""The desk: reports side by side by block, the working version, the overall assessment, preview and publishing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samlad.base.answers import REFUSED, attempt, status
from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.journal.entries import Receipt
from samlad.journal.operations import NotHere
from samlad.journal.page import OperationPage, operation_page
from samlad.journal.who import NOBODY
from samlad.journal.wording import readers
from samlad.picture import actions
from samlad.picture.compiling import cards, sections
from samlad.picture.deadline import empty_form
from samlad.picture.document import document
from samlad.picture.entries import BLOCKS, Block
from samlad.picture.fold import Picture
from samlad.picture.forms import AssessmentForm, DropForm, PublishForm, StatementForm
from samlad.picture.queries import all_reports, not_reported, picture
from samlad.picture.rules import COMPILING_ROLES, can_compile
from samlad.picture.views import context_with_news
from samlad.picture.wording import BLOCK_NAMES
from samlad.registers.http import Request
from samlad.registers.queries import person_names
from samlad.registers.readers import Circle


def desk_page(request: Request, operation: UUID) -> OperationPage:
    """The operation for somebody who compiles. Raises NotHere for everybody else."""
    page = operation_page(operation, request.who, request.GET)
    if not request.who.roles & COMPILING_ROLES:
        raise NotHere
    return page


def block_of(text: str | None) -> Block:
    """The block that is open at the desk; the consequences when nothing sensible is asked for."""
    return next((block for block in BLOCKS if block == text), "consequences")


@require_safe
def desk(request: Request, operation: UUID) -> HttpResponse:
    """/operations/<operation>/desk/: `block` is the open one, `edit` a statement of the working version to edit."""
    return answer(request, desk_page(request, operation), block_of(request.GET.get("block")))


@require_POST
def take(request: Request, operation: UUID) -> HttpResponse:
    """/operations/<operation>/desk/statements/: take a statement, write one, or edit one."""
    page = desk_page(request, operation)
    form = StatementForm(request.POST)
    block = block_of(request.POST.get("block"))

    def do() -> Receipt:
        typed = form.cleaned_data
        return actions.take_statement(
            by=request.who,
            operation=operation,
            block=block,
            text=typed["text"],
            report=typed["report"],
            replaces=typed["replaces"],
            id=typed["id"],
        )

    if form.is_valid() and (receipt := attempt(form, do)):
        return back(operation, block_of(request.POST.get("open") or block), receipt.id, "statement")
    return answer(request, page, block_of(request.POST.get("open") or block), statement=form)


@require_POST
def drop(request: Request, operation: UUID, statement: UUID) -> HttpResponse:
    """/operations/<operation>/desk/statements/<statement>/drop/: take a statement out of the working version."""
    page = desk_page(request, operation)
    form = DropForm(request.POST)
    block = block_of(request.POST.get("block"))

    def do() -> Receipt:
        return actions.drop_statement(
            by=request.who, operation=operation, statement=statement, id=form.cleaned_data["id"]
        )

    if form.is_valid() and (receipt := attempt(form, do)):
        return back(operation, block, receipt.id, "draft")
    return answer(request, page, block, dropping=form)


@require_POST
def assess(request: Request, operation: UUID) -> HttpResponse:
    """/operations/<operation>/desk/assessment/: write the overall assessment."""
    page = desk_page(request, operation)
    form = AssessmentForm(request.POST, auto_id="assessment_%s")
    block = block_of(request.POST.get("open"))

    def do() -> Receipt:
        typed = form.cleaned_data
        return actions.write_assessment(
            by=request.who,
            operation=operation,
            status=typed["status"],
            text=typed["text"],
            outlook=typed["outlook"],
            replaces=typed["replaces"],
            id=typed["id"],
        )

    if form.is_valid() and (receipt := attempt(form, do)):
        messages.success(request, _("The assessment is saved."))
        return back(operation, block, receipt.id, "assessment")
    theirs = picture(operation, request.who).assessment
    if form.is_bound and status(form) == REFUSED and theirs:
        # Whoever has now seen the other one may replace it.
        data = request.POST.copy()
        data["replaces"], data["id"] = str(theirs.id), str(new_id())
        form.data = data
    return answer(request, page, block, assessment=form)


def back(operation: UUID, block: Block, done: UUID, anchor: str) -> HttpResponse:
    """Back to the same place. `done` makes the address a new one, so that a browser fetches it and not only scrolls."""
    place = f"{anchor}-{done}" if anchor == "statement" else anchor
    return redirect(
        reverse("desk", args=[operation]) + "?" + urlencode({"block": block, "done": str(done)}) + f"#{place}"
    )


def answer(
    request: Request,
    page: OperationPage,
    block: Block,
    *,
    statement: StatementForm | None = None,
    dropping: DropForm | None = None,
    assessment: AssessmentForm | None = None,
) -> HttpResponse:
    """The desk, with the form that was not done put back where it belongs."""
    state = picture(page.operation.id, request.who, page.at)
    refused: forms.Form | None = statement or dropping or assessment
    context = working_version(request, page, state) | side_by_side(request, page, state, block, statement)
    context |= {
        "state": state,
        "editable": page.at is None and can_compile(request.who, page.basics),
        "editing": request.GET.get("edit", ""),
        "done": request.GET.get("done", ""),
        "drop_form": dropping,
        "assessment_form": assessment or assessment_form(state),
        "conflict": bool(assessment and status(assessment) == REFUSED),
        "deadline_form": empty_form(),
        "operation_key": str(page.operation.id),
        "circle": Circle.of(page.basics, request.who),
    }
    code = status(refused) if refused else 200
    return render(request, "picture/desk.html", context_with_news(request, page) | context, status=code)


def side_by_side(
    request: Request, page: OperationPage, state: Picture, block: Block, statement: StatementForm | None
) -> dict[str, Any]:
    """What the actors say in the open block, and who has said nothing at all."""
    basics = page.basics
    found = [
        (card, basics.short(card.report.actor), readers(card.report.audience, basics) if card.restricted else "")
        for card in cards(state, basics, all_reports(page.operation.id, request.who, page.at), block)
    ]
    untaken = [card.report.id for card, *_rest in found if not card.taken and not card.covered]
    return {
        "open_block": block,
        "block_name": BLOCK_NAMES[block],
        "cards": sorted(found, key=lambda one: one[0].taken),
        "waiting": len(untaken),
        "statement_form": statement,
        "statement_at": statement_at(statement, state, untaken),
        "missing": [basics.short(code) for code in not_reported(state, basics)],
        "missing_for_all": missing_for_all(page, state),
    }


def working_version(request: Request, page: OperationPage, state: Picture) -> dict[str, Any]:
    """The working version by block, with the names of those who have written in it."""
    authors = [one.author for one in state.statements.values()]
    if state.assessment:
        authors.append(state.assessment.author)
    reports = all_reports(page.operation.id, request.who, page.at)
    return {"sections": sections(state, page.basics, reports), "names": person_names(authors)}


def statement_at(form: StatementForm | None, state: Picture, untaken: list[UUID]) -> str:
    """Where on the desk a statement that could not be saved is shown: at the statement it edits, at the report it comes
    from, or among one's own words when neither is there any more."""
    if form is None:
        return ""
    replaces, report = str(form.data.get("replaces", "")), str(form.data.get("report", ""))
    if replaces in map(str, state.statements):
        return replaces
    return report if report in map(str, untaken) else "own"


def missing_for_all(page: OperationPage, state: Picture) -> list[str]:
    """Actors that have reported to the compiler but not to all: a published picture says they have not reported."""
    told = picture(page.operation.id, NOBODY)
    return [page.basics.short(code) for code in state.reports if code not in told.reports]


def assessment_form(state: Picture) -> AssessmentForm:
    """The form filled from the working version."""
    latest = state.assessment
    initial: dict[str, Any] = {"id": new_id()}
    if latest:
        written = latest.payload
        initial |= {"replaces": latest.id, "status": written.status, "text": written.text, "outlook": written.outlook}
    return AssessmentForm(initial=initial, auto_id="assessment_%s")


@require_http_methods(["GET", "POST"])
def preview(request: Request, operation: UUID) -> HttpResponse:
    """/operations/<operation>/desk/preview/: the next picture exactly as it will be; POST publishes it."""
    page = desk_page(request, operation)
    if page.at is not None:
        return redirect("desk", operation)
    form = PublishForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid() and (receipt := attempt(form, publishing(request, operation, form))):
        made = next(one for one in picture(operation, request.who).editions if one.id == receipt.id)
        messages.success(request, _("The picture is published as number %(number)s.") % {"number": made.payload.number})
        return redirect("picture", operation, made.payload.number)
    state = picture(operation, request.who)
    made_now = actions.edition(operation, request.who, state)
    before = state.edition.payload if state.edition else None
    by = f"{page.basics.name(request.who.actor)} · {request.who.name}"
    reports = all_reports(operation, request.who)
    lines = [line for part in sections(state, page.basics, reports) for line in part.lines]
    context = {
        "document": document(made_now, before, page.basics, at=now(), by=by, readable=reports.keys()),
        "form": form,
        "publish_form": PublishForm(initial={"id": new_id(), "number": made_now.number}),
        "editable": can_compile(request.who, page.basics),
        "marks": request.GET.get("changes") != "off",
        "stale": [line for line in lines if line.newer],
        "restricted": [line for line in lines if line.restricted],
        "operation_key": str(operation),
        "circle": Circle.of(page.basics, request.who),
    }
    return render(request, "picture/preview.html", page.context() | context, status=status(form) if form else 200)


def publishing(request: Request, operation: UUID, form: PublishForm) -> Callable[[], Receipt]:
    """Publish what was previewed."""
    return lambda: actions.publish(
        by=request.who, operation=operation, number=form.cleaned_data["number"], id=form.cleaned_data["id"]
    )
