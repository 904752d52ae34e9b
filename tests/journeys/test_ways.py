"""How one is reached: stated, ordered and tested without script; and a notice that comes to a browser."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import NewContext
from tests.faults.clients import until
from tests.journeys.conftest import LAPTOP, Open
from tests.running import Running

pytestmark = pytest.mark.journey
CHANNELS = '[push]\ncontact = "mailto:drift@samlad.example"\n'


def test_a_way_is_stated_tested_and_moved_without_script(open_as: Open) -> None:
    page = open_as("tib.nacka", java_script_enabled=False)
    page.goto("/ways/")
    page.get_by_role("link", name="Lägg till ett sätt").click()
    page.get_by_label("Sätt").select_option(label="Sms")
    page.get_by_label("Nummer eller adress").fill("ring mig")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_text("Det här är inget telefonnummer").first).to_be_visible()
    page.get_by_label("Nummer eller adress").fill("070-174 06 98")
    page.get_by_label("Vad du kallar det").fill("Reservtelefon")
    page.get_by_role("button", name="Lägg till").click()
    way = page.get_by_role("listitem").filter(has_text="Reservtelefon")
    expect(way).to_contain_text("070-174 06 98")
    way.get_by_role("button", name="Testa").click()
    told = page.get_by_text("Koden skulle ha varit").text_content() or ""
    code = re.search(r"\d{6}", told)
    assert code
    page.get_by_label("Kod").fill(code[0])
    page.get_by_role("button", name="Bekräfta").click()
    expect(way).to_contain_text("Fungerar, senast")
    way.get_by_role("button", name="Flytta upp").click()
    expect(page.locator(".way").nth(-2)).to_contain_text("Reservtelefon")
    way.get_by_role("link", name="Ta bort").click()
    page.get_by_role("button", name="Ta bort").click()
    expect(way).to_have_count(0)


@pytest.fixture(scope="module")
def pushing(install: Callable[[], Running], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server that is no demo and has push."""
    one = install()
    file = tmp_path_factory.mktemp("channels") / "channels.toml"
    file.write_text(CHANNELS)
    one.environment |= {"SAMLAD_DEMO": "", "SAMLAD_SIGN_IN": "password", "SAMLAD_CHANNELS": str(Path(file))}
    one.start()
    yield one
    one.stop()


def test_a_notice_comes_to_a_browser(pushing: Running, new_context: NewContext) -> None:
    context = new_context(base_url=pushing.url, viewport=LAPTOP, locale="sv-SE", permissions=["notifications"])
    context.add_cookies([{"name": "sessionid", "value": pushing.sessions("tib.nacka")[0], "url": pushing.url}])
    page = context.new_page()
    # No push service is reached from here: the browser is made to answer as if one had been.
    page.add_init_script("PushManager.prototype.subscribe = async () => { throw new Error('no push service'); };")
    page.goto("/ways/")
    page.get_by_role("button", name="Slå på aviseringar här").click()
    expect(page.get_by_role("status").filter(has_text="Webbläsaren kunde inte slå på aviseringar")).to_be_visible()
    assert page.evaluate("navigator.serviceWorker.ready.then(worker => worker.scope)") == pushing.url + "/"
    session, workers = context.new_cdp_session(page), list[str]()
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: workers.extend(one["registrationId"] for one in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    notices = (
        "navigator.serviceWorker.ready.then(worker => worker.getNotifications())"
        ".then(all => all.map(one => [one.title, one.body, one.lang]))"
    )
    told = {"title": "Larm: snö", "body": "Vad: snö", "link": pushing.url + "/ways/", "key": "k", "language": "sv"}
    message = {"origin": pushing.url, "registrationId": workers[0], "data": json.dumps(told)}
    session.send("ServiceWorker.deliverPushMessage", message)
    # Asked again and again from here: wait_for_function takes a promise for an answer.
    until(lambda: page.evaluate(notices))
    assert page.evaluate(notices) == [["Larm: snö", "Vad: snö", "sv"]]
