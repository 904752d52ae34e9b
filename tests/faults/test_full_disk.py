"""The disk fills up while people report: a sentence, the text kept, nothing acknowledged lost; with room it goes on."""

from samlad.base.ids import new_id
from tests.faults.clients import DONE, Answer, Browser, people
from tests.faults.conftest import Disk

SENTENCE = "Samlad kan inte spara just nu."
WORDS = "Två bandvagnar behövs vid Fisksätra – "


def report_until_full(browser: Browser, operation: str) -> tuple[Answer, str, list[str]]:
    """The answer that is no acknowledgement, its id, and the ids acknowledged before it."""
    acknowledged: list[str] = []
    for number in range(1000):
        id = str(new_id())
        answer = browser.report(operation, WORDS + str(number) * 4000, id)
        if answer.status not in DONE:
            return answer, id, acknowledged
        acknowledged.append(id)
    raise AssertionError("the disk never filled up")


def test_a_full_disk(disk: Disk) -> None:
    (browser,) = people(disk.running, "tib.nacka")
    operation = browser.raise_alarm()
    disk.fill()
    answer, id, acknowledged = report_until_full(browser, operation)
    assert answer.status == 503, answer.words
    assert SENTENCE in answer.words
    assert WORDS in answer.words, "the text is still in the form"
    assert f'value="{id}"' in answer.text, "and so is its id: sent again it is the same report"
    for page in (operation, f"{operation}reports/", f"{operation}journal/", "/"):
        assert browser.get(page).status == 200, "reading goes on"
    short = str(new_id())  # may find the room that a long one did not; then it must be there in the end
    status = browser.report(operation, WORDS, short).status
    assert status in (503, *DONE)
    acknowledged += [short] if status in DONE else []
    disk.empty()
    assert browser.report(operation, WORDS, id).status in DONE
    filed = [entry["id"] for entry in browser.entries(operation) if entry["kind"] == "picture.report_filed"]
    assert filed == [*acknowledged, id]
    assert "the chain holds" in disk.running.command("journal", "verify")


def test_killed_while_the_disk_is_full(disk: Disk) -> None:
    """It starts again on a disk with room and has what it acknowledged."""
    (browser,) = people(disk.running, "tib.nacka")
    operation = browser.raise_alarm()
    disk.fill()
    _answer, _id, acknowledged = report_until_full(browser, operation)
    disk.running.kill()
    if disk.ballast.exists():
        disk.empty()
    disk.running.start()
    filed = [entry["id"] for entry in browser.entries(operation) if entry["kind"] == "picture.report_filed"]
    assert filed == acknowledged
    assert "the chain holds" in disk.running.command("journal", "verify")


def test_the_green_button_on_a_full_disk(disk: Disk) -> None:
    """Nothing is half opened; pressed again when there is room, it is the operation that was meant."""
    (browser,) = people(disk.running, "tib.nacka")
    report_until_full_everywhere(browser, disk)
    fields = {"id": str(new_id()), "what": "Skogsbrand vid Tyresta", "where": "Haninge", "kind": "exercise"}
    answer = browser.post("/raise/", fields)
    assert answer.status == 503, answer.words
    assert SENTENCE in answer.words
    assert 'value="Skogsbrand vid Tyresta"' in answer.text
    assert browser.get(f"/operations/{fields['id']}/").status == 404
    disk.empty()
    assert browser.post("/raise/", fields).status in DONE
    assert browser.get(f"/operations/{fields['id']}/").status == 200


def report_until_full_everywhere(browser: Browser, disk: Disk) -> None:
    """Fill the disk, and whatever room the database has left in its own files."""
    operation = browser.raise_alarm()
    disk.fill()
    report_until_full(browser, operation)
    for _ in range(100):
        if browser.report(operation, "x").status not in DONE:
            return
