"""A call-out: the link in a message is tapped on a phone, without signing in, and the board changes on a desk."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, WALL, NewContext, axe, fits
from tests.journeys.conftest import LAPTOP, Open
from tests.running import Running

pytestmark = pytest.mark.journey
ZOOMED = {"width": 320, "height": 640}  # 1280 pixels at 400 %
CALL = """
from datetime import timedelta
from samlad.activation.actions import raise_operation
from samlad.activation.actions.assessing import assess
from samlad.activation.asked import calls_of
from samlad.activation.entries.calling import Bridge, CalledOut
from samlad.activation.entries.trigger import Assessed
from samlad.activation.prepared import answer_options
from samlad.activation.queries import participants
from samlad.base.clock import now
from samlad.notify import ladder, tokens
from samlad.notify.models import Recipient
from samlad.registers.queries import parties, today, who_for
taking = participants(parties(today()))
operation = raise_operation(by=who_for("tib.nacka"), what="Strömavbrott", where="Nacka", participants=taking,
                            convening="lansstyrelsen-stockholm", kind="exercise")
codes = tuple(one.code for one in taking)
call = CalledOut("call_out", codes, "Samverkanskonferens: strömavbrott", "Vi kallar.", "Kort.",
                 answer_by=now() + timedelta(minutes=15), conference_at=now() + timedelta(minutes=45),
                 bridge=Bridge("08-785 40 00", "https://video.example/ssr", "RAPS 12"), options=answer_options())
assess(by=who_for("rsk"), operation=operation, told=Assessed("conference", grounds="Stort."), call=call)
(id,) = calls_of(operation).calls
while ladder.climb():
    pass
asked = Recipient.objects.filter(call__alert=id, call__actor="solna").first()
print(operation, tokens.token(asked.pk))
"""


@pytest.fixture(scope="module")
def site(install: Callable[[], Running]) -> Iterator[Running]:
    """A server in which RSK has called everybody."""
    one = install()
    one.called = one.command("shell", "-v0", "-c", CALL).split()  # type: ignore[attr-defined]
    one.start()
    yield one
    one.stop()


def test_a_tap_on_a_phone_changes_the_board(site: Running, open_as: Open, new_context: NewContext) -> None:
    operation, token = site.called  # type: ignore[attr-defined]
    board = open_as("rsk", viewport=LAPTOP)
    board.goto(f"/operations/{operation}/calling/")
    row = board.locator("#call-solna")
    expect(row).to_contain_text("Ej nådd")
    fits(board)
    axe(board)
    phone = new_context(base_url=site.url, viewport=PHONE).new_page()
    phone.goto(f"/a/{token}")
    expect(phone.get_by_text("ÖVNING").first).to_be_visible()
    fits(phone)
    axe(phone)
    phone.get_by_text("Lägg till vem som deltar").click()
    phone.get_by_label("Vem deltar i konferensen?").fill("Säkerhetschefen")
    phone.locator("button.answer").first.click()
    expect(phone.get_by_role("status")).to_contain_text("Tack.")
    fits(phone)
    axe(phone)
    expect(row).to_contain_text("Nådd")  # by the stream, not by fetching the page again
    expect(board.locator("#calling-attendance")).to_contain_text("Säkerhetschefen")
    phone.goto(f"/operations/{operation}/calling/")
    expect(phone).to_have_url(re.compile("/sign-in/"))
    phone.goto(f"/a/{token}")
    expect(phone.get_by_text("Länken är använd")).to_be_visible()


def test_without_script_the_link_works_too(site: Running, new_context: NewContext) -> None:
    _operation, token = site.called  # type: ignore[attr-defined]
    page = new_context(base_url=site.url, viewport=ZOOMED, java_script_enabled=False).new_page()
    page.goto(f"/a/{token}")
    fits(page)
    expect(page.locator("h1")).to_contain_text("Samverkanskonferens")


@pytest.mark.parametrize(("locale", "viewport"), [("sv-SE", WALL), ("en-GB", PHONE), ("sv-SE", ZOOMED)])
def test_the_pages_of_the_board(site: Running, open_as: Open, locale: str, viewport: dict[str, int]) -> None:
    operation, _token = site.called  # type: ignore[attr-defined]
    page = open_as("rsk", viewport=viewport, locale=locale)
    for path in ("", "?show=waiting", "?at=5", "actors/polisregion-stockholm/"):
        answer = page.goto(f"/operations/{operation}/calling/{path}")
        assert answer and answer.ok, path
        fits(page)
        axe(page)


def test_called_by_hand(site: Running, open_as: Open) -> None:
    operation, _token = site.called  # type: ignore[attr-defined]
    page = open_as("rsk", viewport=PHONE)
    page.goto(f"/operations/{operation}/calling/actors/nacka/")
    page.get_by_role("button", name="Spara samtalet").click()
    expect(page.get_by_role("alert").first).to_contain_text("Ange om du fick tag i någon.")
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Vem du talade med").fill("Växeln")
    page.get_by_role("button", name="Spara samtalet").click()
    expect(page.locator("#call-nacka")).to_contain_text("uppringd för hand")
