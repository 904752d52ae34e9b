"""The journal's tables. Each leads with the operation, so that they can be spread over machines (design, section 6)."""

from django.db import models


class Operation(models.Model):
    """One ordered stream of entries. What it is about stands in its entries; here is what must be known unfolded."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)
    exercise = models.BooleanField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    head_seq = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="")

    class Meta:
        indexes = [models.Index(fields=["-opened_at"], name="operation_newest")]


class Participation(models.Model):
    """Which actors may read an operation, in one query."""

    pk = models.CompositePrimaryKey("operation_id", "actor")
    operation = models.ForeignKey(Operation, models.CASCADE, related_name="participations", db_index=False)
    actor = models.CharField(max_length=60)
    observer = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["actor"], name="participation_actor")]


class StoredEntry(models.Model):
    """An entry as it lies on disk. `payload` is the canonical JSON its digest was taken of, empty once shredded."""

    pk = models.CompositePrimaryKey("operation_id", "seq")
    operation = models.ForeignKey(Operation, models.CASCADE, related_name="entries", db_index=False)
    seq = models.PositiveBigIntegerField()
    entry_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    payload = models.TextField(null=True)
    author = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    role = models.CharField(max_length=200)  # all of them, comma-separated, at the actor spoken for
    occurred_at = models.CharField(max_length=40)  # RFC 3339 with the offset told by the device: hashed as it stands
    recorded_at = models.CharField(max_length=40)  # RFC 3339, UTC
    audience = models.TextField()
    marking = models.TextField()  # canonical JSON, or empty
    refs = models.TextField()  # canonical JSON, or empty
    digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operation", "entry_id"], name="entry_id_once")]


class FollowerPosition(models.Model):
    """How far a follower has come in an operation."""

    pk = models.CompositePrimaryKey("operation_id", "follower")
    operation = models.ForeignKey(Operation, models.CASCADE, related_name="+", db_index=False)
    follower = models.CharField(max_length=60)
    seq = models.PositiveBigIntegerField(default=0)


class StoredFile(models.Model):
    """The bytes of a file that is attached, under the id of the entry that tells of it; gone when that is shredded."""

    pk = models.CompositePrimaryKey("operation_id", "entry_id")
    operation = models.ForeignKey(Operation, models.CASCADE, related_name="files", db_index=False)
    entry_id = models.UUIDField()
    content = models.BinaryField()


class Reading(models.Model):
    """Somebody opened a marked entry, or took entries out. Ordinary reading leaves nothing.

    `entry_id` is empty for the taking out as such. `owners` are the actors that stood behind what was read, each
    between commas, so that each is told of readings of its own entries and of no others.
    """

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="+", db_index=False)
    entry_id = models.UUIDField(null=True)
    person = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    role = models.CharField(max_length=200)
    at = models.DateTimeField()
    how = models.CharField(max_length=10)
    owners = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["operation", "entry_id", "at"], name="reading_of_entry"),
            models.Index(fields=["person"], name="reading_by_person"),
        ]
