"""What can be done with the picture. Each is one function, says who does it, and leaves an entry."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal import files, read
from samlad.journal.append import append
from samlad.journal.attaching import append_with_files
from samlad.journal.entries import ALL, OWN, Audience, Draft, Expectation, Marking, Receipt, Refs, exactly
from samlad.journal.fold import Basics
from samlad.journal.operations import get
from samlad.journal.queries import basics
from samlad.journal.who import NOBODY, Who
from samlad.picture.entries import (
    BLOCKS,
    AssessmentWritten,
    Block,
    ClosingPublished,
    DeadlineSet,
    Published,
    ReportedStatus,
    ReportFiled,
    StatementDropped,
    StatementTaken,
    Status,
)
from samlad.picture.fold import Picture
from samlad.picture.lines import Line, line_of, to_tell
from samlad.picture.queries import correction_of, not_reported, picture
from samlad.picture.rules import (
    check_can_compile,
    check_can_convey,
    check_can_correct,
    check_can_report,
    check_content,
    check_line,
)
from samlad.picture.sources import compiled

EDITIONS = ("picture.published", "picture.closing_published")


def file_report(
    *,
    by: Who,
    operation: UUID,
    report: ReportFiled,
    actor: str = "",
    id: UUID | None = None,
    audience: Audience = ALL,
    marking: Marking | None = None,
    line: Line | None = None,
    occurred_at: datetime | None = None,
    corrects: UUID | None = None,
    attached: Sequence[files.Held] = (),
) -> Receipt:
    """File a situation report for one's actor, or with `actor` convey another's, who is then named as its source.

    `corrects` is an earlier report that this one takes the place of; `line` what those are told who may not read it,
    and `attached` the files that go with it, both in the same instant or not at all. Raises Refused.
    """
    about = actor or by.actor
    state = basics(operation, by)
    check_may_file(operation, by, state, about, corrects, id)
    report = msgspec.structs.replace(report, conveyed_by=by.actor if about != by.actor else "")
    check_content(report, now() if not state.replayed else None)
    id = id or new_id()
    told, refs = to_tell(operation, by, line, id, report.as_of) if line else ([], Refs())
    check_line(line, audience, now() if told else None)
    refs = msgspec.structs.replace(refs, corrects=(corrects,) if corrects else ())
    draft = Draft(
        operation, report, id=id, actor=about, audience=audience, marking=marking, occurred_at=occurred_at, refs=refs
    )
    return append_with_files(*told, draft, attached=attached, by=by)[-1]


def check_may_file(operation: UUID, by: Who, state: Basics, about: str, corrects: UUID | None, id: UUID | None) -> None:
    """Whether this author may report on, convey for, or correct a report of the actor `about`. Raises Refused."""
    if corrects is not None:
        before = read.entry(operation, by, corrects)
        if not isinstance(before.payload, ReportFiled) or before.actor != about:
            raise Refused(_("That is not a report of this actor."))
        check_can_correct(by, before.actor, before.payload.conveyed_by)
        check_not_corrected(operation, by, corrects, id)
    elif about != by.actor:
        check_can_convey(by, state)
    else:
        check_can_report(by, state)
    if about not in state.participants:
        raise Refused(_("Choose an actor that takes part in the operation."), field="actor")


def check_not_corrected(operation: UUID, by: Who, report: UUID, id: UUID | None) -> None:
    """A report is corrected once; what is wrong in the correction is corrected in that one. Raises Refused."""
    later = correction_of(operation, by, report)
    if later is not None and later != id:
        raise Refused(_("This report has already been corrected. Correct the newer one."))


def file_unchanged(*, by: Who, operation: UUID, since: UUID | None = None, id: UUID | None = None) -> Receipt:
    """Say that nothing has changed since one's actor's last report: the same again, as of now, to those who may read
    it now, marked as it is now, with its line to the others.

    `since` is the report that was on the page: Refused if another has come after it.
    """
    if sent := read.receipt(operation, by, id):
        return sent
    before = picture(operation, by).reports.get(by.actor)
    if before is None:
        raise Refused(_("There is no earlier report to be unchanged from. File a first one."))
    last = before.current.id
    payload = read.opened(operation, by, last).payload
    if since is not None and last != since:
        raise Refused(_("A newer report from your actor has come. Look at it first."))
    if payload.conveyed_by:
        raise Refused(_("The last report was conveyed by another actor. File your own."))
    same = msgspec.structs.replace(payload, as_of=now(), unchanged=True)
    stands, told = read.standing(operation, by, last), line_of(operation, by, last)
    readers = exactly(stands.audience)
    line = Line(told[1].text, told[1].until, told[0]) if told and readers.to not in ("all", "public") else None
    return file_report(
        by=by, operation=operation, report=same, id=id, audience=readers, marking=stands.marking, line=line
    )


def set_deadline(*, by: Who, operation: UUID, at: datetime | None, note: str = "", id: UUID | None = None) -> Receipt:
    """Say when the next reports are wanted, or with None that no time is set. Raises Refused."""
    if sent := read.receipt(operation, by, id):
        return sent
    check_can_compile(by, basics(operation, by))
    if at is not None and at < now() - timedelta(minutes=1):
        raise Refused(_("The time has already passed."), field="at")
    return append(Draft(operation, DeadlineSet(at, note.strip()), id=id or new_id()), by=by)[0]


def take_statement(
    *,
    by: Who,
    operation: UUID,
    block: Block,
    text: str,
    report: UUID | None = None,
    replaces: UUID | None = None,
    id: UUID | None = None,
) -> Receipt:
    """Take a statement from a report into the working version, or write one's own; `replaces` edits one.

    Raises Refused.
    """
    if sent := read.receipt(operation, by, id):
        return sent
    check_can_compile(by, basics(operation, by))
    text = text.strip()
    if not text:
        raise Refused(_("The statement is empty."), field="text")
    if block not in BLOCKS:
        raise Refused(_("Choose a block."), field="block")
    taken = StatementTaken(block=block, text=text)
    if report is not None:
        told = read.entry(operation, by, report)
        if not isinstance(told.payload, ReportFiled):
            raise Refused(_("That is not a report."))
        taken = StatementTaken(
            block, text, told.actor, report, told.payload.as_of, told.payload.source, told.payload.conveyed_by
        )
    if replaces is not None and replaces not in picture(operation, by).statements:
        raise Refused(_("Somebody else changed or removed this statement a moment ago. Look at it and try again."))
    refs = Refs(replaces=(replaces,) if replaces else (), takes=(report,) if report else ())
    return append(Draft(operation, taken, id=id or new_id(), audience=OWN, refs=refs), by=by)[0]


def drop_statement(*, by: Who, operation: UUID, statement: UUID, reason: str = "", id: UUID | None = None) -> Receipt:
    """Take a statement out of the working version. Raises Refused."""
    if sent := read.receipt(operation, by, id):
        return sent
    check_can_compile(by, basics(operation, by))
    if statement not in picture(operation, by).statements:
        raise Refused(_("The statement is no longer in the working version."))
    refs = Refs(replaces=(statement,))
    draft = Draft(operation, StatementDropped(reason.strip()), id=id or new_id(), audience=OWN, refs=refs)
    return append(draft, by=by)[0]


def write_assessment(
    *,
    by: Who,
    operation: UUID,
    status: Status,
    text: str,
    outlook: str = "",
    replaces: UUID | None = None,
    id: UUID | None = None,
) -> Receipt:
    """Write the overall assessment. `replaces` is the one that was on the page; if another has been saved since, it is
    Refused, so that nobody overwrites somebody else's words unseen."""
    if sent := read.receipt(operation, by, id):
        return sent
    check_can_compile(by, basics(operation, by))
    # Before the state is read: another actor's working version is not seen here and is no conflict.
    head = get(operation, by).head_seq
    latest = picture(operation, by).assessment
    if (latest.id if latest else None) != replaces:
        raise Refused(_("Somebody else saved the assessment a moment ago. Yours is still here; look at theirs below."))
    draft = Draft(
        operation,
        AssessmentWritten(status, text.strip(), outlook.strip()),
        id=id or new_id(),
        audience=OWN,
        refs=Refs(replaces=(replaces,) if replaces else ()),
        expects=Expectation(("picture.assessment_written",), head),
    )
    return append(draft, by=by)[0]


