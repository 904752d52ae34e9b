"""Steering documents, their versions and what became of each: tables whose days say what was in force when."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What sort of document it is."""

    LETTER_OF_INTENT = "letter_of_intent", _("Letter of intent")
    AGREEMENT = "agreement", _("Agreement")
    MODEL_DESCRIPTION = "model_description", _("Model description")
    JOINT_CAPABILITIES = "joint_capabilities", _("Joint capabilities")
    VISION = "vision", pgettext_lazy("kind of document", "Joint goals")
    OTHER = "other", pgettext_lazy("kind of document", "Other")


class Binding(models.TextChoices):
    """How a document comes to bind an actor."""

    OWN_DECISION = "own_decision", _("Each actor's own decision to adopt it")
    WITH_THE_WHOLE = "with_the_whole", _("Together with the document that it is an attachment to")
    CHIEFS = "chiefs", _("Decision by regionala chefsgruppen")
    NOT_KNOWN = "not_known", pgettext_lazy("how it binds", "Not known")


class Status(models.TextChoices):
    """Where a version is, in the order that is usual."""

    DRAFT = "draft", pgettext_lazy("document", "Draft")
    PRESENTED = "presented", _("Presented to regionala rådet")
    APPROVED = "approved", _("Approved by regionala chefsgruppen")
    OUT = "out", _("Out for adoption")
    IN_FORCE = "in_force", pgettext_lazy("document", "In force")
    REPLACED = "replaced", pgettext_lazy("document", "Replaced")
    ENDED = "ended", _("Its time is over")
    WITHDRAWN = "withdrawn", pgettext_lazy("document", "Withdrawn")


class Relation(models.TextChoices):
    """What a version is to another."""

    ATTACHMENT = "attachment", pgettext_lazy("relation", "is an attachment to")
    BASIS = "basis", pgettext_lazy("relation", "is a basis of")


class SteeringDocument(models.Model):
    """A document that the parties steer by, in all of its versions. `follows`: an earlier document that this one takes
    the place of (a målbild that of the period before)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.SlugField(_("Short name in addresses"), max_length=60, unique=True)
    title = models.CharField(_("Title"), max_length=200)
    kind = models.CharField(_("Kind of document"), max_length=20, choices=Kind.choices)
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Attachment to")
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Takes the place of")
    )
    binding = models.CharField(_("How it comes to bind an actor"), max_length=20, choices=Binding.choices)
    about = models.TextField(_("What it is about"), max_length=4000, blank=True)
    source = models.CharField(_("Source"), max_length=600, blank=True)

    class Meta:
        ordering: ClassVar = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class DocumentVersion(models.Model):
    """One version. `obtained`: whether its text is here. Its days are what it says of itself; `valid_to` is its last
    day. What became of it stands in its steps."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    document = models.ForeignKey(SteeringDocument, models.PROTECT, related_name="+", verbose_name=_("Document"))
    number = models.CharField(_("Version"), max_length=40)
    dated = models.DateField(_("Dated"), null=True, blank=True)
    valid_from = models.DateField(_("Is to apply from"), null=True, blank=True)
    valid_to = models.DateField(_("Is to apply to and including"), null=True, blank=True)
    obtained = models.BooleanField(_("The text is obtained"), default=False)
    note = models.TextField(_("Note"), max_length=4000, blank=True)
    source = models.CharField(_("Source"), max_length=600, blank=True)

    class Meta:
        ordering: ClassVar = ["document_id", "valid_from", "dated", "number", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_of_each_number")
        ]

    def __str__(self) -> str:
        return self.number


class VersionStep(models.Model):
    """What became of a version on a day. `assumed`: no source tells the day; it is the first for which one shows that
    the step had been taken. The status on a date is that of the last step up to then."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="+", verbose_name=_("Version"))
    status = models.CharField(pgettext_lazy("document", "Status"), max_length=12, choices=Status.choices)
    on = models.DateField(pgettext_lazy("step", "Day"))
    assumed = models.BooleanField(_("The day is assumed"), default=False)
    meeting = models.ForeignKey(
        "governance.Meeting", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Meeting")
    )
    note = models.CharField(_("Note"), max_length=600, blank=True)
    source = models.CharField(_("Source"), max_length=600, blank=True)

    class Meta:
        ordering: ClassVar = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.status} {self.on}"


class VersionPart(models.Model):
    """That a version is an attachment to another, or a basis of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    whole = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="+", verbose_name=_("The whole"))
    part = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="+", verbose_name=_("The part"))
    relation = models.CharField(
        _("What it is to it"), max_length=12, choices=Relation.choices, default=Relation.ATTACHMENT
    )
    source = models.CharField(_("Source"), max_length=600, blank=True)

    class Meta:
        ordering: ClassVar = ["whole_id", "relation", "part_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["whole", "part", "relation"], name="said_once_of_two_versions")
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.relation} {self.whole_id}"
