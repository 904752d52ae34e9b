"""The tables of rosters (tjänstgöringsschema): who is on duty, from when to when, and what stands behind it.

Known to Django through `models.py`. Moments are UTC, half open: `ends` is the first moment a shift no longer holds.
A shift is never changed and never deleted: what changes it takes it out (`removed_at`) and puts another in its place
(`replaces`), so that the roster can be read as it stood at any moment.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.base.clock import now
from samlad.base.ids import new_id


class OnHoliday(models.TextChoices):
    """What becomes of a recurring handover that falls on a public holiday."""

    SAME = "same", _("The same day all the same")
    BEFORE = "before", _("The last working day before")
    AFTER = "after", _("The first working day after")


class ShiftSource(models.TextChoices):
    """Where a shift came from."""

    PAGE = "page", pgettext_lazy("source of a shift", "Entered by hand")
    PATTERN = "pattern", pgettext_lazy("source of a shift", "Recurring pattern")
    CSV = "csv", pgettext_lazy("source of a shift", "CSV file")
    ICAL = "ical", pgettext_lazy("source of a shift", "Calendar file")
    SWAP = "swap", pgettext_lazy("source of a shift", "Swap")


class Roster(models.Model):
    """An actor's roster for one duty role. `round_clock`: somebody is meant to be on duty at every moment from
    `begins`; only then is an hour without anybody a gap. Ended: the actor keeps no roster for the role any more."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    actor = models.ForeignKey("registers.Actor", models.PROTECT, related_name="rosters")
    role = models.CharField(max_length=20)
    round_clock = models.BooleanField(default=True)
    begins = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("actor", "role")
        constraints: ClassVar = [models.UniqueConstraint(fields=("actor", "role"), name="roster_once_per_role")]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.role}"


class RosterPattern(models.Model):
    """A recurring pattern: the people in `turns` have duty after one another, `weeks` weeks each.

    Handover is on `weekday` (0 is Monday) at `handover`, Stockholm time. The first is on or after `valid_from`, the
    last on or after `valid_to`: turns are always whole. `spread_to`: as far as its shifts have been made.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    roster = models.ForeignKey(Roster, models.PROTECT, related_name="patterns")
    weekday = models.PositiveSmallIntegerField()
    handover = models.TimeField()
    weeks = models.PositiveSmallIntegerField(default=1)
    on_holiday = models.CharField(max_length=10, choices=OnHoliday.choices, default=OnHoliday.SAME)
    deputy = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    code = models.SlugField(max_length=60, blank=True)
    spread_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("roster", "valid_from", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__lt=7), name="pattern_on_a_weekday"),
            models.CheckConstraint(condition=Q(weeks__gte=1, weeks__lte=8), name="pattern_of_some_weeks"),
            models.UniqueConstraint(fields=("code",), condition=~Q(code=""), name="pattern_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.roster_id} {self.weekday} {self.handover}"


class PatternTurn(models.Model):
    """Whose turn comes at which place in a pattern's cycle, counted from 0. One person can have several."""

    pattern = models.ForeignKey(RosterPattern, models.CASCADE, related_name="turns")
    place = models.PositiveSmallIntegerField()
    person = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pattern", "place")
        constraints: ClassVar = [models.UniqueConstraint(fields=("pattern", "place"), name="turn_place_once")]

    def __str__(self) -> str:
        return f"{self.pattern_id} {self.place}"


class Shift(models.Model):
    """One person on duty from a moment to a moment. `deputy`: ersättare, called when whoever is first does not
    answer. `uid` is what a file calls it, `told` a digest of what the file said of it: the same file again changes
    nothing, also where people have swapped since.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    roster = models.ForeignKey(Roster, models.PROTECT, related_name="shifts")
    person = models.ForeignKey("registers.Person", models.PROTECT, related_name="shifts")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    deputy = models.BooleanField(default=False)
    source = models.CharField(max_length=10, choices=ShiftSource.choices, default=ShiftSource.PAGE)
    pattern = models.ForeignKey(RosterPattern, models.PROTECT, null=True, blank=True, related_name="shifts")
    uid = models.CharField(max_length=80, blank=True)
    told = models.CharField(max_length=32, blank=True)
    added_at = models.DateTimeField(default=now)
    added_by = models.CharField(max_length=32)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=32, blank=True)
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")

    class Meta:
        ordering = ("starts", "deputy", "id")
        indexes: ClassVar = [
            models.Index(fields=("roster", "ends", "starts"), name="shift_of_roster"),
            models.Index(fields=("person", "ends"), name="shift_of_person"),
            models.Index(fields=("roster", "uid"), condition=~Q(uid=""), name="shift_of_file"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="shift_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=("pattern", "starts", "person"), condition=Q(removed_at=None), name="shift_of_pattern_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts} - {self.ends}"


class ShiftSwap(models.Model):
    """One person asks another to take a shift; in exchange for `wanted`, one of the other's, or for nothing.

    It takes effect when the other agrees. `agreed` is None while it waits; withdrawn ones are answered by the asker.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offered = models.ForeignKey(Shift, models.CASCADE, related_name="offered_in")
    wanted = models.ForeignKey(Shift, models.CASCADE, null=True, blank=True, related_name="wanted_in")
    asked_by = models.ForeignKey("registers.Person", models.PROTECT, related_name="swaps_asked")
    asked_of = models.ForeignKey("registers.Person", models.PROTECT, related_name="swaps_received")
    message = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(default=now)
    agreed = models.BooleanField(null=True, blank=True)
    answered_by = models.CharField(max_length=32, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("offered", "asked_of"), condition=Q(agreed=None), name="swap_asked_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(asked_by=F("asked_of")), name="swap_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by_id} → {self.asked_of_id}"


class HandoverNote(models.Model):
    """What whoever goes off duty leaves to whoever comes on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    roster = models.ForeignKey(Roster, models.PROTECT, related_name="notes")
    author = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)
    text = models.TextField()

    class Meta:
        ordering = ("-written_at", "-id")

    def __str__(self) -> str:
        return f"{self.roster_id} {self.written_at}"


class ShiftFeed(models.Model):
    """A person's calendar address. The address holds the id and a signature of it; ended, it leads nowhere."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("registers.Person", models.PROTECT, related_name="+")
    language = models.CharField(max_length=10, default="sv")
    made_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person",), condition=Q(ended_at=None), name="feed_once_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.made_at}"
