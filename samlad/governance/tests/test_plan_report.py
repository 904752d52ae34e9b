"""The annual report: made from the plan, edited by people, never overwritten, and the same for ever when final."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from docx import Document
from docx.oxml.ns import qn

from samlad.base.refused import Refused
from samlad.governance.plan import actions, queries, report_actions, report_content
from samlad.governance.plan.economy import EconomyLine, no_economy
from samlad.governance.plan.models import AnnualReport, PlanYear, ReportSection
from samlad.governance.plan.report_facts import read, stored
from samlad.governance.tests.plans import YEAR, a_plan, in_plan, told
from samlad.registers.tests.cast import Everybody

pytestmark = pytest.mark.django_db
PAGE = f"/governance/plans/{YEAR}/report/"


def money(_year: int, _on: date | None) -> Sequence[EconomyLine]:
    """What the money part might know."""
    return (
        EconomyLine("Budget", Decimal("1500000"), None),
        EconomyLine("Kansli", Decimal("900000"), Decimal("812345.67")),
    )


def carried_out(cast: Everybody) -> PlanYear:
    """A plan with two activities, one of them done."""
    plan = a_plan("presented", presented_on=date(YEAR, 1, 28))
    one, two = in_plan(plan, "Larmprov", amount=Decimal("100")), in_plan(plan, "Övning", amount=Decimal("50.50"))
    told(cast, one, 1, "done", done="Alla prov genomförda.", spent="90")
    told(cast, two, 1, "deviates", deviation="Fyra aktörer fick förhinder.", spent="60")
    return plan


def made(cast: Everybody) -> AnnualReport:
    """The draft of its report."""
    report_actions.make(carried_out(cast), by=cast.secretariat.who, economy=money)
    return AnnualReport.objects.get()


def section(code: str) -> ReportSection:
    return ReportSection.objects.get(code=code)


def text_of(section: ReportSection) -> str:
    return section.text.replace("\xa0", " ")


def test_the_draft_tells_what_the_follow_ups_say(everybody: Everybody) -> None:
    made(everybody)
    assert "Planen hade 2 aktiviteter. Klara: 1; avviker: 1;" in text_of(section("summary"))
    assert "Planerat: 150,50 kr. Förbrukat enligt uppföljningarna: 150 kr, 0,50 kr mindre än planerat." in text_of(
        section("summary")
    )
    assert "Fyra aktörer fick förhinder." in text_of(section("area-none"))
    economy = text_of(section("economy"))
    assert "Kansli: planerat 900 000 kr, utfall 812 345,67 kr." in economy
    assert "Budget: planerat 1 500 000 kr, utfall ingen uppgift." in economy


def test_it_is_made_from_a_decided_plan_only(everybody: Everybody) -> None:
    with pytest.raises(Refused):
        report_actions.make(a_plan(), by=everybody.secretariat.who, economy=no_economy)


def test_making_it_anew_never_overwrites_what_a_person_wrote(everybody: Everybody) -> None:
    made(everybody)
    kansli = everybody.secretariat.who
    summary, plan = section("summary"), PlanYear.objects.get()
    summary.text = "Ett bra år."
    report_actions.edit(summary, by=kansli)
    carried = in_plan(plan, "Ny")
    told(everybody, carried, 1, "done")
    assert report_actions.make(plan, by=kansli, economy=money)
    now = section("summary")
    assert now.text == "Ett bra år." and "3 aktiviteter" in now.made and now.made != now.base
    assert "Ny (Nacka)" in section("area-none").text
    assert not report_actions.make(plan, by=kansli, economy=money)


def test_the_new_text_is_taken_or_left(everybody: Everybody, client: Client) -> None:
    made(everybody)
    client.force_login(everybody.secretariat.person)
    address = f"{PAGE}sections/summary/"
    assert client.post(address, {"heading": "Året", "text": "Ett bra år."}).status_code == 302
    in_plan(PlanYear.objects.get(), "Ny")
    assert client.post(f"{PAGE}making/").status_code == 302  # nothing to fill in
    assert f"{PAGE}sections/summary/" in client.get(PAGE).content.decode()
    assert "3 aktiviteter" in client.get(address).content.decode()
    client.post(address, {"choose": "own"})
    assert (section("summary").text, section("summary").edited) == ("Ett bra år.", True)
    client.post(address, {"choose": "made"})
    assert "3 aktiviteter" in section("summary").text and not section("summary").edited


def test_saving_without_a_change_is_not_editing(everybody: Everybody, client: Client) -> None:
    made(everybody)
    client.force_login(everybody.secretariat.person)
    one = section("area-none")
    sent = {"heading": one.heading, "text": one.text.replace("\n", "\r\n")}
    client.post(f"{PAGE}sections/area-none/", sent)
    assert not section("area-none").edited


def test_a_draft_is_the_secretariats_and_a_final_one_for_all(everybody: Everybody, client: Client) -> None:
    report = made(everybody)
    for page in ("report/", "report.docx", "report.pdf"):
        client.force_login(everybody.outsider.person)
        assert client.get(f"/governance/plans/{YEAR}/{page}").status_code == 404
    report_actions.set_state(report, final=True, by=everybody.secretariat.who, economy=money, reason="")
    for page in ("report/", "report.docx", "report.pdf"):
        assert client.get(f"/governance/plans/{YEAR}/{page}").status_code == 200
    client.force_login(everybody.stranger.person)
    assert client.get(PAGE).status_code == 404


def test_a_final_report_says_the_same_for_ever(everybody: Everybody, client: Client) -> None:
    report = made(everybody)
    kansli = everybody.secretariat.who
    report_actions.set_state(report, final=True, by=kansli, economy=money, reason="")
    client.force_login(everybody.outsider.person)
    before = client.get(f"/governance/plans/{YEAR}/report.docx").content
    plan = PlanYear.objects.get()
    in_plan(plan, "Efteråt", amount=Decimal("999"))
    assert client.get(f"/governance/plans/{YEAR}/report.docx").content == before
    with pytest.raises(Refused):
        report_actions.make(plan, by=kansli, economy=money)
    summary = section("summary")
    summary.text = "Annat"
    with pytest.raises(Refused):
        report_actions.edit(summary, by=kansli)
    report_actions.set_state(report, final=False, by=kansli, economy=money, reason="Fel siffra.")
    assert report_actions.make(plan, by=kansli, economy=money)


def test_figures_are_read_as_they_were_stored(everybody: Everybody) -> None:
    found = report_actions.facts_of(carried_out(everybody), None, money)
    assert read(stored(found)) == found
    assert sum(one.amount for one in found.lines) == found.whole.amount == Decimal("150.50")


def test_word_has_headings_a_table_its_language_and_metadata(everybody: Everybody, client: Client) -> None:
    made(everybody)
    client.force_login(everybody.secretariat.person)
    book = Document(io.BytesIO(client.get(f"/governance/plans/{YEAR}/report.docx").content))
    headings = [one.text for one in book.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings[0] == "Inledning" and "Alla aktiviteter" in headings
    heads = [[cell.text for cell in table.rows[0].cells] for table in book.tables]
    assert heads[1][:3] == ["Aktivitet", "Ansvarig aktör", "Status"]
    assert book.core_properties.language == "sv-SE"
    assert book.core_properties.title == f"Verksamhetsberättelse {YEAR}"
    assert {one.get(qn("w:val")) for one in book.styles.element.iter(qn("w:lang"))} == {"sv-SE"}


def test_text_is_never_markup(everybody: Everybody, client: Client) -> None:
    made(everybody)
    summary = section("summary")
    summary.text = "#panic() *fet* <b>x</b> $y$ @z [a]"
    report_actions.edit(summary, by=everybody.secretariat.who)
    client.force_login(everybody.secretariat.person)
    assert client.get(f"/governance/plans/{YEAR}/report.pdf").content.startswith(b"%PDF")
    assert "&lt;b&gt;x" in client.get(PAGE).content.decode()


def test_a_section_whose_goal_area_is_gone_stays_where_somebody_wrote_it(everybody: Everybody) -> None:
    made(everybody)
    plan = PlanYear.objects.get()
    lost = section("area-none")
    lost.text = "Skrivet för hand."
    report_actions.edit(lost, by=everybody.secretariat.who)
    for one in queries.activities(YEAR):
        one.activity.state, one.activity.left_out = "left_out", "Bort."
        actions.place(one.activity, by=everybody.secretariat.who)
    report_actions.make(plan, by=everybody.secretariat.who, economy=no_economy)
    assert section("area-none").text == "Skrivet för hand."


def test_paragraphs_are_parted_by_an_empty_line() -> None:
    assert report_content.paragraphs("a\r\nb\r\n\r\nc\n\n\n") == ("a\nb", "c")


def test_a_sign_that_no_font_has_is_a_box_on_paper(everybody: Everybody, client: Client) -> None:
    plan = a_plan("decided")
    in_plan(plan, "Larmprov ✅ 中文")
    report_actions.make(plan, by=everybody.secretariat.who, economy=no_economy)
    client.force_login(everybody.secretariat.person)
    for name in ("plan.pdf", "report.pdf"):
        assert client.get(f"/governance/plans/{YEAR}/{name}").content.startswith(b"%PDF")
