"""What a document decides or proposes about a steering document. A proposal is never a decision."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from samlad.governance.reading.bodies import Named, bodies, prepares
from samlad.governance.reading.documents import concerns
from samlad.governance.reading.flow import Flow
from samlad.governance.reading.found import Outcome, Status, Sure
from samlad.governance.reading.headings import DECIDES, Section
from samlad.governance.reading.outcomes import (
    OWN_PART,
    PROPOSING,
    REFERS,
    SIGNS,
    SPOKEN,
    condition_in,
    outcome_in,
    own_condition,
    points,
    withheld,
)  # fmt: skip

PAST: Final = re.compile(r"\b(?:lades|antogs?|godkändes|beslöt|beslutade|fastställdes)\b", re.I)
INTRODUCES: Final = re.compile(r"(?:\batt|[:]|följande\.?|\bbeslutar?|\bbesluta|för\s+egen\s+del)\s*$", re.I)
TITLE_SAYS: Final = re.compile(r"^\W*(?:antag|godkänn|ingå|teckn)", re.I)
STORY: Final = re.compile(r"\bbeslut(?:ade|at)\b[^.]{0,80}\b(?:19|20)\d\d\b|\brekommender", re.I)
RANGE: Final = re.compile(r"(?:19|20)\d\d\s?[-–/]\s?(?:20)?\d\d(?![\d-])")
TELLS: Final = re.compile(r"\b(?:beslutade|beslöt|har\s+beslutat|har\s+(?=antagit|godkänt))\b", re.I)
WINDOW: Final = 700  # characters from "föreslår" to what is proposed


class Verdict(NamedTuple):
    """What is decided or proposed; offsets are in the body."""

    outcome: Outcome | None
    status: Status
    start: int  # of the sentence
    end: int
    decider: Named | None  # who decides, or is asked to
    proposer: Named | None  # who proposes
    condition: tuple[int, int, Sure, str] | None
    sure: Sure
    why: str
    note: str = ""


class Point(NamedTuple):
    """One sentence of a decision, with what leads to it."""

    start: int
    end: int
    intro: str  # what stands before it in its section, as far as it introduces
    intro_start: int


def verdict(
    flow: Flow, found: Sequence[Section], *, paper: bool, minutes: bool, titles: Sequence[str]
) -> Verdict | None:
    """The decision of an item, else its proposal; None where there is neither.

    A paper is written to those who decide: what it says is a proposal. Minutes decide also without a heading.
    """
    decided = [] if paper else [section for section in found if section.kind == "decision"]
    proposed = [section for section in found if section.kind == "proposal" or (paper and section.kind == "decision")]
    suggestion = _best(flow, proposed, "proposed", titles) or _sentence(flow, found, titles)
    answer = _best(flow, decided, "decided", titles)
    if answer is None and minutes and not decided and not paper:
        answer = _unheaded(flow, found, titles)
    if answer is None or (answer.outcome is None and not answer.note):
        answer = _by_reference(flow, decided, suggestion) or answer
    if answer is None and decided and any(withheld(flow.body[one.start : one.end]) for one in decided):
        one = decided[0]
        return Verdict(None, "decided", one.start, one.end, None, None, None, "likely", "decision_text", "no_outcome")
    return answer or suggestion


def _best(flow: Flow, found: Sequence[Section], status: Status, titles: Sequence[str]) -> Verdict | None:
    """The point that decides about the document, else the first that decides anything of the kind."""
    best: tuple[int, Verdict] | None = None
    for section in found:
        held = _points(flow, section)
        for at, point in enumerate(held):
            text = flow.body[point.start : point.end]
            hit = _proposed(text) or outcome_in(text)
            if hit is None or SPOKEN.search(text):
                continue
            rank = concerns(text, titles)
            if best is None or rank > best[0]:
                best = rank, _verdict(flow, section, held, at, hit, status)
    return best[1] if best else None


def _proposed(text: str) -> tuple[Outcome, re.Match[str]] | None:
    """What a sentence that does one thing proposes besides: "ställer sig bakom förslaget och föreslår att ..."."""
    match = PROPOSING.search(text)
    first = outcome_in(text) if match else None
    if match is None or first is None or first[1].start() > match.start():
        return None
    blank = " " * match.end()
    return outcome_in(blank + text[match.end() :])


def _points(flow: Flow, section: Section) -> list[Point]:
    """The points of a section, each with what introduces it."""
    found: list[Point] = []
    intro, intro_start = "", section.start
    for start, end in points(flow.body, section.start, section.end):
        text = flow.body[start:end]
        found.append(Point(start, end, intro, intro_start))
        if OWN_PART.search(text):
            intro, intro_start = text, start
        elif INTRODUCES.search(text.rstrip()) and not (outcome_in(text) and not text.rstrip().endswith((":", "att"))):
            intro += text
    return found


def _verdict(
    flow: Flow, section: Section, held: list[Point], at: int, hit: tuple[Outcome, re.Match[str]], status: Status
) -> Verdict:
    outcome, match = hit
    point = held[at]
    before = f"{point.intro} {flow.body[point.start : point.start + match.start()]}"
    to_next = _last(PROPOSING, before) > _last(OWN_PART, before)
    if to_next:
        status = "proposed"
    decider = _decider(flow, section, point, match)
    proposer = _proposer(flow, section, point, match) if to_next or status == "proposed" else None
    condition = _condition(flow, held, at) if outcome in ("antagen", "lagd till handlingarna") else None
    if outcome == "antagen" and condition:
        outcome = "antagen med villkor"
    signs = SIGNS.search(match[0]) is not None
    why = "decides_to_sign" if signs else ("decision_text" if status == "decided" else "proposal_text")
    sure: Sure = "likely" if signs else "sure"
    return Verdict(outcome, status, point.start, point.end, decider, proposer, condition, sure, why)


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where a pattern is met last; -1 where it is not."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _decider(flow: Flow, section: Section, point: Point, match: re.Match[str]) -> Named | None:
    """Who decides: the last body named before the words that decide, else the heading's."""
    verb = point.start + match.start()
    named = [one for one in bodies(flow.body, point.start, verb) if not one.own]
    if not named and point.intro:
        named = [one for one in bodies(flow.body, point.intro_start, point.start) if not one.own]
    if named:
        return named[-1]
    if section.inline and (first := next((one for one in bodies(flow.body, section.start, verb) if not one.own), None)):
        return first
    owners = list(bodies(flow.body, section.head_start, section.start))
    told = [one for one in owners if not one.own] or (owners if section.kind == "decision" or len(owners) == 1 else [])
    if not told or (section.kind == "proposal" and told[-1].own and prepares(told[-1].value)):
        return None
    return told[-1]


