"""Choosing who may read what one writes, in any form: the fields, and what the form shows before it is sent.

Every choice says which actors and how many people it gives; the numbers stand there also without script.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

import msgspec
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlad.journal.audience import may_read
from samlad.journal.entries import ALL, OWN, Audience
from samlad.registers.networks import Network
from samlad.registers.readers import Circle, ReadBy, Reader, by_category
from samlad.registers.seldom import Maker, SeldomFields

LEVEL: Final = "level:inriktande"
CHOOSING: Final = ("audience", "network", "readers", "categories")
READERS: Final = gettext_lazy("Who may read it")
WORDS: Final = {
    "all": gettext_lazy("All participants and observers"),
    "set": gettext_lazy("A network of actors"),
    "actors": gettext_lazy("Only some actors"),
    "level": gettext_lazy("Only the direction level (inriktande)"),
    "public": gettext_lazy("Everybody, also the public"),
}


HELP: Final = {
    "all": gettext_lazy(
        "Share with everybody unless there is a reason not to. It can be taken into the joint picture."
    ),
    "set": gettext_lazy("Those of the network that take part, and %(own)s."),
    "actors": gettext_lazy(
        "Those you tick, and %(own)s. Whoever compiles the joint picture reads it only if you tick their actor."
    ),
    "level": gettext_lazy("Chiefs, and the coordinators (RSK), of all actors."),
    "own": gettext_lazy("Only those with a role at %(own)s. It does not reach the joint picture."),
    "public": gettext_lazy("On pages that anybody can read without signing in."),
}


class Offer(msgspec.Struct, frozen=True):
    """One choice of readers, with those it would give; None where that depends on what is chosen within it."""

    value: str
    label: str
    help: str
    read_by: ReadBy | None


class SetOffer(msgspec.Struct, frozen=True):
    """A network to choose: whom of it the operation has, and whom not."""

    network: Network
    chosen: bool
    read_by: ReadBy
    absent: tuple[str, ...]


class Tick(msgspec.Struct, frozen=True):
    """An actor to tick. `shared`: numbers that stand for people there who sit at other actors too."""

    reader: Reader
    chosen: bool
    shared: str

    @property
    def alone(self) -> int:
        """How many people sit only here."""
        return self.reader.people - len(self.shared.split())


class Group(msgspec.Struct, frozen=True):
    """The actors of a category to tick; `category` is empty where not all of them can be ticked at once."""

    label: str
    category: str
    chosen: bool
    ticks: tuple[Tick, ...]


class AudienceFields(SeldomFields):
    """The choice of readers, for a form to inherit. Template: registers/audience_field.html."""

    def __init__(self, *args: Any, circle: Circle, public: bool = False, **options: Any) -> None:
        """`circle`: who takes part in what is written about, and who writes; `public`: everybody may be chosen too."""
        self.circle = circle
        self.public = public
        super().__init__(*args, **options)
        # As functions: a list is gone through at once, also where nobody looks at it (a tenth of a post's time).
        self.fields["audience"] = forms.ChoiceField(choices=self.offered, widget=forms.RadioSelect, label=READERS)

    def seldom(self) -> Mapping[str, Maker]:
        """What is chosen within a choice."""
        circle, own = self.circle, self.circle.who.actor
        several = forms.MultipleChoiceField
        return {
            "network": lambda: forms.ChoiceField(
                choices=lambda: [(str(one.id), one.name) for one in circle.networks],
                required=False,
                widget=forms.RadioSelect,
                label=gettext_lazy("Network of actors"),
            ),
            "readers": lambda: several(
                choices=lambda: [(code, code) for code in circle.codes if code != own],
                required=False,
                label=gettext_lazy("Actors that may read it"),
            ),
            "categories": lambda: several(
                choices=lambda: [(one.category, one.category) for one in circle.participants.values()],
                required=False,
                label=gettext_lazy("All of a category"),
            ),
        }

    def offered(self) -> list[tuple[str, Any]]:
        """The choices there are. The level is for those who read it: nobody writes what they can't read themselves."""
        level = ["level"] if may_read(LEVEL, self.circle.who) else []
        words: list[tuple[str, Any]] = [(value, str(WORDS[value])) for value in ("all", "set", "actors", *level)]
        own = _("Only my own actor (%(actor)s)") % {"actor": self.circle.short(self.circle.who.actor)}
        return [*words, ("own", own), *([("public", str(WORDS["public"]))] if self.public else [])]

    def clean(self) -> dict[str, Any]:
        """That somebody is chosen where one has to choose."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("audience") == "actors" and not self.named():
            self.wrong("readers", _("Choose at least one actor, or another group of readers."))
        if typed.get("audience") == "set" and "network" not in self.errors:
            if not typed.get("network"):
                self.wrong("network", _("Choose a network, or another group of readers."))
            elif not self.members():
                self.wrong("network", _("Nobody in this network takes part in the operation."))
        return typed

    def named(self) -> tuple[str, ...]:
        """The actors that are ticked, themselves or by their category."""
        typed = self.cleaned_data
        categories = set(typed.get("categories", ()))
        ticked = set(typed.get("readers", ()))
        ticked |= {code for code, one in self.circle.participants.items() if one.category in categories}
        return tuple(code for code in self.circle.codes if code in ticked)

    def members(self) -> tuple[str, ...]:
        """Those of the chosen network that are in the operation. Later changes of the network change nothing sent."""
        chosen = next(one for one in self.circle.networks if str(one.id) == self.cleaned_data["network"])
        return tuple(code for code in self.circle.codes if code in chosen.members)

    def chosen_audience(self) -> Audience:
        """Who may read it."""
        match self.cleaned_data["audience"]:
            case "actors":
                return Audience("actors", actors=self.named())
            case "set":
                return Audience("actors", actors=self.members())
            case "level":
                return Audience("level", level="inriktande")
            case "own":
                return OWN
            case "public":
                return Audience("public")
            case _:
                return ALL

    @property
    def shown(self) -> "Shown":
        """What the template shows."""
        return Shown(self)


class Shown:
    """The choices of a form with their readers, for the template."""

    def __init__(self, form: AudienceFields) -> None:
        self.form = form
        self.circle = form.circle
        self.chosen = str(form["audience"].value() or "all")
        self.own = form.circle.who.actor

    @property
    def open(self) -> bool:
        """Whether the choices are unfolded: where something else than everybody is chosen, or something is wrong."""
        return self.chosen != "all" or any(name in self.form.errors for name in CHOOSING)

    @property
    def offers(self) -> list[Offer]:
        """The choices with their readers."""
        own = {"own": self.circle.short(self.own)}
        texts = {"all": "all", "level": LEVEL, "own": f"own:{self.own}", "public": "public"}
        return [
            Offer(value, label, HELP[value] % own, self.circle.read_by(texts[value]) if value in texts else None)
            for value, label in self.form.offered()
        ]

    @property
    def sets(self) -> list[SetOffer]:
        """The networks, each with those it would give."""
        chosen, codes = str(self.form["network"].value() or ""), set(self.circle.codes)
        return [
            SetOffer(
                one,
                str(one.id) == chosen,
                self.circle.read_by(Audience("actors", one.members).text(self.own)),
                tuple(code for code in one.members if code not in codes),
            )
            for one in self.circle.networks
        ]

    @cached_property
    def ticks(self) -> dict[str, Tick]:
        """Every actor with its people."""
        ticked, whole = set(self.form["readers"].value() or ()), self.whole
        numbers = {person: str(number) for number, person in enumerate(self.circle.several_seats)}
        return {
            one.code: Tick(
                one,
                one.code in ticked or (one.category in whole and not one.observer),
                " ".join(numbers[person] for person in self.circle.seats[one.code] if person in numbers),
            )
            for one in self.circle.read_by("all").actors
        }

    @property
    def whole(self) -> set[str]:
        """The categories that are ticked."""
        return set(self.form["categories"].value() or ())

    @property
    def own_tick(self) -> Tick | None:
        """One's own actor, which always reads; None where it is not in the operation."""
        return self.ticks.get(self.own)

    @property
    def groups(self) -> list[Group]:
        """The actors to tick, without one's own."""
        others = [tick.reader for code, tick in self.ticks.items() if code != self.own]
        return [
            Group(
                label,
                "" if them[0].observer else them[0].category,
                them[0].category in self.whole,
                tuple(self.ticks[one.code] for one in them),
            )
            for label, them in by_category(others)
        ]


def initial(audience: str, circle: Circle) -> dict[str, Any]:
    """How the fields are filled to send something to those who read what went before (its stored text).

    Never to more: where the level is not this author's to write to, it is for their own actor.
    """
    to, _separator, whom = audience.partition(":")
    if to == "actors":
        return {"audience": "actors", "readers": [code for code in whom.split(",") if code != circle.who.actor]}
    if to == "level":
        return {"audience": "level" if may_read(LEVEL, circle.who) else "own"}
    return {"audience": to if to == "own" else "all"}
