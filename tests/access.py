"""Who gets what: every address of the program, for every kind of reader. One table; the tests try all of it.

`python -m tests.access` writes it to docs/access.md, for people.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.access_drills import DRILLS, drills
from tests.access_governance import GOVERNANCE, governance
from tests.access_registers import PEOPLE, ROSTERS, people, registers, rosters
from tests.access_words import (
    DUTY,
    HUMANS,
    KEEPERS,
    LEADING,
    NACKA,
    NACKAS_KEEPERS,
    NACKAS_TIB,
    READERS,
    READING,
    SETTING_MODES,
    SETTING_STATE,
    SODERTALJE,
    Area,
    Row,
    everybody,
    limited,
    open_to_all,
    read,
    refused_method,
    send,
    to,
    write,
)

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "access.md"

ANSWERS: Final = {
    "200": "the page",
    "302": "done, and on to the next page",
    "sign in": "sent to the sign-in page",
    "400": "not understood (here: a passkey that is none)",
    "403": "told why not",
    "404": "not there for this reader, and in nothing different from what does not exist",
    "405": "not by this method",
    "409": "refused with a sentence, what was typed stays",
    "422": "wrongly filled in, what was typed stays",
}
INTRODUCTION: Final = f"""# Who gets what

Every address of the program for every kind of reader, as `tests/test_access.py` tries it. Made from
`tests/access.py` by `python -m tests.access`; change it there.

{" · ".join(f"{code}: {what}" for code, what in ANSWERS.items())}.

The readers, and how they stand to the operation that is tried:
"""
OPERATION: Final = """Nacka raised it, Södertälje has reported: to all, and once to Nacka and the county board only
(limited)."""
OPEN_TO_ALL: Final = """## Live streams

Beside these, `/live/<ticket>` is a page's live stream. The ticket is signed, stands in a page that its reader got,
names that reader's seats and is valid for an hour. It opens a stream only together with the session of that very
person, while the person has those seats and may read the operation: 403 for anybody else's, a forged or an old one, 429
for one stream too many, 503 while that can't be looked up. An open stream ends within half a minute of its session or
seat (`samlad/web/tests/test_readers.py`, `tests/test_fuzz_streams.py`).

