"""What an actor pays each year, in words: how much, what it goes by, how far it has come, and its statement."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samlad.governance.front.gathered import Gathered
from samlad.governance.front.waits import to
from samlad.governance.models import Fee
from samlad.governance.money.models import RunState
from samlad.governance.money.words import kronor, people, percent


@dataclass(frozen=True)
class FeeLine:
    """One year. `cut`: what the cap took off; `statement`: the address of the PDF, "" before the decision."""

    year: int
    amount: str
    basis: str
    cut: str
    state: str
    url: str
    statement: str


def fees_of(seen: Gathered, actor: str) -> list[FeeLine]:
    """An actor's fees, the latest year first."""
    return [
        FeeLine(
            year=year,
            amount=kronor(fee.amount),
            basis=basis(fee),
            cut=_("the cap takes off %(amount)s") % {"amount": kronor(fee.cut)} if fee.cut else "",
            state=str(run.get_state_display()),
            url=to("money_fees", year, run.number, on=seen.on),
            statement="" if run.state == RunState.PROPOSED else to("money_statement", year, run.number, actor),
        )
        for year, fee, run in seen.fees_of(actor)
    ]


def basis(fee: Fee) -> str:
    """What a fee goes by."""
    if fee.people is not None and fee.people_on is not None:
        said = {"people": people(fee.people), "day": date_format(fee.people_on, "j F Y")}
        return _("%(people)s inhabitants on %(day)s") % said
    if fee.percent is not None:
        return _("%(percent)s %% of the other actors' half") % {"percent": percent(fee.percent)}
    return ""
