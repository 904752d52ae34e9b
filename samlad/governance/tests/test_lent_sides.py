"""Secondments when somebody does what is not theirs, by an id in a form, for themselves, or unseen."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs

from samlad.base.ids import new_id
from samlad.base.refused import Refused
from samlad.governance import record
from samlad.governance.lent import actions, pool_actions
from samlad.governance.models import MonthCost, PoolMember, PoolRates, Secondment
from samlad.governance.tests.test_lent_secondments import made, reported
from samlad.registers.tests.cast import Everybody, Member, make_member


@pytest.fixture
def second(everybody: Everybody) -> Member:
    return make_member("kansli2", "Samordningskansliet 2", "lansstyrelsen-stockholm", "secretariat")


def agreed(everybody: Everybody, **other: object) -> Secondment:
    row = made(**other)  # type: ignore[arg-type]
    by = everybody.secretariat.who
    actions.propose(row, by=by)
    actions.answer(row.pk, side="lender", agree=True, reason="", by=by)
    return Secondment.objects.get(pk=row.pk)


def test_a_report_with_the_id_of_another_is_not_saved_over_it(everybody: Everybody) -> None:
    """The id stands in a hidden field: whoever knows that of another lender's report must not reach it by that."""
    theirs = reported(agreed(everybody, lender_id="sodertalje"), "50000", everybody.secretariat)
    before = record.state_of(MonthCost.objects.get(pk=theirs.pk))
    with pytest.raises(Refused):
        reported(agreed(everybody), "1", everybody.registrar, id=theirs.pk)
    assert record.state_of(MonthCost.objects.get(pk=theirs.pk)) == before


def test_nobody_certifies_what_they_cost_themselves(everybody: Everybody, second: Member) -> None:
    person = everybody.duty_officer.person
    cost = reported(agreed(everybody, person=person), "1000", everybody.registrar)
    own = structs.replace(everybody.secretariat.who, person=person.key)
    with pytest.raises(Refused):
        actions.certify(cost.pk, by=own)
    assert actions.certify(cost.pk, by=second.who) is True


def test_a_yes_is_to_the_terms_that_were_shown(everybody: Everybody) -> None:
    row = made()
    actions.propose(row, by=everybody.secretariat.who)
    shown = record.seen(Secondment.objects.get(pk=row.pk))
    row = Secondment.objects.get(pk=row.pk)
    row.share = 100
    actions.change(row, by=everybody.secretariat.who, reason="")
    told = {"side": "lender", "agree": True, "reason": "", "by": everybody.registrar.who}
    with pytest.raises(Refused):
        actions.answer(row.pk, seen=shown, **told)  # type: ignore[arg-type]
    assert actions.answer(row.pk, seen=record.seen(Secondment.objects.get(pk=row.pk)), **told)  # type: ignore[arg-type]


def test_a_new_row_is_not_saved_over_another(everybody: Everybody) -> None:
    """A form that is sent again with something else in it, and no sign of what it was filled from."""
    by, day = everybody.secretariat.who, date(2020, 1, 1)
    rates = PoolRates(id=new_id(), valid_from=day, week=Decimal(7000), source="Påhittat")
    assert pool_actions.save_rates(rates, by=by, new=True) and not pool_actions.save_rates(rates, by=by, new=True)
    rates.week = Decimal(8000)
    member = PoolMember(id=new_id(), actor_id="nacka", first_day=day)
    assert pool_actions.save_member(member, by=by, new=True)
    member.last_day = day
    with pytest.raises(Refused):
        pool_actions.save_rates(rates, by=by, new=True)
    with pytest.raises(Refused):
        pool_actions.save_member(member, by=by, new=True)