## Open without sign-in, and why
"""

OPEN: Final = {
    "healthz": "asked by machines that watch the service; says ok or not, and nothing else",
    "sign_in": "where one says who one is",
    "sign_in_passkey": "the same with a passkey; before that it gives a fresh challenge, to everybody",
    "sign_in_code": "the second step of the same; leads back to the first where there was none",
    "demo_sign_in": "the same with one click in a demo, and not there otherwise",
    "forgotten": "who has forgotten the password can't sign in; the answer tells nothing of who has an account",
    "forgotten_new": "the next step of the same, by a signed link from a letter that works once",
    "set_language": "the sign-in page is read in either language; it sets a cookie and leads back",
    "federation_begin": "sends one to the identity provider of one's organisation, by its name in the operator's file",
    "federation_answer": "where an OpenID provider sends one back; takes a signed answer to what was asked for",
    "federation_acs": "where a SAML provider sends one back, from another site and without our cookie; hands on only",
    "federation_finish": "the next step of the same, from our own site: takes the signed answer to what was asked for",
    "federation_metadata": "what a SAML provider's operator reads to know this service: public keys and addresses",
    "invitation": "whoever is invited has no account yet; the link holds a secret that works once, for some days",
    "way_confirm": "whoever is reached by a test message answers it where they are; the link is signed and works once",
    "push_worker": "the script by which a browser shows notices, also of somebody who is signed out; the same for all",
    "meeting_feed": "calendar programs can't sign in; the signed address shows when and where the actor's meetings are",
    "registers_shift_feed": "calendar programs can't sign in; the signed address shows one person's own shifts only",
    "alarm_in": "another system raises the alarm by a message that is signed with its own key, of this minute",
    "answer": "whoever is called at night answers by one tap; the signed link answers that call only, for its actor",
    "sms_in": "an SMS gateway brings answers; with its signature or secret, and not there without",
    "voice_answer": "a gateway brings the key that was pressed in our call; the address it asks is signed by us",
    "open_catalogue": "lists the open data that the secretariat has opened to all, and nothing else",
    "open_json": "a set of open data, where the secretariat has opened it; to others than readers not there otherwise",
    "open_csv": "the same as a sheet",
    "screen_open": "a screen on a wall has nobody who signs in; the link holds a secret that works once, for minutes",
}
"""The addresses that need no sign-in, and why."""


def doors() -> Iterator[list[Row]]:
    """Signing in and out."""
    yield open_to_all("healthz", everybody("200", wall="200"), everybody("405"))
    yield open_to_all("sign_in", everybody("302", anonymous="200", wall="302"), everybody("302", anonymous="422"))
    yield open_to_all("sign_in_passkey", everybody("302", anonymous="200"), everybody("302", anonymous="400"))
    yield open_to_all("sign_in_code", everybody("302"), everybody("302"))
    yield open_to_all("demo_sign_in", everybody("405"), everybody("404"))
    yield open_to_all("forgotten", everybody("302", anonymous="200"), everybody("302", anonymous="422"))
    yield open_to_all("set_language", everybody("405"), everybody("302"))
    yield open_to_all("push_worker", everybody("200"), everybody("405"))
    for route in ("forgotten_new", "invitation", "screen_open", "way_confirm"):  # without the secret of the link
        yield open_to_all(route, everybody("404"), everybody("404"))
    for route in ("begin", "answer", "metadata"):  # of a provider that is not in the operator's file
        yield open_to_all(f"federation_{route}", everybody("404"), everybody("405"))
    for route in ("acs", "finish"):
        yield open_to_all(f"federation_{route}", everybody("405"), everybody("404"))
    # The link is Nacka's duty officer's: good for whoever has it and is not known to be somebody of another actor.
    mine = everybody("409", anonymous="200", duty_officer="200", lent="200")
    yield open_to_all("answer", mine, mine)
    yield open_to_all("alarm_in", everybody("405"), everybody("401"))  # without a signature
    for route in ("sms_in", "voice_answer"):  # without the gateway's proof
        yield open_to_all(route, everybody("405"), everybody("404"))
    yield send("sign_out", to(HUMANS, "302", ""))
    yield send("seat", to(NACKA, "302", "404"))


def account() -> Iterator[list[Row]]:
    """One's own account."""
    for route in ("account", "account_set_up", "account_identities", "privacy_mine"):
        yield read(route, HUMANS)
    for route in ("account_passkey_new", "account_codes", "account_password"):
        yield write(route, HUMANS, to(HUMANS, "422", ""))
    yield write("break_glass", HUMANS, to(HUMANS, "409", ""))
    for route in ("account_sessions_end", "mend_glass"):
        yield send(route, to(HUMANS, "302", ""))
    nobody: frozenset[str] = frozenset()
    for route in ("account_passkey", "account_recovery"):  # of what one does not have
        yield write(route, nobody)
    for route in ("account_codes_remove", "account_identity_new", "account_identity_end"):
        yield send(route, to(nobody, "", "404"))


def ways() -> Iterator[list[Row]]:
    """How people and switchboards are reached. The way in the addresses is Nacka's duty officer's own."""
    yield read("my_ways", HUMANS)
    yield write("way_new", HUMANS, to(HUMANS, "422", ""))
    for route in ("way_push", "way_back"):
        yield send(route, to(HUMANS, "302", ""))
    for route in ("way_move", "way_test"):
        yield send(route, to(NACKAS_TIB, "302", "404"))
    yield send("way_mark", to(frozenset(), "", "404"))  # no switchboard's
    yield write("way_code", NACKAS_TIB, to(NACKAS_TIB, "422", "404"))
    yield write("way_remove", NACKAS_TIB)
    seeing = KEEPERS | {"rsk"}
    yield read("ways_overview", seeing)
    yield read("actor_ways", seeing | NACKAS_KEEPERS)
    yield write("actor_way_new", NACKAS_KEEPERS, to(NACKAS_KEEPERS, "422", "404"))


def everyday() -> Iterator[list[Row]]:
    """The first page, the outbox and the green button."""
    yield [Row("home", "GET", to(HUMANS, "200", "", wall="302", registrar="302")), refused_method("home", "POST")]
    yield read("outbox", HUMANS)
    # Whoever has a duty may raise the alarm, of whatever actor: better one too many.
    officers = DUTY | {"stranger"}
    yield [Row("raise", "GET", to(officers, "200", "403")), Row("raise", "POST", to(officers, "302", "403"))]


def wall() -> Iterator[list[Row]]:
    """The pages of a wall screen."""
    for route, answer in (("wall", "302"), ("wall_operation", "200"), ("wall_calling", "200")):
        yield [Row(route, "GET", to(HUMANS, "404", "", wall=answer)), refused_method(route, "POST")]


