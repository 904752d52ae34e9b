"""A figure beside its floor, and how both are printed."""

from collections.abc import Iterable, Sequence
from statistics import median

import msgspec


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the table. `value` None: it could not be measured, and `note` says why."""

    what: str
    unit: str = ""
    value: float | None = None
    spread: str = ""
    floor: float | None = None
    floor_is: str = ""
    floor_spread: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """The target, and whether it was met."""
        if not self.target:
            return ""
        return f"{self.target}: {'not measured' if self.met is None else 'met' if self.met else 'MISSED'}"


def quantile(values: Sequence[float], share: float) -> float:
    """The value that a share (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 10_000) * len(ordered) // 10_000) - 1))]


def spread(values: Sequence[float], *shares: int) -> str:
    """Percentiles and the maximum, in the values' own unit."""
    told = [
        f"p{share} {number(middle(values) if share == 50 else quantile(values, share / 100))}"
        for share in shares or (50, 95, 99)
    ]
    return " ".join([*told, f"max {number(max(values))}"])


def middle(values: Iterable[float]) -> float:
    """The median, as a float."""
    return float(median(values))


def number(value: float) -> str:
    """Three significant digits, thousands apart."""
    if abs(value) >= 100:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def lines(figure: Figure) -> list[str]:
    """A figure as one line for the terminal, with its spread and note beneath."""
    value = f"{number(figure.value)} {figure.unit}" if figure.value is not None else "-"
    floor = f"floor {number(figure.floor)} {figure.unit}" if figure.floor is not None else ""
    ratio = f"x {figure.ratio:.2f}" if figure.ratio is not None else ""
    printed = [f"  {figure.what:<46}{value:>14}   {floor:<20} {ratio:<8} {figure.verdict}".rstrip()]
    details = [figure.spread, figure.floor_is and f"floor ({figure.floor_is}): {figure.floor_spread}".rstrip(": ")]
    if detail := "; ".join(filter(None, details)):
        printed.append(f"      {detail}")
    if figure.note:
        printed.append(f"      {figure.note}")
    return printed


def markdown(figures: Iterable[Figure]) -> str:
    """The table for docs/bench.md."""
    rows = ["| what | figure | spread | floor | ratio | target |", "| --- | ---: | --- | --- | ---: | --- |"]
    for it in figures:
        value = f"{number(it.value)} {it.unit}" if it.value is not None else f"not measured: {it.note}"
        floor = f"{number(it.floor)} {it.unit} ({it.floor_is})" if it.floor is not None else ""
        ratio = f"{it.ratio:.2f}" if it.ratio is not None else ""
        rows.append(f"| {it.what} | {value} | {it.spread} | {floor} | {ratio} | {it.verdict} |")
    return "\n".join(rows) + "\n"
