"""The lists that put the house together: which kinds of entries there are, which live pages, followers and pumps.

Explicit, so that a newcomer sees in one place what is in and what it is connected to.
"""

import samlad.accounts.entries
import samlad.activation.call_out_tables
import samlad.activation.entries
import samlad.activation.live
import samlad.activation.region_tables
import samlad.governance.bodies.region_tables
import samlad.governance.documents.region_tables
import samlad.governance.goals.region_tables
import samlad.journal.entries
import samlad.picture.entries
import samlad.picture.live
import samlad.registers.roster_region
from samlad.accounts.federation_state import ask_providers
from samlad.activation.actions import tell_calling
from samlad.governance.adoption.binding import bound
from samlad.governance.adoption.letters import remind_of_adoption
from samlad.governance.documents import whom
from samlad.governance.lent.reminders import remind_of_lent_staff
from samlad.governance.plan.reminders import remind_of_follow_ups
from samlad.journal import kinds, live
from samlad.journal.followers import Follower, Pump, Worker
from samlad.learning.drill_runs import run_drills
from samlad.notify.caller import Caller
from samlad.notify.clock import follow_clock
from samlad.notify.roster_warnings import warn_of_rosters
from samlad.privacy.actions import carry_out_retention
from samlad.registers.region_import import also_import
from samlad.web.front_page import FRONT
from samlad.web.wall_page import WALL, WALL_CALLING
from samlad.web.weekly import run_weekly

KINDS = (
    *samlad.journal.entries.KINDS,
    *samlad.activation.entries.KINDS,
    *samlad.picture.entries.KINDS,
    *samlad.accounts.entries.KINDS,
)
LIVE_PAGES = (FRONT, WALL, WALL_CALLING, *samlad.activation.live.LIVE_PAGES, *samlad.picture.live.LIVE_PAGES)
FOLLOWERS: tuple[Follower, ...] = ()
PUMPS: tuple[Pump, ...] = (
    follow_clock,
    run_drills,
    ask_providers,
    carry_out_retention,
    run_weekly,
    warn_of_rosters,
    remind_of_adoption,
    remind_of_follow_ups,
    remind_of_lent_staff,
)
REGION_TABLES = (
    *samlad.registers.roster_region.TABLES,
    *samlad.activation.region_tables.TABLES,
    *samlad.activation.call_out_tables.TABLES,
    *samlad.governance.documents.region_tables.TABLES,
    *samlad.governance.goals.region_tables.TABLES,
    *samlad.governance.bodies.region_tables.TABLES,
)


def workers() -> tuple[Worker, Caller]:
    """The threads that do what is to be done beside the pages, not started yet."""
    return Worker(FOLLOWERS, PUMPS), Caller(tell=tell_calling)


def register() -> None:
    """Make every kind and live page known; an undocumented or doubled kind stops the program here."""
    kinds.register(KINDS)
    live.register(LIVE_PAGES)
    also_import(REGION_TABLES)
    whom.ask(bound)
