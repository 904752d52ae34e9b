"""Every page of governance that links lead to, as the secretariat, a registrar and a chief have it: by axe and by size.

One page of each address: what is linked to is found by going there.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from tests.browser import PHONE, axe, fits
from tests.journeys.conftest import LAPTOP, Open
from tests.journeys.test_governance import PEOPLE, REMEMBER
from tests.running import Running

pytestmark = pytest.mark.journey
LINKS: Final = "links => links.map(link => link.getAttribute('href'))"
FEWEST: Final = {"samordningskansli": 90, "registrator.nacka": 35, "chef.nacka": 30}
"""So many different addresses each has at least."""


@pytest.fixture(scope="module")
def site(install: Callable[[], Running]) -> Iterator[Running]:
    """A server with the demonstration's governance."""
    one = install()
    one.command("shell", "-v0", "-c", REMEMBER)
    one.start()
    yield one
    one.stop()


@pytest.fixture(scope="module")
def keys(site: Running) -> Mapping[str, str]:
    """Everybody's session, by username."""
    return dict(zip(PEOPLE, site.sessions(*PEOPLE), strict=True))


def pages(page: Page) -> Iterator[str]:
    """Go to one page of each address under /governance/ that is linked to; the route's name."""
    waiting, seen = ["/governance/"], set[str]()
    while waiting:
        path = waiting.pop(0)
        name = str(resolve(urlsplit(path).path).url_name)
        if name in seen or "." in path.rsplit("/", 1)[-1] or name in ("paper", "meeting_paper"):
            continue  # files are no pages
        seen.add(name)
        answer = page.goto(path)
        assert answer and answer.ok, path
        yield name
        found = page.eval_on_selector_all("a[href^='/governance/']", LINKS)
        waiting += [href for href in found if "format=" not in href]


@pytest.mark.parametrize(
    ("username", "locale", "viewport", "by_axe"),
    [
        ("samordningskansli", "sv-SE", PHONE, True),
        ("samordningskansli", "en-GB", LAPTOP, False),
        ("registrator.nacka", "en-GB", PHONE, True),
        ("chef.nacka", "sv-SE", LAPTOP, False),
    ],
)
def test_every_page(open_as: Open, username: str, locale: str, viewport: dict[str, int], by_axe: bool) -> None:
    page = open_as(username, viewport=viewport, locale=locale)
    faults, count = [], 0
    for name in pages(page):
        count += 1
        try:
            fits(page)
            if by_axe:
                axe(page)
        except AssertionError as fault:
            faults.append(f"{name}: {fault}")
    assert not faults, "\n".join(faults)
    assert count >= FEWEST[username]
