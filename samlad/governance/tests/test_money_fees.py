"""A year's fees: which figures they go by, what stops them, what is kept, what a correction says."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from samlad.base.refused import Refused
from samlad.governance.models import Budget, Fee, FeeRun
from samlad.governance.money import actions, computed, figures, queries, rules
from samlad.governance.money.statements import municipal_words
from samlad.registers.models import ActorVersion, Population
from samlad.registers.tests.cast import Everybody
from tests.governance_money import BOARD, a_budget, frozen, inhabitants

pytestmark = pytest.mark.django_db
YEAR = 2024


def test_the_share_and_the_cap_go_by_two_days(everybody: Everybody) -> None:
    inhabitants(YEAR)
    held = a_budget(everybody, YEAR)
    run = actions.compute_fees(held, by=everybody.secretariat.who)
    fees = {fee.actor_id: fee for fee in queries.fees(run)}
    nacka = fees["nacka"]
    assert (nacka.people, nacka.people_on, nacka.people_edition) == (110_000, date(2023, 12, 31), "SCB")
    assert (nacka.cap_people, nacka.cap_people_on) == (99_000, date(2023, 6, 30))
    assert [str(one) for one in (nacka.before_cap, nacka.ceiling, nacka.amount)] == [
        "261905.00",
        "148500.00",
        "148500.00",
    ]
    assert fees[BOARD].amount == 312_500
    assert run.cut == run.not_financed == 1_000_000 - sum(fee.amount for fee in fees.values())
    assert computed.differs(run, fees.values()) == []


def test_what_is_missing_is_listed_and_stops_it(everybody: Everybody) -> None:
    held = a_budget(everybody, YEAR)
    inhabitants(YEAR)
    Population.objects.filter(area="0182", on_date=date(2023, 6, 30)).delete()
    found = computed.compute(held, queries.shares(held))
    assert found.shared is None
    assert [problem.url for problem in found.problems] == ["/registers/areas/0182/population/new/"]
    assert "2023-06-30" in found.problems[0].sentence
    with pytest.raises(Refused):
        actions.compute_fees(held, by=everybody.secretariat.who)
    assert not FeeRun.objects.exists()


def test_the_first_of_january_before_new_years_eve_and_final_before_preliminary(everybody: Everybody) -> None:
    inhabitants(YEAR, edition="SCB, preliminär")
    chosen = figures.basis(YEAR, {}).towns
    assert {payer.start.preliminary for payer in chosen if payer.start} == {True}
    Population.objects.create(area_id="0182", on_date=date(2023, 12, 31), edition="SCB 2023", figure=7)
    Population.objects.create(area_id="0181", on_date=date(2024, 1, 1), edition="SCB 2024", figure=8)
    by_code = {payer.code: payer for payer in figures.basis(YEAR, {}).towns}
    assert [by_code[code].start.people for code in ("nacka", "sodertalje")] == [7, 8]  # type: ignore[union-attr]
    asked = figures.basis(YEAR, {}, start_edition="SCB, preliminär")
    assert {payer.start.people for payer in asked.towns if payer.start} == {110_000, 8}


def test_who_is_a_party_on_the_first_day_pays_for_the_whole_year(everybody: Everybody) -> None:
    ActorVersion.objects.filter(actor="polisregion-stockholm").update(valid_from=date(YEAR, 1, 2))
    ActorVersion.objects.filter(actor="sodertalje").update(valid_to=date(YEAR, 1, 2))
    assert [payer.code for payer in figures.basis(YEAR, {}).payers] == ["nacka", "sodertalje", BOARD]
    assert {payer.code for payer in figures.basis(YEAR + 1, {}).payers} == {"nacka", BOARD, "polisregion-stockholm"}


def test_a_near_miss_of_a_hundred_percent_says_the_sum(everybody: Everybody) -> None:
    held = a_budget(everybody, YEAR)
    near = {BOARD: Decimal("66.67"), "polisregion-stockholm": Decimal("33.329999")}
    with pytest.raises(Refused, match="99,999999"):
        actions.save_shares(held, near, by=everybody.secretariat.who)
    assert queries.shares(held)[BOARD].percent == Decimal("62.5")
    inhabitants(YEAR)
    only = queries.shares(held)
    del only[BOARD]
    sentences = [problem.sentence for problem in computed.compute(held, only).problems]
    assert len(sentences) == 2


def test_frozen_fees_stay_and_a_correction_says_what_differs(everybody: Everybody) -> None:
    inhabitants(YEAR)
    held, who = a_budget(everybody, YEAR), everybody.secretariat.who
    first = frozen(held, everybody)
    with pytest.raises(Refused):
        actions.decide_fees(FeeRun.objects.get(pk=first.pk), by=who)
    before = list(Fee.objects.filter(run=first).values_list("actor_id", "amount"))
    Population.objects.filter(area="0182", on_date=date(2023, 6, 30)).update(figure=50_000)
    with pytest.raises(Refused):
        actions.compute_fees(held, by=who)
    second = actions.compute_fees(held, by=who, note="SCB rättade Nackas siffra")
    assert (second.number, second.corrects_id) == (2, first.pk)
    assert list(Fee.objects.filter(run=first).values_list("actor_id", "amount")) == before
    assert Fee.objects.get(run=second, actor="nacka").amount == 75_000
    assert queries.fees_of("nacka", YEAR).fee.amount == 148_500  # type: ignore[union-attr]
    assert queries.flags()[-1:] == []


def test_fees_are_computed_again_from_what_was_kept(everybody: Everybody) -> None:
    inhabitants(YEAR)
    run = frozen(a_budget(everybody, YEAR, what_is_cut="shared", unit="0.01"), everybody)
    Population.objects.all().delete()
    Budget.objects.update(total=1)
    fees = queries.fees(FeeRun.objects.get(pk=run.pk))
    assert computed.differs(run, fees) == []
    nacka = next(fee for fee in fees if fee.actor_id == "nacka")
    nacka.cap_people = 1
    assert "nacka" in computed.differs(run, fees)


def test_only_decided_fees_are_frozen_and_a_decision_is_named(everybody: Everybody) -> None:
    inhabitants(YEAR)
    run = actions.compute_fees(a_budget(everybody, YEAR), by=everybody.secretariat.who)
    with pytest.raises(Refused):
        actions.freeze_fees(run, by=everybody.secretariat.who)
    with pytest.raises(Refused):
        actions.decide_fees(run, by=everybody.secretariat.who)
    with pytest.raises(Refused):
        actions.decide_fees(run, by=everybody.registrar.who)


def test_whole_kronor_have_a_total_in_whole_kronor(everybody: Everybody) -> None:
    with pytest.raises(Refused):
        a_budget(everybody, YEAR, total=Decimal("10.50"))
    a_budget(everybody, YEAR, total=Decimal("10.50"), unit="0.01")
    rules.check_total(Decimal("10.50"), Decimal("0.01"))


def test_the_run_is_on_a_page_with_all_figures_in_its_files(everybody: Everybody, client: Client) -> None:
    inhabitants(YEAR)
    run = frozen(a_budget(everybody, YEAR), everybody)
    client.force_login(everybody.observer.person)
    url = f"/governance/money/{YEAR}/fees/{run.number}/"
    page = client.get(url).content.decode()
    assert "148\u00a0500" in page
    rows = {row["code"]: row for row in client.get(url, {"format": "json"}).json()}
    assert rows["nacka"]["cap_people"] == 99_000 and rows["nacka"]["people_on"] == "2023-12-31"
    assert Decimal(rows["nacka"]["amount"]) == 148_500
    assert len(municipal_words(run)) == 4


def test_proposed_fees_with_something_unfinanced_are_flagged(everybody: Everybody) -> None:
    inhabitants(YEAR)
    actions.compute_fees(a_budget(everybody, YEAR), by=everybody.secretariat.who)
    assert [(flag.year, flag.what) for flag in queries.flags()] == [(YEAR, "cut"), (YEAR, "not_decided")]


def test_a_year_is_charged_once(everybody: Everybody) -> None:
    """Two sets decided side by side: when one is frozen the other is no correction of it, and can't be charged."""
    inhabitants(YEAR)
    held, who = a_budget(everybody, YEAR), everybody.secretariat.who
    sets = [actions.compute_fees(held, by=who) for _time in range(2)]
    for run in sets:
        run.decision_text = "Mötet i september"
        actions.decide_fees(run, by=who)
    assert actions.freeze_fees(sets[0], by=who, reason="Debiteras") is True
    with pytest.raises(Refused):
        actions.freeze_fees(sets[1], by=who, reason="Debiteras")
    assert actions.freeze_fees(sets[0], by=who, reason="Igen") is False
    rows = [actions.compute_fees(held, by=who, note="Rättelse") for _time in range(2)]
    for run in rows:
        run.decision_text = "Mötet i oktober"
        actions.decide_fees(run, by=who)
    actions.freeze_fees(rows[1], by=who, reason="Debiteras")
    with pytest.raises(Refused):
        actions.freeze_fees(rows[0], by=who, reason="Debiteras")
