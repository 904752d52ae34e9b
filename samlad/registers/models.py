"""The registers' tables: who the parties are, where, who sits where, and what was changed by whom.

Days are half open: `valid_from` is the first day, `valid_to` the first on which it no longer holds (empty: still on).
A day is a day in Stockholm; moments are stored in UTC.
"""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.base.clock import now
from samlad.registers.network_models import ActorSet as ActorSet
from samlad.registers.network_models import ActorSetMember as ActorSetMember
from samlad.registers.roster_models import HandoverNote as HandoverNote
from samlad.registers.roster_models import PatternTurn as PatternTurn
from samlad.registers.roster_models import Roster as Roster
from samlad.registers.roster_models import RosterPattern as RosterPattern
from samlad.registers.roster_models import Shift as Shift
from samlad.registers.roster_models import ShiftFeed as ShiftFeed
from samlad.registers.roster_models import ShiftSwap as ShiftSwap
from samlad.registers.secrecy_models import SecrecyGround as SecrecyGround


class Category(models.TextChoices):
    """What sort of party an actor is; Kommun, Trafik and Blåljus are the model's own three, the others are ours."""

    MUNICIPALITY = "municipality", _("Municipality")
    TRAFFIC = "traffic", pgettext_lazy("category of actors", "Traffic")
    BLUE_LIGHT = "blue_light", _("Emergency services")
    STATE = "state", pgettext_lazy("category of actors", "State")
    REGION = "region", _("Region (health care)")
    OTHER = "other", pgettext_lazy("category of actors", "Other")


class Role(models.TextChoices):
    """The roles a seat can have. Codes are those of `samlad.journal.who`; a test holds the two together."""

    TIB = "tib", _("Duty officer (TiB)")
    RSK = "rsk", _("Regional coordinator on call (RSK)")
    LIAISON = "liaison", _("Liaison")
    PICTURE_LEAD = "picture_lead", _("Situational picture lead")
    CHIEF = "chief", _("Chief")
    COMMUNICATOR = "communicator", _("Communicator")
    SECRETARIAT = "secretariat", _("Coordination secretariat")
    OBSERVER = "observer", _("Observer")
    ADMINISTRATOR = "administrator", _("Administrator")
    ACTOR_ADMINISTRATOR = "actor_administrator", _("Actor administrator")
    REGISTRAR = "registrar", _("Registrar")
    WALL = "wall", _("Wall screen")


class Actor(models.Model):
    """One actor through all its names; what it was called, and whether it was a party, stands in its versions."""

    code = models.SlugField(primary_key=True, max_length=60)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(code=""), name="actor_has_code")]

    def __str__(self) -> str:
        return self.code


class ActorVersion(models.Model):
    """An actor as it was from a day to a day. The actor is a party on exactly the days its versions cover."""

    actor = models.ForeignKey(Actor, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    category = models.CharField(max_length=20, choices=Category.choices)
    area = models.CharField(max_length=12, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=200)
    why_ended = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    assumed = models.BooleanField(default=False)
    convening = models.BooleanField(default=False)

    class Meta:
        ordering = ("actor", "valid_from")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("actor", "valid_from"), name="actor_version_once_a_day"),
            models.UniqueConstraint(fields=("actor",), condition=Q(valid_to=None), name="actor_one_open_version"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="actor_version_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="actor_version_known_category"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from})"


class Area(models.Model):
    """An area under its official code. The code is text: SCB's begin with a zero."""

    code = models.CharField(primary_key=True, max_length=12)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering = ("code",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("tile_column", "tile_row"), condition=Q(tile_column__isnull=False), name="area_tile_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(tile_column=None, tile_row=None) | Q(tile_column__isnull=False, tile_row__isnull=False),
                name="area_tile_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Population(models.Model):
    """How many lived in an area on a day, as a named edition of the statistics has it."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="figures")
    on_date = models.DateField()
    edition = models.CharField(max_length=80)
    figure = models.PositiveIntegerField()
    source = models.TextField(blank=True)

    class Meta:
        ordering = ("area", "-on_date", "-edition")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("area", "on_date", "edition"), name="population_once_per_edition")
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.on_date}: {self.figure}"


def new_key() -> str:
    """A fresh person key: 32 hexadecimal digits that say nothing about the person."""
    return uuid4().hex


class PersonManager(BaseUserManager["Person"]):
    """Makes persons the way Django's sign-in expects."""

    def create_user(self, username: str, *, name: str, email: str = "", password: str | None = None) -> "Person":
        """Save a new person. Without a password they can't sign in until one is set."""
        person = self.model(username=username, name=name, email=email)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who can sign in. The journal knows them by `key` only, so a name can change and can be forgotten.

    `phone` is a private number, shown only to those whom `rules.may_see_phone` allows. A `screen` is no human but the
    wall screen of a control room: it has no password and is left out of counts, lists and call-outs.
    """

    key = models.CharField(primary_key=True, max_length=32, default=new_key, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    screen = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(username=""), name="person_has_username")]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A person's role at an actor, from a day to a day. One ended on the day it began was never held.

    `lender`: the person's own actor, where they are lent to this one; such a seat has a last day. `deputy`: ersättare,
    with the same rights. `emergency`: may sign in on the spot when the actor's own sign-in is down (break-glass).
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="seats")
    role = models.CharField(max_length=20, choices=Role.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    lender = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="lent_seats")
    deputy = models.BooleanField(default=False)
    emergency = models.BooleanField(default=False)

    class Meta:
        ordering = ("actor", "role", "valid_from")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("person", "actor", "role"), condition=Q(valid_to=None), name="seat_held_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="seat_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="seat_known_role"),
            models.CheckConstraint(
                condition=Q(lender=None) | (~Q(lender=F("actor")) & Q(valid_to__isnull=False)),
                name="seat_lent_for_a_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.actor_id}"


class Loan(models.Model):
    """A person lent by one actor to another for a period, as proposed by one side and answered by the other.

    The seat is made when both have agreed. `asked_for` is the actor on whose behalf it was proposed.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="loans")
    lender = models.ForeignKey(Actor, models.PROTECT, related_name="loans_out")
    borrower = models.ForeignKey(Actor, models.PROTECT, related_name="loans_in")
    role = models.CharField(max_length=20, choices=Role.choices)
    valid_from = models.DateField()
    valid_to = models.DateField()
    why = models.CharField(max_length=200)
    asked_for = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=32)
    asked_at = models.DateTimeField(default=now)
    answered_by = models.CharField(max_length=32, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True, blank=True)
    seat = models.OneToOneField(Seat, models.PROTECT, null=True, blank=True, related_name="loan")

    class Meta:
        ordering = ("-asked_at",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="loan_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(lender=F("borrower")), name="loan_between_two_actors"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="loan_known_role"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.lender_id} → {self.borrower_id}"


class Change(models.Model):
    """One line of the registers' history: who changed what, when, why, from what to what."""

    register = models.CharField(max_length=20)
    object_key = models.CharField(max_length=80)
    at = models.DateTimeField(default=now)
    by = models.CharField(max_length=32)
    action = models.CharField(max_length=20)
    before: "models.JSONField[Any, Any]" = models.JSONField(null=True)
    after: "models.JSONField[Any, Any]" = models.JSONField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        indexes: ClassVar = [models.Index(fields=("register", "object_key", "-at"), name="change_of_object")]

    def __str__(self) -> str:
        return f"{self.register} {self.object_key} {self.action}"