def operation() -> Iterator[list[Row]]:
    """The pages of an operation that Nacka raised and in which Södertälje has reported."""
    for route in ("operation", "journal", "api_entries", "report", "entry", "actor_reports", "figures"):
        yield read(route)
    yield read("file")
    yield [limited("report"), limited("entry"), limited("file")]
    yield read("reports", forms=("format=json",))
    for route in ("pictures", "picture", "picture_pdf"):
        yield read(route)
    yield write("acknowledge", READING, to(DUTY, "302", "404", **dict.fromkeys(READING - DUTY, "409")))
    # Whoever reads it sees the assessment; the form is the coordinator's. (Somebody has assessed it since: 409.)
    yield write("assessment", READING, to(READING, "403", "404", rsk="409"))
    yield send("call_withdraw", to(frozenset({"rsk"}), "302", "404"))
    yield read("calling")
    yield write("calling_actor", READING, to(READING, "409", "404", rsk="302"))
    yield send("calling_resend", to(READING, "409", "404", rsk="302"))
    yield write("situation", READING, to(READING, "409", "404", **dict.fromkeys(LEADING, "302")))
    yield write("stand_down", LEADING)
    yield write("report_new", DUTY)
    yield write("pointer_new", DUTY)
    yield send("report_unchanged", to(DUTY, "409", "404", **dict.fromkeys(SODERTALJE, "302")))
    yield read("desk", LEADING)
    for route in ("desk_take", "desk_drop", "desk_assess"):
        yield send(route, to(LEADING, "302", "404"))
    yield write("desk_preview", LEADING, at="302")
    yield write("deadline", LEADING)
    yield write("entry_widen", SODERTALJE, to(SODERTALJE, "409", "404"))  # all may read it already
    for route in ("entry_narrow", "entry_mark"):
        yield write(route, SODERTALJE)
    yield read("readings", DUTY)
    yield read("cards")
    # The card in the address is for duty officers: of Nacka, and of nobody else among these.
    yield write("card", NACKAS_TIB)
    # It is an exercise: what is set here is set in it only.
    yield write("played_own", SETTING_MODES)
    yield write("played_national", SETTING_STATE)


def modes() -> Iterator[list[Row]]:
    """The modes of what is live: read by whoever has a seat; an actor's by its duty officers and chiefs."""
    yield read("mode", HUMANS - {"ended"})
    yield write("mode_own", SETTING_MODES)
    yield write("mode_national", SETTING_STATE)
    yield read("weekly", HUMANS - {"ended"})
    for name in ("schedule", "week"):
        yield write(f"weekly_{name}", KEEPERS)


def looking_after() -> Iterator[list[Row]]:
    """What only system administrators do, and the register of processing."""
    administrators = frozenset({"administrator"})
    yield read("privacy", HUMANS)
    yield read("privacy_person", administrators)
    yield write("privacy_decide", administrators)
    yield write("providers", administrators, to(frozenset(), "", "404"))
    for route in ("person_identity_end", "person_glass_end"):  # of what the person does not have
        yield send(route, to(frozenset(), "", "404"))


def area(title: str, rows: Iterator[list[Row]], about: str = "") -> Area:
    """The rows of a part of the program."""
    return Area(title, about, [row for some in rows for row in some])


AREAS: Final = (
    area("Signing in and out, language, seat", doors(), "Links are tried without the secret that makes them open."),
    area("One's own account", account(), "Tried by people who have added no second factor."),
    area("How one is reached", ways()),
    area("Every day", everyday()),
    area("A wall screen", wall()),
    area("An operation", operation(), OPERATION),
    area("Modes, and the weekly conference", modes()),
    area("Registers", registers()),
    area("People of one actor", people(), PEOPLE),
    area("Rosters", rosters(), ROSTERS),
    area("Test alarms", drills(), DRILLS),
    area("Governance", governance(), GOVERNANCE),
    area("Looking after the program", looking_after()),
)
ROWS: Final = [row for part in AREAS for row in part.rows]


def table(rows: list[Row]) -> Iterator[str]:
    """Some rows as a Markdown table."""
    names = [reader.replace("_", " ") for reader in READERS]
    yield f"| address | method | {' | '.join(names)} |"
    yield f"|---|---|{'---|' * len(names)}"
    for row in rows:
        cells = " | ".join(row.gets[reader] for reader in READERS)
        yield f"| {row.name} | {row.method} | {cells} |"


def document() -> str:
    """The table as Markdown."""
    lines = [INTRODUCTION, *(f"- **{reader.replace('_', ' ')}**: {who}" for reader, who in READERS.items()), ""]
    for part in AREAS:
        lines += [f"## {part.title}", "", *([part.about, ""] if part.about else []), *table(part.rows), ""]
    lines += [OPEN_TO_ALL, *(f"- `{route}`: {why}" for route, why in OPEN.items()), ""]
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(document())
