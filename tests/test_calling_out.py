"""From the green button over the assessment to a letter in everybody's inbox, in the program as it runs, also when it
is killed half way."""

import re
import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable
from typing import Any

from samlad.base.ids import new_id
from samlad.notify.tests.post_office import PostOffice
from tests.running import PATIENCE, Running

ASSESSING = 2  # RSK and the county board's duty officer
TOKEN = "t" * 32


def send(running: Running, session: str, path: str, fields: dict[str, str]) -> str:
    """Send a form as a browser without script does; returns where it leads."""
    request = urllib.request.Request(
        f"{running.url}{path}",
        urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN} | fields).encode(),
        {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "Referer": f"{running.url}{path}"},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as response:
        return str(response.url).removeprefix(running.url)


def press(running: Running, session: str) -> str:
    """Press the green button; returns the operation's address."""
    id = str(new_id())
    led = send(running, session, "/raise/", {"id": id, "what": "Snöoväder", "where": "länet", "kind": "exercise"})
    assert led == f"/operations/{id}/"
    return led


def call_out(running: Running, session: str, operation: str) -> int:
    """Assess: chiefs and all are called. How many people the page says that are called first."""
    path = f"{operation}assessment/?outcome=conference_both"
    request = urllib.request.Request(f"{running.url}{path}", headers={"Cookie": f"sessionid={session}"})
    with urllib.request.urlopen(request, timeout=PATIENCE) as response:
        people = re.search(r"<span data-called-people>(\d+)</span>", response.read().decode())
    fields = {"id": str(new_id()), "outcome": "conference_both", "audience": "all", "subject": "Konferens {when}",
              "text": "Kom {when}.", "short": "Kom.", "conference_at": "12:00", "answer_by": "11:45"}  # fmt: skip
    assert send(running, session, path, fields) == f"{operation}calling/"
    assert people
    return int(people[1])


def told(office: PostOffice, words: str) -> list[tuple[str, Any]]:
    """The letters with these words in their subjects; others are about gaps in rosters."""
    return [(address, letter) for address, letter in list(office.letters) if words in str(letter["Subject"])]


def until(happened: Callable[[], bool], why: Callable[[], str]) -> None:
    """Wait until it has happened."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, why()
        time.sleep(0.05)


def test_the_alarm_goes_to_two_and_the_call_out_to_everybody_once(install: Callable[[], Running]) -> None:
    running = install()
    with PostOffice() as office:
        running.environment |= {"SAMLAD_DEMO": "", "SAMLAD_EMAIL": f"smtp://127.0.0.1:{office.port}"}
        officer, rsk = running.sessions("tib.nacka", "rsk")
        running.start()
        operation = press(running, officer)
        until(lambda: len(told(office, "Bedöm")) >= ASSESSING, lambda: running.log)
        _address, letter = told(office, "Bedöm")[0]
        assert str(letter["Subject"]).startswith("ÖVNING – Bedöm: Snöoväder, länet")
        assert f"http://localhost:{running.port}{operation}assessment/" in letter.get_content()
        assert len(told(office, "Snöoväder")) == ASSESSING and not told(office, "Konferens")
        called = call_out(running, rsk, operation)
        until(lambda: len(told(office, "Konferens")) >= called, lambda: running.log)
        running.stop()
        received = Counter(address for address, _letter in told(office, "Konferens"))
        assert len(received) == called > 30 and set(received.values()) == {1}
        _address, letter = told(office, "Konferens")[-1]
        assert re.match(r"ÖVNING – Konferens (\d+/\d+ )?kl\. 12\.00", str(letter["Subject"]))
        assert f"http://localhost:{running.port}/a/" in letter.get_content()


def test_killed_again_and_again_nobody_is_left_out(install: Callable[[], Running]) -> None:
    running = install()
    with PostOffice() as office:
        running.environment |= {"SAMLAD_DEMO": "", "SAMLAD_EMAIL": f"smtp://127.0.0.1:{office.port}"}
        officer, rsk = running.sessions("tib.nacka", "rsk")
        running.start()
        called = call_out(running, rsk, press(running, officer))
        for enough in (1, called // 3, called // 2):
            until(lambda: len(told(office, "Konferens")) >= enough, lambda: running.log)  # noqa: B023
            running.kill()
            running.start()
        # What was in hand when it was killed is sent when its claim has run out; the others at once.
        until(lambda: len({address for address, _ in told(office, "Konferens")}) >= called, lambda: running.log)
        copies: dict[str, set[str]] = {}
        for address, letter in told(office, "Konferens"):
            copies.setdefault(address, set()).add(str(letter["Message-ID"]))
        assert {len(ids) for ids in copies.values()} == {1}
