"""From one matter in a document to one proposed record of adoption."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from samlad.governance.reading import documents, fields, senders
from samlad.governance.reading.bodies import bodies
from samlad.governance.reading.decisions import Verdict, told_in_letter, verdict
from samlad.governance.reading.flow import Flow
from samlad.governance.reading.found import Found, Preparation, Proposal, Sure
from samlad.governance.reading.headings import Section
from samlad.governance.reading.items import Item
from samlad.governance.reading.lists import attachments, recipients
from samlad.governance.reading.numbers import series_number

PAPERS: Final = frozenset({"tjänsteutlåtande", "tjänsteskrivelse", "letter", "pm", "agenda"})
MINUTES: Final = frozenset({"protocol", "protocol_extract", "decision"})
SIGNED: Final = re.compile(
    r"\bundertecknats?\b|\bundertecknad(?:e|es)?\b|\bunderskrifter?\b|\bnamnförtydligande\b|\blikalydande\s+exemplar\b",
    re.I,
)
BLANK: Final = re.compile(r"(?:datum|ort\s+och\s+datum|stockholm\s+den|underskrift)\s*:?\s*[_.…]{3,}", re.I)
TAKEN_BY: Final = re.compile(r"\bbeslut\w*\s+(?:i\s+detta\s+ärende\s+)?har\s+fattats\s+av\s+", re.I)
DRAFT: Final = re.compile(
    r"^[^\n]{0,40}\b(?:utkast|ojusterat|arbetsmaterial|förslag till protokoll)\b[^\n]{0,20}$", re.I | re.M
)
FRONT: Final = 1000  # characters in which a document says that it is a draft
SENT_OUT: Final = re.compile(r"\bför\s+(?:formellt\s+|enskilt\s+)?antagande\b", re.I)


class Matter(NamedTuple):
    """One item to read, or the whole document."""

    item: Item | None
    found: list[Section]
    start: int
    end: int

    def head_end(self, flow: Flow) -> int:
        """Where its head ends: at its first heading."""
        first = next((section.head_start for section in self.found[1:] if section.kind != "end"), self.end)
        return max(first, flow.end_of(flow.line_at(self.start)))


def proposal_of(
    flow: Flow, matter: Matter, form: str, numbered: Sequence[Item], titles: Sequence[str]
) -> tuple[Proposal | None, list[str]]:
    """The record that a matter proposes, and notes; None where it decides and proposes nothing."""
    if form == "notice":
        sent = SENT_OUT.search(flow.body) is not None
        return None, ["no_decision", *(["sent_out_for_adoption"] if sent else [])]
    told = None
    if form != "agreement":
        minutes = form in MINUTES or matter.item is not None
        told = verdict(flow, matter.found, paper=form in PAPERS, minutes=minutes, titles=titles)
        if told is None and form == "letter":
            told = told_in_letter(flow, titles)
    outcome, status, notes = _outcome(flow, matter, told, form)
    nothing = outcome is None and status is None and matter.item is None
    if nothing and form != "agreement":
        return None, notes or ["no_decision"]
    around = _around(flow, matter, form, numbered, told)
    if form == "unknown" and status is not None:  # what a document of no known form calls a decision may be a draft
        status = msgspec.structs.replace(status, sure="unsure")
    if DRAFT.search(flow.body[:FRONT]):  # minutes may say something else when they are adjusted
        status, outcome = (msgspec.structs.replace(one, sure="unsure") if one else None for one in (status, outcome))
    read = _with_document(flow, matter, told, around, outcome, status)
    if (
        nothing and read.period is None
    ):  # an agreement that nobody signed: worth keeping where it says from when it holds
        return None, notes
    return read, notes


def _outcome(
    flow: Flow, matter: Matter, told: Verdict | None, form: str
) -> tuple[Found | None, Found | None, list[str]]:
    """The outcome, its status, and notes."""
    if told is not None:
        notes = [told.note] if told.note else []
        status = flow.found(told.status, told.start, told.end, told.sure, told.why)
        if told.outcome is None:
            return None, status, notes
        # Whether another point is a condition is for a person to say.
        sure: Sure = "likely" if told.condition and told.condition[2] != "sure" and told.sure == "sure" else told.sure
        return flow.found(told.outcome, told.start, told.end, sure, told.why), status, notes
    if form != "agreement":
        return None, None, ["no_decision"] if matter.item else []
    match = SIGNED.search(flow.body)
    if match is None or BLANK.search(flow.body):
        return None, None, ["not_signed"]
    line = flow.line_at(match.start())
    dated = fields.document_date(flow, len(flow.body)) is not None
    signed: Sure = "likely" if dated and match[0].casefold().startswith("undertecknad") else "unsure"
    held = flow.starts[line], flow.end_of(line)
    return flow.found("undertecknad", *held, signed, "signed"), flow.found("decided", *held, signed, "signed"), []


def _around(flow: Flow, matter: Matter, form: str, numbered: Sequence[Item], told: Verdict | None) -> Proposal:
    """What stands around the decision: whose it is, its numbers and dates, who prepared it and who decides."""
    head_end = matter.head_end(flow)
    front = flow.starts[numbered[0].first] if numbered else head_end
    top = head_end if len(numbered) <= 1 else front
    own, others = fields.own_number(flow, _places(flow, matter, head_end, front, len(numbered)))
    series = None if matter.item else series_number(flow.body, min(head_end, 400))
    recorded = matter.item is not None or form in MINUTES
    meeting = fields.meeting_date(flow, top, decision=form == "decision") if recorded else None
    of_letter = form == "letter" and told is not None and told.status == "decided"
    if of_letter and told:
        meeting = fields.told_date(flow, told.start, told.end)
    decider = _decider(flow, told, top, recorded)
    prepared = _prepared(flow, matter, told, meeting, decider, top, recorded=recorded)
    stated = (told.start, told.end) if told else None
    places = [(0, len(flow.body))] if len(numbered) <= 1 else [(0, front), (matter.start, matter.end)]
    return Proposal(
        organisation=senders.organisation(flow, max(top, flow.end_of(min(3, len(flow.lines) - 1))), stated, places),
        dnr=own,
        other_dnr=others,
        number=flow.found(" ".join(series["value"].split()), series.start(), series.end(), "sure", "heading")
        if series
        else None,
        paragraph=fields.paragraph(flow, matter.item)
        or (fields.head_paragraph(flow, head_end) if recorded else None)
        or (fields.told_paragraph(flow, told.start, told.end) if of_letter and told else None),
        document_date=None if recorded else fields.document_date(flow, top),
        meeting_date=meeting,
        adjusted_on=fields.adjusted_on(flow, matter.start, matter.end) if recorded else None,
        prepared_by=prepared,
        deciding_body=decider,
        recipients=recipients(flow, matter.found),
        attachments=attachments(flow, matter.found),
    )


def _places(flow: Flow, matter: Matter, head_end: int, front: int, count: int) -> list[tuple[int, int]]:
    """Where to look for a case number: the head of the matter, then of the document, then all of the matter."""
    places = [(matter.start, head_end)]
    if count <= 1:
        places += [(0, front), (matter.start, matter.end)]
    else:
        places.append((matter.start, min(matter.end, head_end + 400)))
    return places


def _decider(flow: Flow, told: Verdict | None, top: int, recorded: bool) -> Found | None:
    """Who decides: who the decision says, else the board in the document's head."""
    if told is not None and told.decider is not None:
        return flow.found(told.decider.value, told.decider.start, told.decider.end, "sure", "named_in_decision")
    if told is not None and told.status == "proposed" and recorded:
        return None
    if told is not None and (taken := TAKEN_BY.search(flow.body)):
        by = next(bodies(flow.body, taken.end(), taken.end() + 60), None)
        if by is not None and by.start == taken.end():
            return flow.found(by.value, by.start, by.end, "likely", "in_text")
    held = next((body for body, _dated in senders.head_bodies(flow, top)), None)
    return flow.found(held.value, held.start, held.end, "likely", "in_head") if held else None


