"""How the registers of governance are changed and read: a change is one row of history, and any day can be seen again.

`save` and `remove` are the only ways to change a row, `rows` the way to read. What a register said at the end of a day
is rebuilt from its history: the last state of each row up to then.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import BinaryField, DecimalField, Field, ForeignKey, Model, Q
from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from samlad.base.clock import STOCKHOLM
from samlad.base.refused import Refused
from samlad.journal.who import Who
from samlad.registers.actions import one_change, stamp
from samlad.registers.history import ChangeView, FieldChange, changes_labelled, note
from samlad.registers.models import Change
from samlad.registers.rules import check_unchanged

PREFIX: Final = "gov."
"""First in the name of a register in the history, so that the registers' own pages leave these to governance."""
REMOVED: Final = "removed"
M = TypeVar("M", bound=Model)


def register(model: type[Model]) -> str:
    """What a table is called in the history."""
    return f"{PREFIX}{model._meta.model_name}"


def kept_fields(model: type[Model]) -> "list[Field[Any, Any]]":
    """The fields that the history keeps: all but bytes."""
    return [field for field in model._meta.concrete_fields if not isinstance(field, BinaryField)]


def state_of(row: Model) -> dict[str, Any]:
    """A row as the history keeps it: what JSON can hold, decimals and days as text."""
    return {field.name: _plain(field.value_from_object(row)) for field in kept_fields(type(row))}


def seen(row: Model) -> str:
    """The stamp that a form carries of what it was filled from."""
    return stamp(state_of(row))


@one_change
def save(row: Model, *, by: Who, reason: str = "", seen: str = "", new: bool = False) -> bool:
    """Save a row and its history; whether anything differs. The caller has asked whether `by` may.

    `seen`: the stamp of what the form was filled from. `new`: it must not be there yet; the very same again is no
    change. Raises Refused where somebody else was faster, NotKept where a text is marked as security-classified.
    """
    model = type(row)
    stored = model._default_manager.select_for_update().filter(pk=row.pk).first()
    # What a form leaves as text or float is stored as what the field holds.
    for field in kept_fields(model):
        setattr(row, field.attname, _typed(field, field.value_from_object(row)))
    before, after = state_of(stored) if stored is not None else None, state_of(row)
    if before == after:
        return False
    if before is not None:
        if new:
            raise Refused(_("This has been saved already, with another content. Reload the page."))
        check_unchanged(seen, before, stamp(before))
    row.save()
    note(register=register(model), key=str(row.pk), by=by, before=before, after=after, reason=reason)
    return True


@one_change
def remove(row: Model, *, by: Who, reason: str = "") -> bool:
    """Delete a row; its history stays. Whether it was there."""
    stored = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if stored is None:
        return False
    before, key = state_of(stored), str(stored.pk)
    stored.delete()
    note(register=register(type(row)), key=key, by=by, before=before, after={}, reason=reason, action=REMOVED)
    return True


def rows(model: type[M], on: date | None = None, **equal: Any) -> list[M]:
    """The rows that have these values, in the table's order: as they are, or as they were at the end of a day
    (Stockholm). Foreign keys are named by their id: `version_id=...`; `of__in=...` takes several."""
    if on is None:
        return list(model._default_manager.filter(**equal))
    end = datetime.combine(on + timedelta(days=1), time(), STOCKHOLM)
    changed = Change.objects.filter(register=register(model), at__lt=end).order_by("at", "id")
    last = {key: (action, after) for key, action, after in changed.values_list("object_key", "action", "after")}
    found = [rebuilt(model, after) for action, after in last.values() if action != REMOVED]
    wanted = [row for row in found if all(_holds(row, name, value) for name, value in equal.items())]
    for name in reversed([str(name) for name in model._meta.ordering or ()]):
        attname = model._meta.get_field(name.lstrip("-")).attname  # type: ignore[union-attr]
        wanted.sort(key=lambda row: _sortable(getattr(row, attname)), reverse=name.startswith("-"))
    return wanted


def _holds(row: Model, name: str, value: Any) -> bool:
    several = name.endswith("__in")
    return getattr(row, name.removesuffix("__in")) in value if several else getattr(row, name) == value


def row(model: type[M], key: UUID, on: date | None = None) -> M | None:
    """One row as it is or as it was; None when it is not there."""
    return next(iter(rows(model, on, pk=key)), None)


def rebuilt(model: type[M], state: Mapping[str, Any]) -> M:
    """A row, not saved, from what the history has kept of it; a field that came later has its default."""
    values = {field.attname: _typed(field, state[field.name]) for field in kept_fields(model) if field.name in state}
    return model(**values)


def changes(model: type[Model], *keys: object) -> tuple[ChangeView, ...]:
    """The history of some rows of a table, latest first, under the names that the fields have in forms: choices by
    their words, other rows by what they are called, moments in Stockholm's time, and not the row's own id."""
    fields = {str(field.verbose_name): field for field in kept_fields(model) if not field.primary_key}
    labels = {field.name: label for label, field in fields.items()}
    found = changes_labelled(register(model), [str(key) for key in keys], labels)
    words = {label: _words(field, found, label) for label, field in fields.items()}
    return tuple(
        replace(
            change,
            fields=tuple(
                replace(one, before=words[one.label](one.before), after=words[one.label](one.after))
                for one in change.fields
                if one.label in words
            ),
        )
        for change in found
    )


def keys_ever(model: type[Model], field: str, *owners: object) -> list[str]:
    """The keys of a table's rows that belong to some others, or did before they were taken away: for `changes`."""
    wanted = [str(owner) for owner in owners]
    either = Q((f"after__{field}__in", wanted)) | Q((f"before__{field}__in", wanted))
    found = Change.objects.filter(either, register=register(model)).order_by()
    return list(found.values_list("object_key", flat=True).distinct())


def _words(field: "Field[Any, Any]", found: Iterable[ChangeView], label: str) -> Callable[[str], str]:
    """How a field's stored values are said."""
    if field.choices:
        choices = {str(value): str(word) for value, word in field.flatchoices}
        return lambda value: choices.get(value, value)
    if isinstance(field, ForeignKey) and field.target_field.get_internal_type() == "UUIDField":
        told = {one for change in found for each in change.fields if each.label == label for one in each_value(each)}
        rows_of = field.related_model._default_manager.in_bulk([one for one in told if one])
        names = {str(key): str(one) for key, one in rows_of.items()}
        return lambda value: names.get(value, value)
    if field.get_internal_type() == "DateTimeField":
        return lambda value: f"{field.to_python(value).astimezone(STOCKHOLM):%Y-%m-%d %H:%M}" if value else ""
    return lambda value: value


def each_value(change: FieldChange) -> tuple[str, str]:
    """What a field was and became."""
    return change.before, change.after


def changed_between(models: Iterable[type[Model]], after: datetime, until: datetime) -> "list[Change]":
    """What was changed in some tables between two moments, latest first."""
    names = [register(model) for model in models]
    return list(Change.objects.filter(register__in=names, at__gt=after, at__lte=until))


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value


def _typed(field: "Field[Any, Any]", value: Any) -> Any:
    if value is None or field.get_internal_type() == "JSONField":
        return value
    if isinstance(field, DecimalField):
        # As the database gives it back: 5 and 5.00 are the same sum, and no change.
        return field.to_python(value).quantize(Decimal(1).scaleb(-field.decimal_places))
    return field.target_field.to_python(value) if isinstance(field, ForeignKey) else field.to_python(value)


def _sortable(value: Any) -> tuple[bool, Any]:
    return (value is None, "" if value is None else str(value) if isinstance(value, UUID) else value)
