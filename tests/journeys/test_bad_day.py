"""A bad day: the line is cut, the server dies, the session has ended, fingers are nervous. Nobody loses text."""

import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import PHONE, NewContext, axe, fits
from tests.journeys.conftest import Open, operation_of
from tests.running import Running

pytestmark = pytest.mark.journey
PATIENCE = 60_000  # milliseconds; the browser itself decides when it tries again


def raised(page: Page, what: str) -> str:
    """Raise the alarm; returns the operation's address."""
    page.goto("/raise/")
    page.get_by_label("Vad har hänt").fill(what)
    page.get_by_label("Var?").fill("hela länet")
    page.get_by_role("button", name="Larma").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{what}, hela länet")
    return operation_of(page)


def half_a_report(page: Page, at: str, text: str) -> None:
    """Write a report, all but sending it."""
    page.goto(f"{at}reports/new/")
    page.get_by_label("Gul").check()
    page.get_by_label("Konsekvenser").fill(text)


def send(page: Page) -> None:
    """Press the button."""
    page.get_by_role("button", name="Skicka lägesrapporten").click()


def reports(page: Page, at: str) -> list[str]:
    """The consequences in all reports that the server has."""
    answer = page.request.get(f"{at}reports/?format=json").json()
    return [one["consequences"] for one in answer["reports"]]


def test_the_line_is_cut_while_a_report_is_sent(open_as: Open) -> None:
    page = open_as("liaison.solna", viewport=PHONE)
    at = raised(page, "Avbrott")
    half_a_report(page, at, "Skrivet utan nät")
    page.context.set_offline(True)
    send(page)
    told = page.get_by_text("Inte skickat: ingen kontakt med servern")
    expect(told).to_be_visible()
    expect(page.get_by_label("Konsekvenser")).to_have_value("Skrivet utan nät")
    fits(page)
    page.context.set_offline(False)
    expect(page.get_by_text("Lägesrapporten är skickad")).to_be_visible(timeout=PATIENCE)
    assert reports(page, at) == ["Skrivet utan nät"]


def test_the_answer_is_lost_but_the_report_arrived(open_as: Open) -> None:
    page = open_as("liaison.solna")
    at = raised(page, "Glapp")
    half_a_report(page, at, "Kom fram, fast ingen sa det")
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().headers.get("x-samlad-location", ""))
            route.abort()
        else:
            route.continue_()

    page.route("**/reports/new/", lose_the_first)
    send(page)
    expect(page.get_by_text("Lägesrapporten är skickad").first).to_be_visible(timeout=PATIENCE)
    assert lost[0]
    assert reports(page, at) == ["Kom fram, fast ingen sa det"]


def test_the_server_dies_and_comes_back(running: Running, new_context: NewContext) -> None:
    keys = running.sessions("rsk", "liaison.solna")
    rsk, liaison = (signed_in(new_context, running, key) for key in keys)
    at = raised(rsk, "Elavbrott")
    state = rsk.locator("samlad-live")
    expect(state).to_have_attribute("data-state", "on")
    half_a_report(liaison, at, "Skrivet före avbrottet")
    running.kill()
    expect(state).to_have_attribute("data-state", "lost", timeout=PATIENCE)
    expect(state).to_contain_text("Ingen kontakt sedan")
    axe(rsk)
    send(liaison)
    expect(liaison.get_by_text("Inte skickat: ingen kontakt med servern")).to_be_visible()
    running.start()
    expect(state).to_have_attribute("data-state", "on", timeout=PATIENCE)
    expect(liaison.get_by_text("Lägesrapporten är skickad")).to_be_visible(timeout=PATIENCE)
    expect(rsk.locator("#actor-solna")).to_contain_text("Skrivet före avbrottet", timeout=PATIENCE)


def signed_in(new_context: NewContext, running: Running, key: str) -> Page:
    """A page of somebody who is signed in at a server of the test's own."""
    context = new_context(base_url=running.url)
    context.add_cookies([{"name": "sessionid", "value": key, "url": running.url}])
    return context.new_page()


def test_the_session_ends_while_a_report_is_written(open_as: Open) -> None:
    page = open_as("liaison.solna", viewport=PHONE)
    at = raised(page, "Långt skift")
    half_a_report(page, at, "Skrivet när passet tog slut")
    page.context.clear_cookies(name="sessionid")
    send(page)
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()
    axe(page)
    for closed in page.locator("main summary").all():
        closed.click()
    page.get_by_role("button", name="Samverkansperson Solna", exact=True).click()
    expect(page).to_have_url(re.compile("/reports/new/$"))
    expect(page.get_by_label("Konsekvenser")).to_have_value("Skrivet när passet tog slut")
    expect(page.get_by_label("Gul")).to_be_checked()
    send(page)
    expect(page.get_by_text("Lägesrapporten är skickad")).to_be_visible()
    assert reports(page, at) == ["Skrivet när passet tog slut"]


def test_what_one_has_written_is_not_shown_to_the_next_at_the_same_machine(
    site: Running, open_as: Open, keys: Mapping[str, str]
) -> None:
    page = open_as("liaison.solna")
    at = raised(page, "Vattenläcka")
    half_a_report(page, at, "Bara mitt")
    page.context.add_cookies([{"name": "sessionid", "value": keys["liaison.sodertalje"], "url": site.url}])
    page.goto(f"{at}reports/new/")
    expect(page.get_by_label("Konsekvenser")).to_have_value("")


def test_a_nervous_finger_raises_one_alarm(open_as: Open) -> None:
    page, other = open_as("tib.nacka"), open_as("tib.nacka")
    page.goto("/raise/")
    page.get_by_label("Vad har hänt").fill("Dubbeltryck")
    page.get_by_label("Var?").fill("hela länet")
    id = page.locator("input[name=id]").input_value()
    page.get_by_role("button", name="Larma").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dubbeltryck, hela länet")
    other.goto("/raise/")
    other.get_by_label("Vad har hänt").fill("Dubbeltryck")
    other.get_by_label("Var?").fill("hela länet")
    other.locator("input[name=id]").evaluate("(field, id) => { field.value = id; }", id)
    other.get_by_role("button", name="Larma").click()
    expect(other).to_have_url(page.url)
    page.goto("/")
    expect(page.get_by_role("heading", name="Dubbeltryck, hela länet")).to_have_count(1)
