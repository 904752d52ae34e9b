"""What has been booked, from a file out of an accounting system: day, line, amount, text, voucher on each row."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final
from uuid import UUID, uuid5

import msgspec
from django.utils.translation import gettext as _

from samlad.governance.models import BudgetLine, Outcome
from samlad.governance.money import tables
from samlad.governance.money.fields import plain_number
from samlad.governance.money.tables import Unreadable

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "day": ("date", "datum", "bokföringsdatum", "day", "dag", "verifikationsdatum"),
    "line": ("line", "rad", "budgetrad", "konto", "account", "kod", "code", "projekt", "project"),
    "amount": ("amount", "belopp", "summa", "kr", "sek", "utfall"),
    "text": ("text", "beskrivning", "benämning", "description", "verifikationstext"),
    "reference": ("reference", "verifikat", "verifikation", "ver", "voucher", "verifikationsnummer", "ver.nr", "vernr"),
}
NEEDED: Final = ("day", "line", "amount")
LARGEST: Final = Decimal("999999999999.99")


class Reading(msgspec.Struct):
    """What a file says has been booked, and what was not taken: where, why."""

    booked: list[Outcome] = msgspec.field(default_factory=list)
    refused: list[tuple[str, str]] = msgspec.field(default_factory=list)


def read(content: bytes, lines: Iterable[BudgetLine], until: date) -> Reading:
    """Read a file for a budget's lines; nothing later than a day. Raises Unreadable.

    The same file again gives the same rows: an id is made of what the row says, and of how many such came before it.
    """
    rows = tables.read(content)
    if not rows:
        raise Unreadable(_("The file is empty."))
    columns = {name: place for name, names in NAMES.items() if (place := tables.column(rows[0], names)) is not None}
    if missing := [name for name in NEEDED if name not in columns]:
        labels = {"day": _("date (as a heading)"), "line": _("line"), "amount": _("amount")}
        told = ", ".join(labels[name] for name in missing)
        raise Unreadable(_("The first row must name the columns. Missing: %(columns)s.") % {"columns": told})
    by_code = {line.code.casefold(): line for line in lines}
    reading, seen = Reading(), Counter[tuple[str, ...]]()
    for number, row in enumerate(rows[1:], start=2):
        cells = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
        try:
            reading.booked.append(one(cells, by_code, until, seen))
        except ValueError as wrong:
            reading.refused.append((_("row %(number)s") % {"number": number}, str(wrong)))
    return reading


def one(
    cells: Mapping[str, str], by_code: Mapping[str, BudgetLine], until: date, seen: Counter[tuple[str, ...]]
) -> Outcome:
    """A row as what has been booked. Raises ValueError with why it is not taken."""
    line = by_code.get(cells["line"].casefold())
    if line is None:
        raise ValueError(_("There is no budget line “%(line)s”.") % {"line": cells["line"][:40]})
    try:
        day = date.fromisoformat(cells["day"][:10])
    except ValueError:
        raise ValueError(_("“%(cell)s” is no day. Write it as 2024-06-30.") % {"cell": cells["day"][:40]}) from None
    if day > until:
        raise ValueError(_("%(day)s has not come yet.") % {"day": day})
    amount = amount_of(cells["amount"])
    text, reference = cells.get("text", "")[:160], cells.get("reference", "")[:60]
    said = (line.code, day.isoformat(), str(amount), text, reference)
    seen[said] += 1
    key: UUID = uuid5(line.pk, " ".join((*said, str(seen[said]))))
    return Outcome(id=key, line_id=line.pk, day=day, amount=amount, text=text or line.text, reference=reference)


def amount_of(cell: str) -> Decimal:
    """Kronor and öre in a cell. Raises ValueError."""
    try:
        amount = Decimal(plain_number(cell.removesuffix("kr").removesuffix("SEK")))
        exact = amount.is_finite() and abs(amount) <= LARGEST and amount == amount.quantize(Decimal("0.01"))
    except InvalidOperation:
        exact = False
    if not exact:
        raise ValueError(_("“%(cell)s” is no amount in kronor and öre.") % {"cell": cell[:40]})
    return amount.quantize(Decimal("0.01"))
