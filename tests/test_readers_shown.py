"""Every form that leaves an entry in an operation says, before it is sent, who will be able to read it."""

from typing import Any, Final

import pytest
from lxml import html

from tests.access import ROWS
from tests.access_words import READERS
from tests.everything import PARAMETERS, Everything, address
from tests.fuzz.browser import Request, ask
from tests.fuzz.pages import route_of

pytestmark = pytest.mark.django_db
SAYS: Final = (
    "contains(concat(' ', @class, ' '), ' audience ') or contains(concat(' ', @class, ' '), ' audience-field ')"
)
WITHOUT: Final = {
    "desk_drop": "takes out what one's own actor has written; the desk says that once, for all its forms",
    "desk_take": "the desk says it once, for all its forms",
    "calling_resend": "holds no words of anybody's; the board and the page of an actor say it once",
    "played_own": "a sentence above the form says it: all who take part in the exercise",
    "played_national": "a sentence above the form says it: all who take part in the exercise",
    "desk_assess": "the desk says it once, for all its forms",
    "report_unchanged": "stands beside the report's form, and goes to those who read the last report, who stand there",
}
SENTENCE: Final = {"entry_mark"}  # says in a sentence of its own that the readers stay, and who they are
SHOWING: Final = [
    row for row in ROWS if row.method == "GET" and "operation" in PARAMETERS[row.route] and "200" in row.gets.values()
]


def forms(page: Any) -> list[tuple[str, Any]]:
    """The forms of a page that send something to an operation, by the route they are sent to."""
    posting = [form for form in page.iter("form") if (form.get("method") or "").lower() == "post"]
    found = [(route_of((form.get("action") or "").partition("?")[0]), form) for form in posting]
    return [(route, form) for route, form in found if not route or "operation" in PARAMETERS.get(route, [])]


@pytest.mark.parametrize("row", SHOWING, ids=lambda row: f"{row.route}{' limited' if row.limited else ''}")
def test_a_form_says_who_will_read_it(row: Any, everything: Everything) -> None:
    for reader in READERS:
        if row.gets[reader] != "200":
            continue
        names = everything.limited_names() if row.limited else everything.names()
        answer = ask(Request(row.route, address(row.route, names).encode(), session=everything.sessions[reader]))
        if answer.kind != "text/html":
            return
        page = html.document_fromstring(answer.body, parser=html.HTMLParser(encoding="utf-8"))
        for route, form in forms(page):
            if (route or row.route) in SENTENCE:
                continue
            here = page if (route or row.route) in WITHOUT else form
            assert here.xpath(f".//*[{SAYS}]"), f"{reader} is not told who reads what is sent to {route or row.route}"
