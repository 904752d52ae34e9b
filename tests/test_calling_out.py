"""From the green button to a letter in somebody's inbox, in the program as it runs, also when it is killed half way."""

import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable

from samlad.base.ids import new_id
from samlad.notify.tests.post_office import PostOffice
from tests.running import PATIENCE, Running

CALLED = 92  # people with a duty role in the Stockholm region's files; each is called once


def press(running: Running, session: str) -> str:
    """Press the green button as a browser without script does; returns the operation's id."""
    token, id = "t" * 32, str(new_id())
    fields = {"csrfmiddlewaretoken": token, "id": id, "what": "Snöoväder", "where": "länet", "kind": "exercise"}
    request = urllib.request.Request(
        f"{running.url}/raise/",
        urllib.parse.urlencode(fields).encode(),
        {"Cookie": f"sessionid={session}; csrftoken={token}", "Referer": f"{running.url}/raise/"},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as response:
        assert response.url == f"{running.url}/operations/{id}/"
    return id


def until(happened: Callable[[], bool], why: Callable[[], str]) -> None:
    """Wait until it has happened."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, why()
        time.sleep(0.05)


def test_everybody_gets_one_letter(install: Callable[[], Running]) -> None:
    running = install()
    with PostOffice() as office:
        running.environment |= {"SAMLAD_DEMO": "", "SAMLAD_EMAIL": f"smtp://127.0.0.1:{office.port}"}
        (session,) = running.sessions("tib.nacka")
        running.start()
        operation = press(running, session)
        until(lambda: len(office.letters) >= CALLED, lambda: f"{len(office.letters)} letters\n{running.log}")
        running.stop()
        received = Counter(address for address, _letter in office.letters)
        assert len(received) == CALLED and set(received.values()) == {1}
        _address, letter = office.letters[0]
        assert str(letter["Subject"]).startswith("ÖVNING – Larm: Snöoväder, länet")
        assert f"http://localhost:{running.port}/operations/{operation}/acknowledgements/" in letter.get_content()


def test_killed_again_and_again_nobody_is_left_out(install: Callable[[], Running]) -> None:
    running = install()
    with PostOffice() as office:
        running.environment |= {"SAMLAD_DEMO": "", "SAMLAD_EMAIL": f"smtp://127.0.0.1:{office.port}"}
        (session,) = running.sessions("tib.nacka")
        running.start()
        press(running, session)
        for enough in (1, 30, 60):
            until(lambda: len(office.letters) >= enough, lambda: f"{len(office.letters)}\n{running.log}")  # noqa: B023
            running.kill()
            running.start()
        # What was in hand when it was killed is sent when its claim has run out; the others at once.
        until(lambda: len({address for address, _ in office.letters}) >= CALLED - 3, lambda: running.log)
        copies: dict[str, set[str]] = {}
        for address, letter in office.letters:
            copies.setdefault(address, set()).add(str(letter["Message-ID"]))
        assert {len(ids) for ids in copies.values()} == {1}
