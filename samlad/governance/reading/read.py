"""Reading one document: from its text to proposed records of adoption."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from samlad.governance.reading import documents, senders
from samlad.governance.reading.flow import Flow, lines_of
from samlad.governance.reading.found import Form, Found, Reading
from samlad.governance.reading.furniture import without_furniture
from samlad.governance.reading.headings import sections, unfolded
from samlad.governance.reading.items import Item, items
from samlad.governance.reading.propose import SIGNED, Matter, proposal_of

ADDRESSED: Final = re.compile(r"^till:?\s+(?:\w+styrelsen|\w*fullmäktige|\w+nämnden|direktionen)\s*$", re.I | re.M)
SWEDISH: Final = re.compile(r"[åäö]|\b(?:och|att|för|som|med)\b", re.I)
ADMINISTRATIVE: Final = re.compile(
    r"\b(?:beslut\w*|dnr|diarienummer|kommunstyrelsen|kommunfullmäktige|protokoll\w*|tjänsteskrivelse|tjänsteutlåtande|antagande|förslag\s+till\s+beslut|nämnd\w*|"
    r"regionstyrelsen|landstingsstyrelsen|direktionen|länsstyrelsen|förvaltning\w*|överenskommelse\w*|avsiktsförklaring\w*|målbild\w*|undertecknad\w*|parterna|föreslår)\b|§",
    re.I,
)
MOST: Final = 20  # records from one document
LONGEST: Final = 1_500_000  # characters; more is not read


def read_text(text: str, *, titles: Sequence[str] = ()) -> Reading:
    """What a document proposes to record. `titles` are the steering documents that it may be about. Never raises."""
    flow = Flow(text, without_furniture(unfolded(lines_of(text[:LONGEST]))))
    if not flow.lines:
        return Reading(None, (), ("no_text",))
    hits = len(ADMINISTRATIVE.findall(flow.body[:200_000]))
    if hits < 2 or not SWEDISH.search(flow.body):
        return Reading(None, (), ("not_recognised",))
    numbered = [] if senders.own_clauses(flow) else items(flow)
    form = form_of(flow, numbered)
    told = [*_matters(flow, numbered)]
    chosen = _chosen(flow, told, titles)
    notes: list[str] = ["long_text"] if len(text) > LONGEST else []
    if not chosen:
        notes.append("no_matching_item" if numbered or form.value != "unknown" else "not_recognised")
        return Reading(form, (), tuple(notes))
    if len(chosen) > MOST:
        notes.append("many_items")
    read = [proposal_of(flow, matter, form.value, numbered, titles) for matter in chosen[:MOST]]
    proposals = tuple(proposal for proposal, _note in read if proposal is not None)
    notes += dict.fromkeys(note for _proposal, held in read for note in held)
    return Reading(form, proposals, tuple(notes), None if proposals else _title(flow, chosen[0]))


def form_of(flow: Flow, numbered: Sequence[Item]) -> Found:
    """What kind of document it is: what it says itself, else what its shape tells."""
    stated = senders.stated_form(flow, numbered=bool(numbered))
    kinds = {section.kind for section in sections(flow, 0, len(flow.lines))}
    if stated and stated.value == "protocol" and len(numbered) == 1:
        return _as(stated, "protocol_extract", "one_item")
    if stated and not (stated.value == "agreement" and kinds & {"decision", "proposal"}):
        return stated
    start, end = flow.starts[0], flow.end_of(0)
    if len(numbered) > 1 and "proposal" in kinds and "decision" not in kinds:
        return flow.found("agenda", start, end, "unsure", "shape")  # nothing is decided in it yet
    if numbered:
        start, end = flow.starts[numbered[0].first], flow.end_of(numbered[0].first)
        several: Form = "protocol" if len(numbered) > 1 else "protocol_extract"
        return flow.found(several, start, end, "likely", "shape")
    if "proposal" in kinds or ADDRESSED.search(flow.body, 0, 1500):
        return flow.found("tjänsteskrivelse", start, end, "unsure", "shape")
    if SIGNED.search(flow.body) and documents.kind_in(flow.body[:2000]):
        return flow.found("agreement", start, end, "unsure", "shape")
    if "decision" in kinds:
        return flow.found("unknown", start, end, "unsure", "shape")
    about = documents.concerns(flow.body[:3000], ())
    return flow.found("notice" if about else "unknown", start, end, "likely" if about else "unsure", "shape")


def _as(stated: Found, form: Form, why: str) -> Found:
    return Found(form, stated.passage, stated.start, stated.line, stated.page, "likely", why)


def _matters(flow: Flow, numbered: Sequence[Item]) -> Iterator[Matter]:
    if not numbered:
        yield Matter(None, sections(flow, 0, len(flow.lines)), 0, len(flow.body))
    for item in numbered:
        yield Matter(item, item.sections(flow), flow.starts[item.first], flow.end_of(item.last - 1))


def _chosen(flow: Flow, told: Sequence[Matter], titles: Sequence[str]) -> list[Matter]:
    """The matters about a steering document: those about ours by name, else those about one of the kind."""
    ranked = [(_rank(flow, matter, titles), matter) for matter in told]
    best = max((rank for rank, _matter in ranked), default=0)
    return [matter for rank, matter in ranked if rank and rank >= min(best, 2)]


def _rank(flow: Flow, matter: Matter, titles: Sequence[str]) -> int:
    """How surely a matter is about a steering document: by its title and what is decided or proposed."""
    said = [section for section in matter.found if section.kind in ("decision", "proposal")]
    lead = matter.found[0]
    texts = [flow.body[lead.start : min(lead.end, lead.start + 1500)]]
    texts += [flow.body[section.start : min(section.end, section.start + 4000)] for section in said]
    rank = documents.concerns("\n".join(texts), titles)
    if rank < 2 and matter.item is None:
        rank = max(rank, documents.concerns(flow.body[:6000], titles))
    return rank


def _title(flow: Flow, matter: Matter) -> Found | None:
    return documents.title_of(flow, matter.start, matter.head_end(flow), item=False)
