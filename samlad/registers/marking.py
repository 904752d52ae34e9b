"""Marking what one writes (sekretessmarkering): the fields, for a form to inherit beside the choice of readers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlad.journal.entries import Marking
from samlad.registers.audience import AudienceFields
from samlad.registers.models import Role
from samlad.registers.secrecy import Ground, decided_by, ground, grounds
from samlad.registers.seldom import Maker


class MarkingFields(AudienceFields):
    """Readers, and whether it is marked. Templates: registers/audience_field.html and registers/marking_field.html."""

    def seldom(self) -> Mapping[str, Maker]:
        """The marking, beside what is chosen of readers."""
        return {
            **super().seldom(),
            "ground": lambda: forms.CharField(
                required=False,
                max_length=20,
                label=gettext_lazy("Ground for secrecy"),
                help_text=gettext_lazy("The paragraph that you think of. It is examined anew at each disclosure."),
            ),
            "marked_for_all": lambda: forms.BooleanField(
                required=False, label=gettext_lazy("All participants shall read it all the same")
            ),
        }

    def clean_ground(self) -> str:
        """A ground that is known."""
        code = str(self.cleaned_data["ground"])
        if code and ground(code) is None:
            raise forms.ValidationError(_("Choose one of the grounds."))
        return code

    def clean(self) -> dict[str, Any]:
        """What is marked goes to everybody only where somebody has said so."""
        typed = super().clean()
        if typed.get("ground") and typed.get("audience") in ("all", "public") and not typed.get("marked_for_all"):
            self.wrong("ground", _("What is marked would be read by everybody. Choose the readers, or confirm it."))
        return typed

    @property
    def asks_about_all(self) -> bool:
        """Whether the way out "all the same" is shown."""
        return bool(
            self.is_bound and self["ground"].value() and ("ground" in self.errors or self["marked_for_all"].value())
        )

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """The grounds to choose between."""
        return grounds()

    @property
    def marked(self) -> bool:
        """Whether the fields are unfolded."""
        return bool(self["ground"].value()) or "ground" in self.errors

    @property
    def seat(self) -> str:
        """The seat that decides, in words."""
        who = self.circle.who
        roles = ", ".join(str(Role(role).label) for role in Role.values if role in who.roles)
        return f"{roles}, {self.circle.short(who.actor)}"

    def marking(self, at: datetime) -> Marking | None:
        """The marking that was chosen, decided now by the seat that writes; None where there is none."""
        code = self.cleaned_data.get("ground")
        return Marking(code, decided_by(self.circle.who), at) if code else None
