"""Who gets what of governance. One function for each part."""

from collections.abc import Iterator
from typing import Final

from tests.access_words import (
    GOVERNED,
    KEEPING,
    NACKA,
    SPEAKING_FOR_NACKA,
    Row,
    everybody,
    open_to_all,
    read,
    refused_method,
    send,
    to,
    write,
)

GOVERNANCE: Final = """What all parties read is for everybody with a role at a party. What an actor records is
tried for Nacka; what is joint is the secretariat's."""

SITTING: Final = NACKA | {"rsk", "picture_lead", "observer", "secretariat"}
"""Those who read the meetings of a body where Nacka and the county board have members."""


def front() -> Iterator[list[Row]]:
    """The front pages, files, and open data: no set of it is open in the scene."""
    to_own_actor = dict.fromkeys(GOVERNED - KEEPING, "302")
    yield [Row("governance", "GET", to(KEEPING, "200", "404", **to_own_actor)), refused_method("governance", "POST")]
    choice = Row("governance_actor_choice", "GET", to(GOVERNED, "302", "404"))
    yield [choice, refused_method("governance_actor_choice", "POST")]
    for name in ("governance_actor", "paper", "open_data"):
        yield read(name, GOVERNED)
    yield write("open_data_switch", KEEPING, to(KEEPING, "422", "404"))
    for name in ("open_json", "open_csv"):
        yield open_to_all(name, to(GOVERNED, "200", "404", anonymous="404"), everybody("405"))
    yield open_to_all("open_catalogue", everybody("200"), everybody("405"))


def documents() -> Iterator[list[Row]]:
    """Steering documents, which the secretariat keeps."""
    files = ("format=csv", "format=xlsx", "format=json")
    for name in ("documents", "documents_in_force"):
        yield read(name, GOVERNED, forms=files)
    for name in ("document", "edition"):
        yield read(name, GOVERNED)
    for name in ("document_new", "document_change", "edition_new", "edition_change", "edition_step_new"):
        yield write(name, KEEPING, to(KEEPING, "422", "404"))
    for name in ("edition_step_change", "edition_step_remove", "edition_part_new", "edition_part_remove"):
        yield write(name, KEEPING, to(KEEPING, "422", "404"))
    yield write("edition_files_new", KEEPING)
    yield write("edition_file_remove", KEEPING, to(KEEPING, "422", "404"))


def goals() -> Iterator[list[Row]]:
    """Joint goals and capabilities, which the secretariat keeps."""
    yield read("capabilities", GOVERNED, forms=("format=csv", "format=xlsx", "format=json"))
    for name in ("goals", "goals_file", "vision", "vision_file", "goals_matrix"):
        yield read(name, GOVERNED)
    for name in ("goals_import", "vision_new", "vision_change", "goal_area_new", "goal_area_change"):
        yield write(name, KEEPING, to(KEEPING, "422", "404"))
    for name in ("goal_new", "goal_change", "goal_remove", "goal_area_remove"):
        yield write(name, KEEPING, to(KEEPING, "422", "404"))


def adoption() -> Iterator[list[Row]]:
    """Adoption by each actor. What is planned and decided, and an extract that was read, is Nacka's."""
    files = ("format=csv", "format=xlsx", "format=json")
    speaking = SPEAKING_FOR_NACKA
    yield read("adoption", GOVERNED)
    yield read("dispatch", GOVERNED, forms=files)
    yield read("adoption_pdf", GOVERNED)
    yield read("receiver", GOVERNED)
    yield read("adoption_actor", GOVERNED)
    for name in (
        "dispatch_new",
        "dispatch_change",
        "receiver_new",
        "receiver_change",
        "receiver_remove",
        "dispatch_remove",
        "extracts",
    ):
        yield write(name, KEEPING, to(KEEPING, "422", "404"))
    yield send("adoption_letters", to(KEEPING, "302", "404"))
    yield send("receiver_letter", to(KEEPING, "302", "404"))
    yield write("receiver_plans", speaking)
    for name in ("adoption_decision_new", "adoption_decision_change", "adoption_decision_remove", "extract_new"):
        yield write(name, speaking, to(speaking, "422", "404"))
    yield write("extract", speaking, to(speaking, "422", "404"))
    yield send("extract_remove", to(speaking, "302", "404"))


