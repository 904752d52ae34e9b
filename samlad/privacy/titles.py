"""What kinds of entries are called where somebody decides how long they are kept. A test holds it complete."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TITLES: Final[Mapping[str, Promise]] = {
    "accounts.broke_glass": _("Emergency sign-ins"),
    "activation.acknowledged": _("Answers to alarms"),
    "activation.also_raised": _("Further alarms for the same matter"),
    "activation.answer_noted": _("Answers that changed nothing"),
    "activation.assessed": _("First assessments"),
    "activation.assessment_asked": _("Reminders to assess"),
    "activation.call_resent": _("Calls sent again"),
    "activation.call_withdrawn": _("Calls withdrawn"),
    "activation.called_by_hand": _("Calls made by hand"),
    "activation.called_out": _("Call-outs"),
    "activation.calling_told": _("What became of calls"),
    "activation.card_started": _("Action cards begun"),
    "activation.card_step_ticked": _("Steps of action cards"),
    "activation.levels_set": _("Decisions on mode and levels"),
    "activation.needs_left_open": _("Needs left open"),
    "activation.national_state_set": _("The national state in exercises"),
    "activation.own_mode_set": _("Actors' own modes in exercises"),
    "activation.raised": _("Alarms"),
    "activation.reminded": _("Reminders to report"),
    "activation.stand_in_named": _("Stand-ins named"),
    "journal.audience_narrowed": _("Fewer let read"),
    "journal.audience_widened": _("More let read"),
    "journal.closed": _("Standing down"),
    "journal.consequence_told": _("Lines for the others"),
    "journal.file_attached": _("Attached files"),
    "journal.marking_changed": _("Changed secrecy markings"),
    "journal.pointer_left": _("Pointers to what is kept elsewhere"),
    "picture.assessment_written": _("Assessments"),
    "picture.closing_published": _("Closing pictures"),
    "picture.deadline_set": _("Report deadlines"),
    "picture.published": _("Joint pictures"),
    "picture.report_filed": pgettext_lazy("kind of entry", "Situation reports"),
    "picture.statement_dropped": _("Statements dropped"),
    "picture.statement_taken": _("Statements taken"),
}
