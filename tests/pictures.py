"""The pictures in the README, taken anew: `python -m tests.pictures`. Needs a Chromium, as the journeys do."""

import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.chromium import need
from tests.browser import ARGUMENTS, PHONE, WALL
from tests.journeys.conftest import operation_of
from tests.png import smaller
from tests.running import Running

FOLDER: Final = Path(__file__).resolve().parent.parent / "docs" / "pictures"
LARGEST: Final = 250_000  # bytes
PAPER: Final = {"width": 1000, "height": 1250}
PLAY: Final = """
from pathlib import Path
import msgspec
from samlad.learning.actions import begin_exercise
from samlad.learning.exercise import read_exercise
exercise = read_exercise(Path("regions/stockholm/exercises/snowstorm.toml"))
begin_exercise(msgspec.structs.replace(exercise, head=max(step.minute for _name, step in exercise.steps())))
"""


def main() -> None:
    """Play the exercise on a server of its own and take the pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        running = Running(Path(folder), str(Path(folder, "samlad.sqlite3")))
        running.command("migrate", "-v0")
        running.command("region", "import", "regions/stockholm")
        running.command("shell", "-v0", "-c", PLAY)
        running.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=need(), args=list(ARGUMENTS))
                take_all(running, browser)
                browser.close()
        finally:
            running.stop()


def take_all(running: Running, browser: Browser) -> None:
    """Each picture, by somebody who would see it."""
    keys = dict(zip(("rsk", "liaison"), running.sessions("rsk", "liaison.norrtalje"), strict=True))

    def at(who: str, size: dict[str, int], page_name: str) -> Page:
        context = browser.new_context(base_url=running.url, viewport=size, locale="sv-SE", reduced_motion="reduce")  # type: ignore[arg-type]
        context.add_cookies([{"name": "sessionid", "value": keys[who], "url": running.url}])
        page = context.new_page()
        page.goto("/")
        page.locator(".card-link a").first.click()
        page.wait_for_url("**/operations/**")
        page.goto(operation_of(page) + page_name)
        return page

    front = at("rsk", WALL, "")
    front.locator("samlad-live[data-state=on]").wait_for()
    take(front, "front-page.png")
    take(at("liaison", PHONE, "reports/new/"), "report-phone.png")
    take(at("rsk", PAPER, "pictures/2/"), "joint-picture.png")


def take(page: Page, name: str) -> None:
    """Save what the window shows. Raises AssertionError for a file too large for a README."""
    picture = smaller(page.screenshot())
    assert len(picture) < LARGEST, f"{name}: {len(picture)} bytes"
    FOLDER.joinpath(name).write_bytes(picture)


if __name__ == "__main__":
    main()