def _prepared(
    flow: Flow,
    matter: Matter,
    told: Verdict | None,
    meeting: Found | None,
    decider: Found | None,
    top: int,
    *,
    recorded: bool,
) -> tuple[Preparation, ...]:
    """Who prepared the matter; where minutes only propose, those whose minutes they are."""
    name = decider.value if decider else ""
    found: list[Preparation] = []
    if recorded and told is not None and told.status == "proposed":
        heads = [body for body, _dated in senders.head_bodies(flow, top)]
        own = told.proposer or next(iter(heads), None)
        own = next((body for body in heads if own and _part_of(body.value, own.value)), own)
        if own is not None and own.value != name:
            held = flow.found(own.value, own.start, own.end, "sure", "prepares")
            found.append(Preparation(held, meeting, fields.paragraph(flow, matter.item)))
    begun = matter.start if recorded else matter.head_end(flow)  # in a paper's head stands who wrote it
    found += fields.preparations(flow, begun, matter.end, name)
    if told is not None and told.proposer is not None and told.proposer.value != name and not recorded:
        held = flow.found(told.proposer.value, told.proposer.start, told.proposer.end, "sure", "proposes")
        found.append(Preparation(held, None, None))
    return fields.merged(found)


def _part_of(name: str, short: str) -> bool:
    """Whether a body is called by the last word of its name."""
    return name.split()[-1].endswith((short, short.removesuffix("et")))


def _with_document(
    flow: Flow, matter: Matter, told: Verdict | None, around: Proposal, outcome: Found | None, status: Found | None
) -> Proposal:
    """The record with the document it is about, and what is decided."""
    start = matter.item.title_start if matter.item else matter.start
    title = documents.title_of(flow, start, matter.head_end(flow), item=matter.item is not None)
    if title and matter.item and matter.item.sure != "sure" and title.sure == "sure":
        title = msgspec.structs.replace(title, sure="likely")  # no surer than that an item begins there
    decided = [(told.start, told.end, "in_decision")] if told else []
    head = [(start, matter.head_end(flow), "in_title")]
    listed = [
        (section.start, section.end, "in_attachments") for section in matter.found if section.kind == "attachments"
    ]
    condition = told.condition if told else None
    kind = documents.kind_of(flow, [*decided, *head, (matter.start, matter.end, "in_text")])
    return msgspec.structs.replace(
        around,
        title=title,
        kind=kind or (msgspec.structs.replace(title, value="other", sure="unsure") if title else None),
        version=documents.version_of(flow, [*decided, *head, *listed]),
        period=documents.period_of(flow, [*decided, *head]),
        outcome=outcome,
        status=status,
        condition=flow.found(" ".join(flow.body[condition[0] : condition[1]].split()), *condition)
        if condition
        else None,
    )
