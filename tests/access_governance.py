"""Who gets what of governance. One function for each part."""

from collections.abc import Iterator
from typing import Final

from tests.access_words import GOVERNED, KEEPING, SPEAKING_FOR_NACKA, Row, read, send, to, write

GOVERNANCE: Final = """What all parties read is for everybody with a role at a party. What an actor records is
tried for Nacka; what is joint is the secretariat's."""


def front() -> Iterator[list[Row]]:
    """The front pages, and files."""
    yield read("governance", GOVERNED)
    yield read("paper", GOVERNED)


def documents() -> Iterator[list[Row]]:
    """Steering documents."""
    yield from ()


def goals() -> Iterator[list[Row]]:
    """Joint goals and capabilities."""
    yield from ()


def adoption() -> Iterator[list[Row]]:
    """Adoption by each actor. What is planned and decided, and an extract that was read, is Nacka's."""
    files = ("format=csv", "format=xlsx", "format=json")
    speaking = SPEAKING_FOR_NACKA
    yield read("adoption", GOVERNED)
    yield read("dispatch", GOVERNED, forms=files)
    yield read("adoption_pdf", GOVERNED)
    yield read("receiver", GOVERNED)
    yield read("adoption_actor", GOVERNED)
    for name in ("dispatch_new", "dispatch_change", "receiver_new", "receiver_change", "extracts"):
        yield write(name, KEEPING, to(KEEPING, "422", "404"))
    yield send("adoption_letters", to(KEEPING, "302", "404"))
    yield send("receiver_letter", to(KEEPING, "302", "404"))
    yield write("receiver_plans", speaking)
    for name in ("adoption_decision_new", "adoption_decision_change", "adoption_decision_remove", "extract_new"):
        yield write(name, speaking, to(speaking, "422", "404"))
    yield write("extract", speaking, to(speaking, "422", "404"))
    yield send("extract_remove", to(speaking, "302", "404"))


def plan() -> Iterator[list[Row]]:
    """The annual plan and the annual report."""
    yield from ()


def bodies() -> Iterator[list[Row]]:
    """Bodies and meetings."""
    yield from ()


def money() -> Iterator[list[Row]]:
    """Budgets and fees."""
    yield from ()


def lent() -> Iterator[list[Row]]:
    """Lent staff. What it costs is for the lender (Nacka) and the secretariat; certifying is the secretariat's."""
    speaking = SPEAKING_FOR_NACKA
    yield read("lent", GOVERNED, forms=("format=csv", "format=xlsx", "format=json"))
    yield write("secondment_new", speaking | {"chief"}, to(speaking | {"chief"}, "422", "404"))
    yield read("secondment", GOVERNED)
    yield write("secondment_edit", KEEPING, to(KEEPING, "422", "404"))
    yield write("secondment_answer", speaking, to(speaking, "422", "404"))
    yield write("secondment_break_off", speaking, to(speaking, "422", "404"))
    yield write("month_report", speaking, to(speaking, "422", "404"))
    yield write("month_cost", speaking, to(KEEPING, "422", "404"))
    yield read("lent_costs", speaking | {"chief"})
    yield read("lent_actor", speaking)
    yield read("lent_pool", GOVERNED)
    yield write("pool_member_new", KEEPING, to(KEEPING, "422", "404"))
    yield write("pool_member", KEEPING, to(KEEPING, "422", "404"))
    yield write("pool_rates_new", KEEPING, to(KEEPING, "422", "404"))
    yield write("pool_rates", KEEPING, to(KEEPING, "422", "404"))
    yield write("pool_paid", KEEPING, to(KEEPING, "422", "404"))
    yield read("pool_month", speaking | {"chief"})
    yield write("pool_basis", speaking, to(KEEPING, "422", "404"))


def governance() -> Iterator[list[Row]]:
    """All of it."""
    for part in (front, documents, goals, adoption, plan, bodies, money, lent):
        yield from part()
