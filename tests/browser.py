"""A real browser for the journeys: `page` is a fresh one, as a person has it who opens Samlad for the first time.

A test that uses `page` must carry `pytestmark = pytest.mark.journey`. What breaks the content policy, or throws in a
script, fails the test. A failed test leaves a picture in test-results/.
"""

import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from scripts.chromium import need

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PICTURES = Path(__file__).resolve().parent.parent / "test-results"
DESKTOP, PHONE, WALL = {"width": 1280, "height": 900}, {"width": 390, "height": 844}, {"width": 1920, "height": 1080}
NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=need(), args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def new_context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[NewContext]:
    """Make a browser profile of one's own: new_context(base_url=site.url, viewport=PHONE, locale="en-GB").

    Several in one test are several people at several machines.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def new(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"locale": "sv-SE", "viewport": DESKTOP, "reduced_motion": "reduce", **options})
        context.set_default_timeout(20_000)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("console", lambda message: faults.extend(_policy_faults(message)))
        contexts.append(context)
        return context

    yield new
    if request.node.stash.get(FAILED, False):
        _take_pictures(request.node.nodeid, contexts)
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.fixture
def page(new_context: NewContext, request: pytest.FixtureRequest) -> Page:
    """A page at the module's `site`."""
    return new_context(base_url=request.getfixturevalue("site").url).new_page()


def axe(page: Page, *, without: tuple[str, ...] = ()) -> None:
    """Assert that axe finds nothing wrong with the page by WCAG 2.2 A and AA. `without` names rules, with a reason."""
    options = {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        "rules": {rule: {"enabled": False} for rule in without},
    }
    results = Axe().run(page, options=options)
    found = [
        f"{violation['id']}: {violation['help']}: {[node['html'][:200] for node in violation['nodes'][:3]]}"
        for violation in results.response["violations"]
    ]
    assert not found, f"{page.url}\n" + "\n".join(found)


def fits(page: Page) -> None:
    """Assert that nothing makes the page scroll sideways."""
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{page.url} is {over} pixels too wide"


def _policy_faults(message: ConsoleMessage) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []


def _take_pictures(name: str, contexts: list[BrowserContext]) -> None:
    PICTURES.mkdir(exist_ok=True)
    stem = re.sub(r"\W+", "-", name)
    for number, page in enumerate(page for context in contexts for page in context.pages):
        page.screenshot(path=PICTURES / f"{stem}-{number}.png", full_page=True)


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test failed, for the pictures."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