def plan() -> Iterator[list[Row]]:
    """The annual plan. The activity is Nacka's; a stance its chief's, and the draft of a report the secretariat's."""
    files = ("format=csv", "format=xlsx", "format=json")
    speaking, refused = SPEAKING_FOR_NACKA, to(KEEPING, "422", "404")
    for name in ("plans", "plan", "plan_chart", "plan_pdf", "plan_stances", "activity"):
        yield read(name, GOVERNED)
    yield read("plan_activities", GOVERNED, forms=files)
    for name in ("annual_report", "annual_report_word", "annual_report_pdf"):
        yield read(name, KEEPING)
    for name in ("plan_new", "plan_send", "plan_take_back", "plan_stance", "plan_decide", "plan_present"):
        yield write(name, KEEPING, refused)
    for name in ("plan_close", "activity_place", "annual_report_section"):
        yield write(name, KEEPING, refused)
    for name in ("plan_edit", "plan_order", "annual_report_make", "annual_report_state"):
        yield write(name, KEEPING)
    proposing = speaking | {"chief"}
    yield write("activity_new", proposing, to(proposing, "422", "404"))
    for name in ("activity_edit", "activity_withdraw", "activity_follow_up"):
        yield write(name, speaking, to(speaking, "422", "404"))
    yield send("activity_carry", to(speaking, "302", "404"))


def bodies() -> Iterator[list[Row]]:
    """Bodies and meetings. The scene's body is for its members (Nacka, the county board); its minutes are a draft."""
    lists = ("format=csv", "format=xlsx", "format=json")
    yield read("bodies", GOVERNED)
    yield read("body", GOVERNED)
    yield read("body_gaps", GOVERNED, forms=lists)
    yield read("meetings", GOVERNED)
    yield read("meeting_decisions", GOVERNED, forms=lists)
    yield send("meeting_calendar", to(GOVERNED, "302", "404"))
    yield open_to_all("meeting_feed", everybody("404"), everybody("405"))
    for name in ("body_new", "body_edit", "body_member_new", "body_member", "body_member_remove", "meeting_new"):
        yield write(name, KEEPING, to(KEEPING, "422", "404"))
    for name in ("meeting", "body_calendar", "meeting_ics", "meeting_pack", "meeting_paper"):
        yield read(name, SITTING)
    for name in ("meeting_edit", "meeting_cancel", "item_new", "item", "item_remove", "item_papers"):
        yield write(name, KEEPING, to(KEEPING, "422", "404"))
    for name in ("meeting_call", "meeting_held", "item_move"):
        yield send(name, to(KEEPING, "302", "404"))
    for name in ("meeting_attendance", "meeting_paper_remove", "meeting_minutes_write", "meeting_adjust"):
        yield write(name, KEEPING, to(KEEPING, "422", "404"))
    yield read("meeting_minutes", KEEPING)
    yield read("meeting_minutes_pdf", KEEPING)
    yield read("meeting_decision", KEEPING | NACKA)
    for name in ("meeting_decision_new", "meeting_decision_edit", "meeting_decision_remove"):
        yield write(name, KEEPING, to(KEEPING, "422", "404"))
    following = KEEPING | {"registrar"}
    yield write("meeting_decision_follow", following, to(following, "422", "404"))


def money() -> Iterator[list[Row]]:
    """The joint cost, which all parties read. What is known of an actor for invoices, and its invoice, is its own:
    Nacka's here. The fees of the scene are frozen, so they can be neither decided nor computed without a reason."""
    files = ("format=csv", "format=xlsx", "format=json")
    for name in ("money", "money_fees", "money_what_if"):
        yield read(name, GOVERNED, forms=files)
    for name in ("money_year", "money_statement", "money_statements", "money_statements_zip"):
        yield read(name, GOVERNED)
    for name in ("money_figures", "money_shares", "money_line", "money_outcome"):
        yield [Row(name, "GET", to(GOVERNED, "200", "404")), Row(name, "POST", to(KEEPING, "422", "404"))]
    for name in ("money_budget_new", "money_budget_edit", "money_line_new", "money_line_remove", "money_booking_new"):
        yield write(name, KEEPING, to(KEEPING, "422", "404"))
    for name in ("money_booking", "money_booking_remove", "money_forecast_new", "money_fees_freeze"):
        yield write(name, KEEPING, to(KEEPING, "422", "404"))
    for name in ("money_fees_new", "money_fees_decide"):
        yield write(name, KEEPING, to(KEEPING, "409", "404"))
    for name in ("money_invoices", "money_invoices_zip", "money_parties"):
        yield read(name, KEEPING)
    yield read("money_invoice", SPEAKING_FOR_NACKA)
    yield write("money_party", SPEAKING_FOR_NACKA)


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
