"""What people do in a call-out, as deeds of `tests.deeds`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from samlad.activation.actions.answering import answer_call
from samlad.activation.actions.assessing import assess
from samlad.activation.actions.board import called_by_hand, name_stand_in, resend
from samlad.activation.actions.telling import tell_calling
from samlad.activation.asked import asked, calls_of
from samlad.activation.calling_fold import CallOut
from samlad.activation.entries.calling import CalledOut, Option
from samlad.activation.entries.trigger import Assessed
from samlad.base import clock
from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.journal.who import SYSTEM
from samlad.notify import ladder
from samlad.notify.models import Recipient

if TYPE_CHECKING:
    from tests.deeds import Deed, Scene

OPTIONS: Final = (Option("comes", "Kommer", "yes", True), Option("not", "Ej berörd", "no"))


def word(scene: "Scene", deed: "Deed") -> str:
    """A word that stands in what this deed writes and nowhere else."""
    return f"ord{len(scene.entries(SYSTEM))}av{deed.by.replace('_', '')}"


def latest(scene: "Scene") -> CallOut:
    """The latest call. Raises Refused where there is none."""
    calls = list(calls_of(scene.operation).calls.values())
    if not calls:
        raise Refused("nobody is called")
    return calls[-1]


def call(scene: "Scene", deed: "Deed") -> None:
    """RSK calls some actors, and the program tells of what it did."""
    actors = ("nacka", "sodertalje", "polisregion-stockholm")[: 1 + deed.which % 3]
    said = word(scene, deed)
    told = CalledOut("call_out", actors, f"Möte {said}", f"Text {said}", f"Kort {said}", options=OPTIONS)
    before = scene.entries(SYSTEM, "activation.assessed")
    replaces = before[-1].id if before else None
    grounds = Assessed("conference", grounds=f"Skäl {said}")
    assess(by=scene.who(deed.by), operation=scene.operation, told=grounds, call=told, replaces=replaces)
    while ladder.climb():
        pass
    tell_calling()


def answer(scene: "Scene", deed: "Deed") -> None:
    """Somebody who was asked answers by their link."""
    found = list(Recipient.objects.select_related("call__alert").filter(call__alert=latest(scene).id).order_by("pk"))
    if not found:
        raise Refused("nobody is asked")
    about = asked(found[deed.which % len(found)], clock.now())
    assert about is not None
    told = about.answer(OPTIONS[deed.which % 2], "link", "TiB", f"Svar {word(scene, deed)}")
    answer_call(by=about.who, asked=about, told=told, id=new_id())


def actor_of(found: CallOut, deed: "Deed") -> dict[str, Any]:
    """One of the actors in a call."""
    return {"call": found.id, "actor": list(found.actors)[deed.which % len(found.actors)], "id": new_id()}


CALLING: Final[dict[str, Callable[["Scene", "Deed"], object]]] = {
    "call": call,
    "call_answer": answer,
    "call_by_hand": lambda scene, deed: called_by_hand(
        by=scene.who(deed.by), operation=scene.operation, reached=deed.line, note=f"Ringt {word(scene, deed)}",
        **actor_of(latest(scene), deed),
    ),
    "call_stand_in": lambda scene, deed: name_stand_in(
        by=scene.who(deed.by), operation=scene.operation, name=f"Ersätter {word(scene, deed)}",
        **actor_of(latest(scene), deed),
    ),
    "call_again": lambda scene, deed: resend(
        by=scene.who(deed.by), operation=scene.operation, call=latest(scene).id, actors=list(latest(scene).actors),
        id=new_id(),
    ),
}  # fmt: skip
"""By their names."""
