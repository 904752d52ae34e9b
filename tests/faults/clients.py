"""People at their browsers, as far as HTTP goes: a session, a form with an id of its own, and patience."""

import html
import http.client
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

from samlad.base.ids import new_id
from tests.running import PATIENCE, Running

TOKEN = "t" * 32  # what Django compares: a form's token with its cookie's
NO_FIGURES = {"figures-TOTAL_FORMS": "0", "figures-INITIAL_FORMS": "0"}
DONE = (302, 303)


class Answer:
    """What came back."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status = status
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.text = body.decode(errors="replace")

    @property
    def words(self) -> str:
        """The text a reader sees: without tags, entities undone."""
        return html.unescape(re.sub(r"<[^>]+>", " ", self.text))


class Browser:
    """Somebody signed in at a running program."""

    def __init__(self, running: Running, session: str) -> None:
        self.running = running
        self.session = session

    def get(self, path: str) -> Answer:
        """A page. Raises OSError or http.client.HTTPException when the server is not there or goes away."""
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """A form as a browser without script sends it."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **headers})

    def raise_alarm(self) -> str:
        """Press the green button; returns the operation's address."""
        id = str(new_id())
        fields = {"id": id, "what": "Snöoväder", "where": "länet", "kind": "exercise", "apart": "1"}
        answer = self.post("/raise/", fields)
        assert answer.status in DONE, answer.words
        return f"/operations/{id}/"

    def report(self, operation: str, text: str, id: str = "", **headers: str) -> Answer:
        """File a report for one's own actor."""
        fields = {"id": id or str(new_id()), "status": "yellow", "audience": "all", "consequences": text, **NO_FIGURES}
        return self.post(f"{operation}reports/new/", fields, **headers)

    def entries(self, operation: str) -> list[dict[str, Any]]:
        """All entries one may read."""
        found: list[dict[str, Any]] = []
        while True:
            after = found[-1]["position"] if found else 0
            address = f"/api/v1{operation}entries?after={after}"
            part = json.loads(self.get(address).text)["entries"]
            if not part:
                return found
            found += part

    def _ask(self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> Answer:
        address = urlsplit(self.running.url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
        try:
            cookies = {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}"}
            connection.request(method, path, body.encode(), {**cookies, **(headers or {})})
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()


def people(running: Running, *usernames: str) -> list[Browser]:
    """Browsers of these people, signed in."""
    return [Browser(running, session) for session in running.sessions(*usernames)]


class Persistent(threading.Thread):
    """Somebody who files reports one after another and sends each until it is acknowledged, whatever happens."""

    def __init__(self, browser: Browser, operation: str, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.browser = browser
        self.operation = operation
        self.enough = threading.Event()
        self.acknowledged: list[str] = []
        self.trouble: list[str] = []  # what came instead of an acknowledgement

    def run(self) -> None:
        """File reports until it is enough."""
        while not self.enough.is_set():
            id = str(new_id())
            while not self._sent(id):
                time.sleep(0.02)
            self.acknowledged.append(id)

    def _sent(self, id: str) -> bool:
        try:
            answer = self.browser.report(self.operation, f"{self.name} {len(self.acknowledged)}", id)
        except (OSError, http.client.HTTPException) as error:
            self.trouble.append(type(error).__name__)
            return False
        if answer.status not in DONE:
            self.trouble.append(str(answer.status))
        return answer.status in DONE


@contextmanager
def filing(browsers: list[Browser], operation: str) -> Iterator[list[Persistent]]:
    """All of them file reports until the block ends; then each sends its last one until it is acknowledged."""
    threads = [Persistent(browser, operation, f"client-{number}") for number, browser in enumerate(browsers)]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        for thread in threads:
            thread.enough.set()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive(), f"{thread.name} was never acknowledged: {thread.trouble[-5:]}"


def until(happened: Callable[[], object], why: Callable[[], object] = lambda: "it never happened") -> None:
    """Wait until it has happened."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, why()
        time.sleep(0.02)


def nothing_lost(browser: Browser, operation: str, threads: list[Persistent]) -> None:
    """Assert that everything acknowledged is there exactly once, nothing else came in, and the chain holds."""
    filed = [entry["id"] for entry in browser.entries(operation) if entry["kind"] == "picture.report_filed"]
    acknowledged = [id for thread in threads for id in thread.acknowledged]
    assert sorted(filed) == sorted(acknowledged)
    assert "the chain holds" in browser.running.command("journal", "verify")
