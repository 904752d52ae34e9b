"""Tables of adoption: what was sent out to whom, what each actor has decided on it, and who was told when."""

from collections.abc import Collection
from typing import ClassVar, Final
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.base.clock import now


class Outcome(models.TextChoices):
    """What an actor can decide on a version that it was asked to adopt."""

    ADOPTED = "adopted", pgettext_lazy("outcome", "Adopted")
    CONDITION = "adopted_with_condition", pgettext_lazy("outcome", "Adopted with a condition")
    SIGNED = "signed", pgettext_lazy("outcome", "Signed")
    FILED = "filed", pgettext_lazy("outcome", "Laid to the file")
    REFERRED_BACK = "referred_back", pgettext_lazy("outcome", "Referred back")
    DECLINED = "declined", pgettext_lazy("outcome", "Declined")


BINDING: Final = frozenset({Outcome.ADOPTED, Outcome.CONDITION, Outcome.SIGNED})
"""A decision to adopt equals a signature; so does a signature."""
SETTLING: Final = BINDING | {Outcome.DECLINED}
"""Those that change whether an actor is bound; the others leave it as it was."""
FINAL: Final = SETTLING | {Outcome.FILED}
"""Those after which nothing more is waited for."""


class LetterKind(models.TextChoices):
    """Why a letter went to a recipient."""

    SENT = "sent", pgettext_lazy("letter", "Sent out")
    RESENT = "resent", pgettext_lazy("letter", "Sent once more")
    AHEAD = "ahead", pgettext_lazy("letter", "Reminder ahead of the reply date")
    AFTER = "after", pgettext_lazy("letter", "Reminder after the reply date")


class Ruled(models.Model):
    """A row whose constraints are told by the rules first, with a sentence at the field, and not by forms."""

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Nothing: the rules do, and the table itself."""


class Dispatch(Ruled):
    """One version of a document, sent to the parties for each to decide on by a day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(
        "governance.DocumentVersion", models.PROTECT, related_name="+", verbose_name=_("What is to be adopted")
    )
    sent_on = models.DateField(_("Sent on"))
    reply_by = models.DateField(_("Reply by"))
    about = models.TextField(_("What the letter says"), max_length=4000, blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    reminds = models.BooleanField(_("Reminders are sent by themselves"), default=True)

    class Meta:
        ordering: ClassVar = ["-sent_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(reply_by__gt=models.F("sent_on")), name="dispatch_replied_after_sent")
        ]

    def __str__(self) -> str:
        return f"{self.sent_on}"


class Receiver(Ruled):
    """An actor that a version was sent to: who there receives it, and what is known ahead of its decision."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="+", verbose_name=_("Dispatch"))
    actor = models.ForeignKey("registers.Actor", models.PROTECT, related_name="+", verbose_name=_("Actor"))
    function = models.CharField(_("Recipient function"), max_length=160)
    emails = models.CharField(_("E-mail addresses"), max_length=600, blank=True)
    sent_on = models.DateField(_("Sent on"))
    reply_by = models.DateField(_("Own reply-by date"), null=True, blank=True)
    reference = models.CharField(_("The actor's own reference number"), max_length=60, blank=True)
    planned_body = models.CharField(_("Body that is to decide"), max_length=120, blank=True)
    planned_on = models.DateField(_("Planned to decide on"), null=True, blank=True)
    preparing_body = models.CharField(_("Preparing body"), max_length=120, blank=True)
    prepared_on = models.DateField(_("Prepared on"), null=True, blank=True)
    prepared_paragraph = models.CharField(_("Paragraph (§) when prepared"), max_length=20, blank=True)
    note = models.TextField(_("Note"), max_length=2000, blank=True)

    class Meta:
        ordering: ClassVar = ["dispatch", "actor"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("dispatch", "actor"), name="receiver_once_per_dispatch"),
            models.CheckConstraint(condition=~Q(function=""), name="receiver_has_function"),
        ]

    def __str__(self) -> str:
        return self.actor_id


class AdoptionDecision(Ruled):
    """What a body of an actor decided on a day. There can be several, over time; each stays.

    `on_behalf`: recorded by the secretariat from a letter. `read_from`: the file that the fields were read from.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    receiver = models.ForeignKey(Receiver, models.PROTECT, related_name="+", verbose_name=_("Actor"))
    outcome = models.CharField(pgettext_lazy("adoption", "Outcome"), max_length=30, choices=Outcome.choices)
    condition = models.TextField(_("The condition, word for word"), max_length=4000, blank=True)
    deciding_body = models.CharField(_("Deciding body"), max_length=120)
    decided_on = models.DateField(_("Decided on"))
    paragraph = models.CharField(_("Paragraph (§)"), max_length=20, blank=True)
    reference = models.CharField(_("The actor's own reference number"), max_length=60, blank=True)
    preparing_body = models.CharField(_("Preparing body"), max_length=120, blank=True)
    prepared_on = models.DateField(_("Prepared on"), null=True, blank=True)
    prepared_paragraph = models.CharField(_("Paragraph (§) when prepared"), max_length=20, blank=True)
    adjusted_on = models.DateField(_("Minutes adjusted on"), null=True, blank=True)
    final_on = models.DateField(_("Gained legal force on"), null=True, blank=True)
    on_behalf = models.BooleanField(_("Recorded by the secretariat, from a letter"), default=False)
    read_from = models.ForeignKey(
        "governance.Paper", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Read from")
    )
    recorded_at = models.DateTimeField(pgettext_lazy("adoption", "Recorded"), default=now, editable=False)

    class Meta:
        ordering: ClassVar = ["decided_on", "recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="adoption_known_outcome"),
            models.CheckConstraint(
                condition=~Q(outcome="adopted_with_condition") | ~Q(condition=""), name="adoption_condition_is_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decided_on} {self.outcome}"


class AdoptionLetter(models.Model):
    """A letter that was put into the queue for a recipient: when, why, and to which addresses."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    receiver = models.ForeignKey(Receiver, models.PROTECT, related_name="+", verbose_name=_("Actor"))
    kind = models.CharField(_("Kind"), max_length=12, choices=LetterKind.choices)
    told_on = models.DateField(_("Told on"))
    emails = models.CharField(_("E-mail addresses"), max_length=600, blank=True)
    told_at = models.DateTimeField(pgettext_lazy("adoption", "Recorded"), default=now, editable=False)

    class Meta:
        ordering: ClassVar = ["told_on", "told_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.told_on}"
