"""The real server, which calls out and answers when told: `python -m bench.called`.

What is told back is the moment just before the decision was appended, and the one at which an answer had been, on the
clock that all processes share.
"""

import os
import time
from datetime import timedelta
from typing import Any
from uuid import UUID

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "samlad.web.settings"
django.setup()

from django.db import transaction  # noqa: E402  what follows needs Django

from bench.peers import listen, say  # noqa: E402
from bench.region import liaisons, operation  # noqa: E402
from samlad.activation.actions import acknowledge  # noqa: E402
from samlad.activation.entries.calling import CalledOut, Purpose  # noqa: E402
from samlad.base.clock import now  # noqa: E402
from samlad.journal.append import append  # noqa: E402
from samlad.journal.entries import Draft  # noqa: E402
from samlad.journal.who import Who  # noqa: E402
from samlad.notify import alerts  # noqa: E402
from samlad.web.management.commands.serve import collect_static_files  # noqa: E402
from samlad.web.server import serve  # noqa: E402
from tests.running import free_port  # noqa: E402


def main() -> None:
    """Serve as `samlad serve` does."""
    people = liaisons()
    where = operation(people, 100)

    def told_to(words: dict[str, Any]) -> None:
        if "answer" in words:
            acknowledge(by=people[int(words["answer"])], operation=where, affected="yes")
            say(at=time.monotonic_ns())
        else:
            call(where, people, int(words["actors"]), str(words["role"]))

    collect_static_files()
    port = free_port()
    listen(told_to)
    say(port=port)
    serve("127.0.0.1", port, worker=True)


def call(where: UUID, people: list[Who], number: int, role: str) -> None:
    """Call out to so many actors' people in a role; tell when it began."""
    purpose: Purpose = "call_out"
    actors = tuple(who.actor for who in people)[:number]
    called = CalledOut(purpose, actors, "Larm: snö", "Vad: snö. Var: länet.", "Snö i länet.")
    began = time.monotonic_ns()
    with transaction.atomic():
        told = append(Draft(where, called), by=people[0])[0]
        alert = alerts.AlertDraft(
            told.id,
            where,
            purpose,
            actors,
            called.subject,
            called.text,
            called.short,
            False,
            now() + timedelta(hours=2),
            roles=(role,),
            next_way=None,
            ladder=((0, "first"),),
        )
        alerts.open_alert(alert)
    say(began=began, committed=time.monotonic_ns(), operation=str(where))


if __name__ == "__main__":
    main()
