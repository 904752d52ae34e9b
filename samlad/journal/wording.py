"""What the journal's codes are called, in the reader's language."""

from django.utils.translation import gettext as _

from samlad.journal.fold import Basics


def readers(audience: str, basics: Basics) -> str:
    """Who reads something with this audience (its stored text), as a sentence part: "all participants"."""
    to, _separator, whom = audience.partition(":")
    if to == "own":
        return _("only %(actor)s") % {"actor": basics.short(whom)}
    if to == "actors":
        return _("only %(actors)s") % {"actors": ", ".join(basics.short(code) for code in whom.split(","))}
    if to == "level":
        return _("only the level %(level)s") % {"level": whom}
    if to == "public":
        return _("everybody, also the public")
    return _("all participants and observers")