def _proposer(flow: Flow, section: Section, point: Point, match: re.Match[str]) -> Named | None:
    """Who proposes: the heading's, else the first body named before the proposal."""
    held = next(bodies(flow.body, section.head_start, section.start), None)
    return held or next(
        (one for one in bodies(flow.body, point.intro_start, point.start + match.start()) if not one.own), None
    )


def _condition(flow: Flow, held: list[Point], at: int) -> tuple[int, int, Sure, str] | None:
    """The condition of a decision, in its own sentence or in a point beside it."""
    for number in (at, *range(len(held))):
        start = held[number].start
        text = flow.body[start : held[number].end]
        if stated := condition_in(text):
            return start + stated[0], start + stated[1], "sure", "stated_condition"
    for number, point in enumerate(held):
        text = flow.body[point.start : point.end]
        if number > at and own_condition(text):
            lead = re.match(r"[\s–•*·▪-]*(?:\d{1,2}[.)]\s*)?", text)
            begin = point.start + (lead.end() if lead else 0)
            return begin, point.start + len(text.rstrip(" .\n,")), "likely", "extra_point"
    return None


def _sentence(flow: Flow, found: Sequence[Section], titles: Sequence[str]) -> Verdict | None:
    """A proposal that stands in running text: "Förvaltningen föreslår att kommunstyrelsen antar ..."."""
    best: tuple[int, Verdict] | None = None
    for section in found:
        if section.kind not in ("lead", "background"):
            continue
        for start in (match.start() for match in PROPOSING.finditer(flow.body, section.start, section.end)):
            begun = max(flow.body.rfind(". ", section.start, start) + 1, section.start)
            line = flow.starts[flow.line_at(start)]
            begun = max(begun, line) if flow.lines[flow.line_at(start)].text[:1].isupper() else begun
            window = Section("proposal", section.heading, begun, begun, min(start + WINDOW, section.end), True)
            verdict = _best(flow, [window], "proposed", titles)
            if verdict is None or STORY.search(flow.body[begun : verdict.end]):
                continue
            rank = concerns(flow.body[begun : verdict.end], titles)
            if best is None or rank > best[0]:
                told = verdict._replace(start=begun, sure="likely", why="proposal_in_text")
                best = rank, told
    return best[1] if best else None


