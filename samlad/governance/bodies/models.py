"""The bodies where actors meet: who sits in them, when they meet, what was said and decided.

Moments are stored in UTC and shown in Stockholm's time. A meeting's id is its UID in calendars (RFC 5545).
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.base.clock import now


class BodyKind(models.TextChoices):
    """What sort of body it is."""

    COUNCIL = "council", _("Council")
    CHIEFS = "chiefs", _("Chiefs' group")
    COORDINATION = "coordination", _("Coordination group")
    NETWORK = "network", _("Network")
    WORKING_GROUP = "working_group", _("Committee or working group")
    FORUM = "forum", _("Forum")
    CONFERENCE = "conference", pgettext_lazy("body", "Conference")


class Level(models.TextChoices):
    """The level it works on."""

    DIRECTING = "directing", pgettext_lazy("body", "Directing")
    COORDINATING = "coordinating", pgettext_lazy("body", "Coordinating")
    EXECUTING = "executing", pgettext_lazy("body", "Executing")


class Openness(models.TextChoices):
    """Who reads its agendas and adjusted minutes."""

    PARTIES = "parties", _("All parties")
    MEMBERS = "members", _("The actors that have a member in it")


class Body(models.Model):
    """A forum with members, a mandate and meetings. `code` is its name in addresses and in a region's files."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.SlugField(_("Short name in addresses"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    kind = models.CharField(_("Sort"), max_length=20, choices=BodyKind.choices)
    level = models.CharField(_("Level"), max_length=20, choices=Level.choices)
    mandate = models.TextField(_("Mandate"), max_length=4000, blank=True)
    members_text = models.TextField(_("Who the members are, in words"), max_length=1000, blank=True)
    chair = models.CharField(_("Chair"), max_length=200, blank=True)
    rhythm = models.CharField(_("How often it meets"), max_length=200, blank=True)
    readers = models.CharField(
        _("Who reads agendas and adjusted minutes"), max_length=10, choices=Openness.choices, default=Openness.MEMBERS
    )
    source = models.CharField(_("Source"), max_length=300, blank=True)
    ended_on = models.DateField(_("Last day"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class BodyMember(models.Model):
    """An actor's place in a body: a function, and perhaps a registered person."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("Body"))
    actor = models.ForeignKey("registers.Actor", models.PROTECT, related_name="+", verbose_name=_("Actor"))
    seat = models.CharField(_("Function"), max_length=120)
    person = models.ForeignKey(
        "registers.Person", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("Person")
    )
    chair = models.BooleanField(_("Leads the body"), default=False)
    valid_from = models.DateField(_("First day"), null=True, blank=True)
    valid_to = models.DateField(_("Last day"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["actor", "seat", "id"]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.seat}"


class MeetingState(models.TextChoices):
    """How far a meeting has come."""

    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    CALLED = "called", pgettext_lazy("meeting", "Called")
    HELD = "held", pgettext_lazy("meeting", "Held")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


class Meeting(models.Model):
    """One meeting of a body. `sequence` rises each time its time, place or state changes for those who have it in
    their calendars. Its minutes are a draft until `adjusted_on`."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("Body"))
    number = models.CharField(pgettext_lazy("meeting", "Number"), max_length=20, blank=True)
    starts = models.DateTimeField(pgettext_lazy("meeting", "Begins"))
    ends = models.DateTimeField(pgettext_lazy("meeting", "Ends"))
    place = models.CharField(pgettext_lazy("meeting", "Place"), max_length=200, blank=True)
    link = models.URLField(_("Link to a video meeting"), max_length=300, blank=True)
    about = models.TextField(_("Message to the members"), max_length=2000, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    why_cancelled = models.CharField(_("Why it is cancelled"), max_length=200, blank=True)
    sequence = models.PositiveIntegerField(_("Change in calendars"), default=0)
    stamped_at = models.DateTimeField(_("Last changed for calendars"), default=now)
    secretary = models.CharField(_("Took the minutes"), max_length=120, blank=True)
    adjusted_by = models.CharField(_("Adjusted the minutes"), max_length=200, blank=True)
    adjusted_on = models.DateField(_("Minutes adjusted on"), null=True, blank=True)
    adjusted_at = models.DateTimeField(_("Adjustment recorded"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["starts", "id"]

    def __str__(self) -> str:
        return f"{self.body_id} {self.number}"


class Purpose(models.TextChoices):
    """What an item is for."""

    INFORM = "inform", pgettext_lazy("agenda", "Information")
    DISCUSS = "discuss", pgettext_lazy("agenda", "Discussion")
    DECIDE = "decide", pgettext_lazy("agenda", "Decision")


class AgendaItem(models.Model):
    """An item of a meeting's agenda; its papers are files with this row. `minutes` is how long it may take."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+", verbose_name=_("Meeting"))
    place = models.PositiveSmallIntegerField(_("Order on the agenda"), default=1)
    title = models.CharField(_("Item"), max_length=200)
    purpose = models.CharField(_("For"), max_length=10, choices=Purpose.choices, default=Purpose.INFORM)
    text = models.TextField(_("What it is about"), max_length=4000, blank=True)
    presenter = models.ForeignKey(
        "registers.Actor", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("Presented by")
    )
    minutes = models.PositiveSmallIntegerField(_("Time in minutes"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["place", "id"]

    def __str__(self) -> str:
        return self.title


class ItemMinutes(models.Model):
    """What the minutes say of one item. Apart from the item, which others may read before they may read this."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="+", verbose_name=_("Item"))
    text = models.TextField(_("Minutes"), max_length=20000, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.item_id}"


class DecisionState(models.TextChoices):
    """What has become of a decision."""

    OPEN = "open", pgettext_lazy("decision", "Not done yet")
    DONE = "done", pgettext_lazy("decision", "Done")
    DROPPED = "dropped", pgettext_lazy("decision", "Dropped")


class MeetingDecision(models.Model):
    """Something a meeting decided, and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+", verbose_name=_("Meeting"))
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("Item")
    )
    number = models.CharField(pgettext_lazy("decision", "Number"), max_length=20)
    text = models.TextField(pgettext_lazy("meeting", "Decision"), max_length=4000)
    responsible = models.ForeignKey(
        "registers.Actor", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("Responsible actor")
    )
    due = models.DateField(_("To be done by"), null=True, blank=True)
    state = models.CharField(
        pgettext_lazy("decision", "Follow-up"), max_length=10, choices=DecisionState.choices, default=DecisionState.OPEN
    )
    followed_up = models.TextField(_("What has become of it"), max_length=2000, blank=True)

    class Meta:
        ordering: ClassVar = ["meeting", "number", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("meeting", "number"), name="meeting_decision_number_once")
        ]

    def __str__(self) -> str:
        return self.number


class Presence(models.TextChoices):
    """How an actor took part."""

    PRESENT = "present", pgettext_lazy("meeting", "Present")
    REMOTE = "remote", pgettext_lazy("meeting", "Present at a distance")
    DEPUTY = "deputy", pgettext_lazy("meeting", "A deputy was present")
    ABSENT = "absent", pgettext_lazy("meeting", "Absent")


class Attendance(models.Model):
    """How one actor took part in a meeting."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+", verbose_name=_("Meeting"))
    actor = models.ForeignKey("registers.Actor", models.PROTECT, related_name="+", verbose_name=_("Actor"))
    presence = models.CharField(_("Attendance"), max_length=10, choices=Presence.choices)
    who = models.CharField(_("By which function"), max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["actor", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=("meeting", "actor"), name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.presence}"


class MeetingCall(models.Model):
    """That a call, a change or a cancellation was sent to the members: once per state of the meeting."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+", verbose_name=_("Meeting"))
    sequence = models.PositiveIntegerField(_("Change in calendars"))
    sent_at = models.DateTimeField(pgettext_lazy("call to a meeting", "Sent"), default=now)

    class Meta:
        ordering: ClassVar = ["sent_at", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=("meeting", "sequence"), name="called_once_per_change")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.sequence}"


class MeetingFeed(models.Model):
    """A person's calendar address for the meetings of the bodies where their actor sits. The address holds the id and a
    signature of it; ended, it leads nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    actor = models.ForeignKey("registers.Actor", models.PROTECT, related_name="+")
    language = models.CharField(max_length=10, default="sv")
    made_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person",), condition=Q(ended_at=None), name="meeting_feed_once_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.made_at}"
