"""What speaks against a file being about this actor and this document: said before anybody records anything."""

import re
from typing import Final

from django.utils.translation import gettext as _

from samlad.governance.adoption.queries import Asked
from samlad.governance.adoption.standing import Standing
from samlad.governance.reading.found import Proposal

YEARS: Final = re.compile(r"\b(?:19|20)\d\d\b")
WORDS: Final = re.compile(r"\w+")
LEGAL_FORMS: Final = frozenset({"kommun", "kommuns", "stad", "stads", "region", "län", "läns", "i", "och", "ab"})
"""Words in the names of many actors: they tell none from another."""


def doubts(proposal: Proposal, asked: Asked, standing: Standing) -> list[str]:
    """Sentences, one for each thing in the file that does not fit the recipient and the document it was sent in for."""
    found = []
    title = proposal.title.value if proposal.title else ""
    theirs, ours = set(YEARS.findall(title)), set(YEARS.findall(asked.title))
    if theirs and ours and not theirs & ours:
        shown = {"theirs": title, "ours": asked.name}
        found.append(_("The file seems to be about another document: “%(theirs)s”, not “%(ours)s”.") % shown)
    whose = proposal.organisation.value if proposal.organisation else ""
    if whose and not same_actor(whose, standing.actor.name, standing.actor.short):
        shown = {"theirs": whose, "ours": standing.actor.name}
        found.append(_("The file seems to be another actor's: “%(theirs)s”, not “%(ours)s”.") % shown)
    return found


def same_actor(stated: str, *names: str) -> bool:
    """Whether what a document calls itself can be an actor: one telling word in common, inflected or not."""
    telling = {word.rstrip("s") for word in WORDS.findall(stated.casefold())} - {one.rstrip("s") for one in LEGAL_FORMS}
    return any(telling & {word.rstrip("s") for word in WORDS.findall(name.casefold())} for name in names)
