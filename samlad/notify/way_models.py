"""The tables of ways: how a person or an actor's switchboard is reached, and the tests that such a way works."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samlad.base.clock import now


class Channel(models.TextChoices):
    """The channels, as pages call them."""

    SMS = "sms", _("SMS")
    VOICE = "voice", _("Phone call")
    EMAIL = "email", _("E-mail")
    PUSH = "push", _("Notice on a phone or computer")
    CHAT = "chat", _("Chat (Teams, Mattermost, Matrix)")
    WEBHOOK = "webhook", pgettext_lazy("channel", "Webhook")


class Way(models.Model):
    """One way to reach a person, or an actor's switchboard: exactly one of `person` (a key) and `actor` (a code).

    `registered`: the address is the one in the register, read there each time; otherwise `address` has it. `place`
    orders them, the first being tried first. `exercises`: a switchboard that may be called in an exercise. Times are
    UTC: `verified_at` when a test was answered (`verified_for` is a digest of the address it was), `worked_at` when
    a message was last taken or answered, `failed_at` when it was last refused for good. A way that has been removed
    stays a while without its address; one that is `registered` stays for as long as it is not wanted.
    """

    person = models.CharField(max_length=32, blank=True)
    actor = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=20, choices=Channel.choices)
    registered = models.BooleanField(default=False)
    address = models.TextField(blank=True)
    label = models.CharField(max_length=60, blank=True)
    place = models.PositiveSmallIntegerField()
    exercises = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=now)
    added_by = models.CharField(max_length=32)
    verified_at = models.DateTimeField(null=True)
    verified_for = models.CharField(max_length=64, blank=True)
    worked_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("place", "id")
        indexes: ClassVar = [
            models.Index(fields=("person", "place"), name="way_of_person"),
            models.Index(fields=("actor", "place"), name="way_of_actor"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person="") & ~Q(actor="") | Q(actor="") & ~Q(person=""), name="way_of_one_owner"
            ),
            models.CheckConstraint(
                condition=Q(registered=False) | Q(address="") & ~Q(person=""), name="way_of_the_register"
            ),
            models.UniqueConstraint(
                fields=("person", "channel"), condition=Q(registered=True), name="way_of_the_register_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.person or self.actor}"


class WayTest(models.Model):
    """One message that tried whether a way works, and that waits for an answer: a code, a tap, a key, a reply.

    The code and the address are kept as digests only: the address so that nobody's number is flooded by way of
    several people's lists.
    """

    way = models.ForeignKey(Way, models.CASCADE, related_name="tests")
    code = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    by = models.CharField(max_length=32)
    sent_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=20, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-sent_at", "-id")
        indexes: ClassVar = [
            models.Index(fields=("address", "-sent_at"), name="way_test_of_address"),
            models.Index(fields=("by", "-sent_at"), name="way_test_by"),
        ]

    def __str__(self) -> str:
        return f"{self.way_id} {self.sent_at}"
