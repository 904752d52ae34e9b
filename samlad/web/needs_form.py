"""What is left open when an operation is stood down: rows of a need, the actor that owns it, and until which day."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from samlad.activation.entries.situation import OpenNeed
from samlad.activation.forms import Identified, note_field
from samlad.journal.entries import Participant
from samlad.registers.forms import Day
from samlad.registers.queries import today

MOST: Final = 30  # rows
EMPTY: Final = 2  # rows to write in beside those that are filled
ROW: Final = re.compile(r"need-(\d{1,2})-(what|owner|due)")
MORE: Final = 3  # rows that are added where somebody asks for more
LONGEST: Final = 500


class StandDownForm(Identified):
    """Why the operation ends, the closing summary, what is left open, and that one knows what it means."""

    reason = note_field(
        rows=2,
        label=_("Why can the operation be closed?"),
        error_messages={"required": _("Say why the operation can be closed.")},
    )
    closing_text = note_field(
        rows=6,
        label=_("Closing summary"),
        help_text=_("The last text of the closing picture: how it went, what remains, who carries it on."),
        error_messages={"required": _("Write a closing summary.")},
    )
    understood = forms.BooleanField(
        label=_("I understand that nothing more can be added but corrections"),
        error_messages={"required": _("Tick this to go on.")},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        owners: Mapping[str, Participant],
        proposed: Sequence[OpenNeed] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """`proposed`: what was last said to be needed, to keep, change or empty; `initial`: what was typed where
        somebody asks for more rows."""
        super().__init__(data, initial=dict(initial or {}))
        fresh, told = data is None and initial is None, data if data is not None else initial or {}
        there = max([int(found[1]) + 1 for name in told if (found := ROW.fullmatch(str(name)))], default=EMPTY)
        self.rows = range(min(len(proposed) + EMPTY if fresh else there + (0 if initial is None else MORE), MOST))
        choices = [("", _("Choose")), *((code, one.short) for code, one in owners.items())]
        for number in self.rows:
            need = proposed[number] if fresh and number < len(proposed) else OpenNeed("", "")
            self.add_row(number, need, choices)

    def add_row(self, number: int, need: OpenNeed, choices: list[tuple[str, Any]]) -> None:
        """The fields of one need."""
        self.fields[f"need-{number}-what"] = forms.CharField(
            required=False,
            max_length=LONGEST,
            initial=need.what,
            label=_("What is still to be done"),
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"need-{number}-owner"] = forms.ChoiceField(
            required=False, choices=choices, initial=need.owner, label=_("Owned by")
        )
        self.fields[f"need-{number}-due"] = Day(required=False, initial=need.due, label=_("To be done by"))

    def row(self, number: int) -> dict[str, forms.BoundField]:
        """The fields of a row, for its template."""
        return {name: self[f"need-{number}-{name}"] for name in ("what", "owner", "due")}

    @property
    def need_rows(self) -> list[dict[str, forms.BoundField]]:
        """All rows."""
        return [self.row(number) for number in self.rows]

    def clean(self) -> dict[str, Any]:
        """A need that is begun has all three."""
        told = super().clean() or {}
        for number in self.rows:
            what, owner, due = (told.get(f"need-{number}-{name}") for name in ("what", "owner", "due"))
            if not what and (owner or due):
                self.say(number, "what", _("Say what is still to be done."))
            if what and not owner:
                self.say(number, "owner", _("Choose the actor that owns it."))
            if what and not due:
                self.say(number, "due", _("Say until which day."))
            if due and due < today():
                self.say(number, "due", _("The day has passed."))
        return told

    def say(self, number: int, name: str, sentence: Any) -> None:
        """An error at a field that has none yet."""
        if f"need-{number}-{name}" not in self.errors:
            self.add_error(f"need-{number}-{name}", sentence)

    def needs(self) -> tuple[OpenNeed, ...]:
        """The needs that are left open. Only once the form is valid."""
        told = self.cleaned_data
        return tuple(
            OpenNeed(told[f"need-{number}-what"], told[f"need-{number}-owner"], told[f"need-{number}-due"].isoformat())
            for number in self.rows
            if told.get(f"need-{number}-what")
        )
