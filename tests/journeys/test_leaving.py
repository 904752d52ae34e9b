"""Signing out on a shared computer: what was begun is asked about, and nothing of it is left."""

import pytest
from playwright.sync_api import Dialog

from tests.journeys.conftest import Open

pytestmark = pytest.mark.journey
KEPT = "() => Object.keys(localStorage).filter((key) => key.startsWith('samlad:')).length"


def test_text_that_was_begun_is_asked_about_and_erased(open_as: Open) -> None:
    page = open_as("tib.nacka")
    page.goto("/raise/")
    page.fill("[name=what]", "Påbörjat")
    assert page.evaluate(KEPT) == 1
    asked: list[str] = []

    def answer(dialog: Dialog, accept: bool) -> None:
        asked.append(dialog.message)
        dialog.accept() if accept else dialog.dismiss()

    page.once("dialog", lambda dialog: answer(dialog, False))
    page.evaluate("document.querySelector('form[data-leaving]').requestSubmit()")
    page.wait_for_timeout(200)
    assert page.url.endswith("/raise/") and page.evaluate(KEPT) == 1
    page.once("dialog", lambda dialog: answer(dialog, True))
    page.evaluate("document.querySelector('form[data-leaving]').requestSubmit()")
    page.wait_for_url("**/sign-in/**")
    assert len(asked) == 2 and "raderas" in asked[0]
    assert page.evaluate(KEPT) == 0