def _unheaded(flow: Flow, found: Sequence[Section], titles: Sequence[str]) -> Verdict | None:
    """A decision in minutes that have no heading for it: "Skrivelsen lades till handlingarna."."""
    for section in found:
        if section.kind not in ("lead", "background"):
            continue
        for start, end in points(flow.body, section.start, section.end):
            text = flow.body[start:end]
            hit = outcome_in(text)
            if (
                hit
                and PAST.search(text)
                and not PROPOSING.search(text)
                and not (STORY.search(text) or (hit[0] != "lagd till handlingarna" and _dated(text)))
                and concerns(text, titles)
            ):
                decider = next((one for one in bodies(flow.body, start, end) if not one.own), None)
                return Verdict(hit[0], "decided", start, end, decider, None, None, "likely", "minutes_without_heading")
    return None


def _dated(text: str) -> bool:
    """Whether a sentence names a year that is none of a document's: then it tells what was decided before."""
    return re.search(r"\b(?:19|20)\d\d\b", RANGE.sub(" ", text)) is not None


def told_in_letter(flow: Flow, titles: Sequence[str]) -> Verdict | None:
    """What a letter tells was decided: "Kommunstyrelsen beslutade den 14 april 2014, § 88, att anta ..."."""
    for start, end in points(flow.body, 0, len(flow.body)):
        text = flow.body[start:end]
        said = TELLS.search(text)
        hit = outcome_in(" " * said.end() + text[said.end() :]) if said else None
        if said is None or hit is None or not concerns(text, titles) or PROPOSING.search(text):
            continue
        named = [one for one in bodies(flow.body, start, start + said.start() + len("beslut")) if not one.own]
        if named:
            begun = flow.starts[flow.line_at(named[-1].start)]
            begun = named[-1].start if begun < start else begun
            return Verdict(hit[0], "decided", begun, end, named[-1], None, None, "likely", "in_text")
    return None


def _by_reference(flow: Flow, decided: Sequence[Section], suggestion: Verdict | None) -> Verdict | None:
    """A decision "enligt förvaltningens förslag": what it decides stands in the proposal."""
    for section in decided:
        for point in _points(flow, section):
            text = flow.body[point.start : point.end]
            if not (match := REFERS.search(text)):
                continue
            decider = _decider(flow, section, point, match)
            if suggestion is None or suggestion.outcome is None:
                return Verdict(
                    None,
                    "decided",
                    point.start,
                    point.end,
                    decider,
                    None,
                    None,
                    "likely",
                    "refers_to_proposal",
                    "missing_proposal",
                )
            status: Status = "proposed" if PROPOSING.search(text[: match.start()]) else "decided"
            return suggestion._replace(
                status=status, start=point.start, end=point.end, sure="likely", why="refers_to_proposal",
                decider=decider or suggestion.decider, proposer=suggestion.proposer,
            )  # fmt: skip
    return None


def decides(text: str) -> bool:
    """Whether a line is the beginning of a decision."""
    return DECIDES.match(text) is not None