def edition(operation: UUID, by: Who, state: Picture) -> Published:
    """The working version as the next number, exactly as it would be published now.

    Which status each actor has, and who has not reported, is told from what all may read: a report to named actors
    must not shine through a picture that is for everybody.
    """
    told = picture(operation, NOBODY)
    assessment = state.assessment.payload if state.assessment else AssessmentWritten("unstated", "")
    latest = state.edition
    return Published(
        number=latest.payload.number + 1 if latest else 1,
        status=assessment.status,
        assessment=assessment.text,
        outlook=assessment.outlook,
        statements=compiled(state, operation),
        reported=tuple(
            ReportedStatus(
                actor,
                it.current.payload.status,
                it.current.payload.as_of,
                it.current.id,
                it.current.payload.conveyed_by,
            )
            for actor, it in sorted(told.reports.items())
        ),
        not_reported=not_reported(told, basics(operation, by)),
        previous=latest.id if latest else None,
    )


def publish(
    *,
    by: Who,
    operation: UUID,
    number: int | None = None,
    closing: bool = False,
    closing_text: str = "",
    id: UUID | None = None,
) -> Receipt:
    """Publish the working version as the next number, for all participants.

    `number` is what the preview said: if somebody else has published meanwhile it is Refused. A closing picture may
    add a last text to the assessment. Raises Refused where there is no overall assessment.
    """
    if sent := read.receipt(operation, by, id):
        return sent
    check_can_compile(by, basics(operation, by))
    state = picture(operation, by)
    latest = state.edition
    made = edition(operation, by, state)
    if number is not None and number != made.number:
        raise Refused(
            _("Somebody else published version %(number)s a moment ago. Look at it first.") % {"number": number}
        )
    if closing:
        text = "\n\n".join(filter(None, (made.assessment, closing_text.strip())))
        made = ClosingPublished(**{**msgspec.structs.asdict(made), "assessment": text})
    if not made.assessment:
        raise Refused(_("Write an overall assessment before you publish."), field="text")
    expects = Expectation(EDITIONS, latest.seq if latest else 0)
    return append(Draft(operation, made, id=id or new_id(), expects=expects), by=by)[0]
