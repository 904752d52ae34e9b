"""Who gets what of the registers: a part of the table in `access.py`."""

from collections.abc import Iterator
from typing import Final

from tests.access_words import (
    HUMANS,
    KEEPERS,
    NACKA,
    NACKAS_KEEPERS,
    Row,
    everybody,
    open_to_all,
    read,
    send,
    to,
    write,
)

PEOPLE: Final = """Nacka's: its duty officer's page, its network, screen and invitation, and a liaison it asks to
borrow."""
ROSTERS: Final = """Nacka's roster of duty officers: a pattern, and a shift that the duty officer has asked the one on
loan to take."""
SEEING_PEOPLE: Final = HUMANS - {"ended", "registrar"}


def registers() -> Iterator[list[Row]]:
    """The registers: read by all, people included; written by administrators and the secretariat."""
    for name in ("", "_actors", "_actor", "_areas", "_area", "_networks", "_cards", "_card", "_call_out"):
        yield read(f"registers{name}", HUMANS)
    for name in ("_people", "_person"):
        yield read(f"registers{name}", SEEING_PEOPLE)
    for name in ("actor_new", "actor_version_new", "actor_edit", "population_new", "person_new"):
        yield write(f"registers_{name}", KEEPERS)
    for name in ("card_new", "card_edit", "call_out_text_new", "call_out_answer_new", "call_out_edit"):
        yield write(f"registers_{name}", KEEPERS)
    yield write("registers_password", frozenset({"administrator"}))


def people() -> Iterator[list[Row]]:
    """Nacka's people (the one in the addresses is its duty officer), its networks, screens, loans and invitations."""
    keepers = KEEPERS | NACKAS_KEEPERS
    for name in ("person_edit", "seat_new", "seat_edit", "seat_end", "loan_new"):
        yield write(f"registers_{name}", keepers)
    yield write("registers_loan", keepers, to(KEEPERS, "302", "404", actor_administrator="409"))
    yield write("registers_phone", NACKAS_KEEPERS | {"duty_officer"})
    yield read("registers_gaps", keepers, forms=("format=csv", "format=rosters.csv"))
    yield read("registers_past", keepers)
    yield read("our_people", keepers)
    yield write("invitation_new", keepers, to(keepers, "200", "404"))
    yield send("invitation_resend", to(keepers, "200", "404"))
    yield send("invitation_withdraw", to(keepers, "302", "404"))
    yield write("screens", NACKAS_KEEPERS, to(NACKAS_KEEPERS, "200", "404"))
    yield send("screen_link", to(NACKAS_KEEPERS, "200", "404"))
    yield send("screen_end", to(NACKAS_KEEPERS, "302", "404"))
    yield write("person_sign_in", NACKAS_KEEPERS)
    yield write("person_identities", NACKAS_KEEPERS, to(NACKAS_KEEPERS, "422", "404"))
    own, nackas = HUMANS - {"ended", "observer", "registrar"}, NACKA - {"registrar"}
    yield write("registers_network_new", own, to(nackas, "302", "422", **dict.fromkeys(HUMANS - own, "404")))
    yield read("registers_network", NACKA)
    for name in ("edit", "end"):
        yield write(f"registers_network_{name}", nackas)


def rosters() -> Iterator[list[Row]]:
    """Rosters: read by all who see people, kept by Nacka's administrators and the secretariat."""
    keepers = KEEPERS | NACKAS_KEEPERS
    for name in ("rosters", "roster"):
        yield read(f"registers_{name}", SEEING_PEOPLE, forms=("at=2026-11-27T17:00",))
    for name in ("roster_edit", "shift_new", "shift_edit", "shift_remove", "pattern_new", "pattern_end"):
        yield write(f"registers_{name}", keepers)
    yield write("registers_roster_import", keepers, to(keepers, "200", "404"))  # a preview
    yield write("registers_handover_new", frozenset({"duty_officer"}))
    yield read("registers_shifts", HUMANS)
    yield send("registers_feed", to(HUMANS, "302", ""))
    owner = frozenset({"duty_officer"})
    yield write("registers_swap_new", owner, to(owner, "422", "404"))  # nobody else has the role
    asked = keepers | {"duty_officer", "lent"}
    yield write("registers_swap", asked, to(asked, "409", "404", duty_officer="302"))
    yield open_to_all("registers_shift_feed", everybody("404"), everybody("405"))
