"""The pages of joint goals: what stands there, how the secretariat writes it, how a file is read in."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samlad.governance.goals import importing
from samlad.governance.goals.file import read
from samlad.governance.goals.models import Capability, Goal, GoalArea, GoalCapability, Vision
from samlad.governance.models import Activity, PlanYear
from samlad.governance.record import save, seen
from samlad.governance.tests.test_goals_file import FILE
from samlad.journal.who import SYSTEM
from samlad.registers.tests.cast import Everybody, Member

ROOT = "/governance/goals/"
In = Callable[[Member], Client]


@pytest.fixture
def there(everybody: Everybody) -> None:
    """The goals of the file, in the register."""
    importing.take_in(read("f", FILE.encode()).content, by=SYSTEM, reason="")


def test_all_parties_read(everybody: Everybody, client_for: In, there: None) -> None:
    reader = client_for(everybody.registrar)
    assert "Målbild" in reader.get(ROOT).content.decode()
    page = reader.get(ROOT + "malbild/").content.decode()
    assert "Hålla ut" in page and "1.1*" in page and "import/" not in page
    assert "rekonstruktion" in reader.get(ROOT + "capabilities/").content.decode()
    assert reader.get(ROOT + "malbild/goals.toml").content.decode().count("[[") == 3 + 5  # and five in its head
    assert read("f", reader.get(ROOT + "goals.toml").content).content == read("f", FILE.encode()).content


def test_what_is_not_obtained_is_said(everybody: Everybody, client_for: In, there: None) -> None:
    GoalArea.objects.update(obtained=False)
    page = client_for(everybody.chief).get(ROOT + "malbild/").content.decode()
    assert "Inte inhämtad" in page and "not-here" in page


def test_the_matrix_tells_what_nothing_aims_at(everybody: Everybody, client_for: In, there: None) -> None:
    more = FILE.replace("[[vision]]", '[[capability]]\ncode = "2"\nname = "Informationsdela"\n\n[[vision]]', 1)
    importing.take_in(read("f", more.encode()).content, by=SYSTEM, reason="")
    page = client_for(everybody.chief).get(ROOT + "malbild/capabilities/").content.decode()
    first = page.index("Inget mål syftar till detta")
    assert "2 Informationsdela" in page[first : first + 200] and page.count("●") == 1 and page.count("○") == 1


def test_the_secretariat_writes_goals(everybody: Everybody, client_for: In, there: None) -> None:
    kansli = client_for(everybody.secretariat)
    sent = {
        "title": "Nästa",
        "code": "nasta",
        "first_day": "2031-01-01",
        "last_day": "2034-12-31",
        "aim": "Rad 1\r\nRad 2",
    }
    answer = kansli.post(ROOT + "new/", sent)
    assert (answer.status_code, answer["Location"]) == (302, ROOT + "nasta/")
    assert Vision.objects.get(code="nasta").aim == "Rad 1\nRad 2"
    assert kansli.post(ROOT + "nasta/areas/new/", {"code": "1", "name": "Område", "obtained": "on"}).status_code == 302
    area = GoalArea.objects.get(vision__code="nasta")
    url = f"{ROOT}areas/{area.pk}/goals/new/"
    assert kansli.post(url, {"code": "1", "text": "Ett mål", "aims_at": ["1", "1.1"]}).status_code == 302
    goal = Goal.objects.get(area=area)
    assert GoalCapability.objects.filter(goal=goal).count() == 2
    assert kansli.post(url, {"code": "1", "text": "Ett till"}).status_code == 409
    only = {"code": "1", "text": "Ett mål", "aims_at": "1", "seen": seen(goal), "reason": "Bara helheten"}
    assert kansli.post(f"{ROOT}goals/{goal.pk}/change/", only).status_code == 302
    assert [one.sub_id for one in GoalCapability.objects.filter(goal=goal)] == [None]


def test_a_goal_and_then_its_area_are_taken_away(everybody: Everybody, client_for: In, there: None) -> None:
    goal, area = Goal.objects.get(), GoalArea.objects.get()
    kansli = client_for(everybody.secretariat)
    assert kansli.post(f"{ROOT}areas/{area.pk}/remove/", {"reason": "Fel"}).status_code == 409
    assert kansli.post(f"{ROOT}goals/{goal.pk}/remove/", {}).status_code in (200, 422)
    assert kansli.post(f"{ROOT}goals/{goal.pk}/remove/", {"reason": "Fel"}).status_code == 302
    assert kansli.post(f"{ROOT}areas/{area.pk}/remove/", {"reason": "Fel"}).status_code == 302
    assert not GoalArea.objects.exists() and not GoalCapability.objects.exists()


def test_what_the_plan_needs_stays(everybody: Everybody, client_for: In, there: None) -> None:
    goal, kansli = Goal.objects.get(), client_for(everybody.secretariat)
    plan = PlanYear(year=2027, state="drafting")
    save(plan, by=SYSTEM, new=True)
    days = {"first_day": date(2027, 1, 1), "last_day": date(2027, 12, 31)}
    whose = {"responsible_id": "nacka", "proposed_by_id": "nacka"}
    save(Activity(year=plan, goal=goal, title="Prova reservvägar", **days, **whose), by=SYSTEM, new=True)
    assert kansli.post(f"{ROOT}goals/{goal.pk}/remove/", {"reason": "Fel"}).status_code == 409
    without = FILE[: FILE.index("[[goal]]")]
    answer = kansli.post(ROOT + "import/", sent_file(without))
    assert answer.status_code == 409 and "form-errors" in answer.content.decode()
    assert Goal.objects.count() == GoalCapability.objects.count() == 1


def test_days_that_cannot_be_and_reserved_names(everybody: Everybody, client_for: In) -> None:
    kansli = client_for(everybody.secretariat)
    sent = {"title": "Nästa", "code": "nasta", "first_day": "2031-01-01", "last_day": "2030-12-31"}
    assert kansli.post(ROOT + "new/", sent).status_code == 409
    assert kansli.post(ROOT + "new/", sent | {"code": "import", "last_day": "2034-12-31"}).status_code == 409
    assert not Vision.objects.exists()


def sent_file(text: str) -> dict[str, object]:
    return {"attached": SimpleUploadedFile("goals.toml", text.encode())}


def stamp_in(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def test_a_file_is_shown_first_and_then_read_in(everybody: Everybody, client_for: In, there: None) -> None:
    kansli = client_for(everybody.secretariat)
    new = FILE.replace("Hålla ut", "Hålla ut längre")
    answer = kansli.post(ROOT + "import/", sent_file(new))
    page = answer.content.decode()
    assert answer.status_code == 200 and "<del>Hålla ut</del>" in page and Goal.objects.get().text == "Hålla ut"
    sent = {"text": new, "seen": stamp_in(page), "confirmed": "1", "reason": "Beslut i dag"}
    assert kansli.post(ROOT + "import/", sent).status_code == 302
    assert Goal.objects.get().text == "Hålla ut längre"
    assert "Beslut i dag" in kansli.get(ROOT + "malbild/").content.decode()


def test_it_is_shown_anew_when_somebody_changed_in_between(everybody: Everybody, client_for: In, there: None) -> None:
    kansli = client_for(everybody.secretariat)
    stamp = stamp_in(kansli.post(ROOT + "import/", sent_file(FILE)).content.decode())
    importing.take_in(read("f", FILE.replace("Hålla", "Stå").encode()).content, by=SYSTEM, reason="")
    answer = kansli.post(ROOT + "import/", {"text": FILE, "seen": stamp, "confirmed": "1"})
    assert answer.status_code == 409 and "<del>Stå ut</del>" in answer.content.decode()
    assert Goal.objects.get().text == "Stå ut"


def test_without_having_seen_it_nothing_is_read_in(everybody: Everybody, client_for: In) -> None:
    answer = client_for(everybody.secretariat).post(ROOT + "import/", {"text": FILE, "confirmed": "1"})
    assert answer.status_code == 409 and not Vision.objects.exists()


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("tom.toml", b""),
        ("program.toml", b"MZ\x90\x00\xff"),
        ("avtal.pdf", b"%PDF-1.7 /Encrypt"),
        ("stor.toml", b"#" * 600_000),
    ],
)
def test_a_wrong_file_loses_nothing(everybody: Everybody, client_for: In, there: None, name: str, sent: bytes) -> None:
    answer = client_for(everybody.secretariat).post(ROOT + "import/", {"attached": SimpleUploadedFile(name, sent)})
    page = answer.content.decode()
    assert answer.status_code == 422 and ('role="alert"' in page)
    assert (Vision.objects.count(), Capability.objects.count(), Goal.objects.count()) == (1, 1, 1)


def test_what_is_wrong_is_told_by_line_with_the_text_to_go_on_with(everybody: Everybody, client_for: In) -> None:
    answer = client_for(everybody.secretariat).post(
        ROOT + "import/", {"text": FILE.replace('area = "1"', 'area = "9"')}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "texten:24" in page and "Hålla ut" in page and not Vision.objects.exists()


def test_who_may(everybody: Everybody, client_for: In, there: None) -> None:
    goal = Goal.objects.get()
    for member in (everybody.registrar, everybody.chief):
        browser = client_for(member)
        for path in ("new/", "import/", "malbild/change/", "malbild/areas/new/", f"goals/{goal.pk}/change/"):
            assert browser.get(ROOT + path).status_code == 404
            assert browser.post(ROOT + path, {"text": FILE}).status_code == 404
    assert client_for(everybody.stranger).get(ROOT + "goals.toml").status_code == 404
    assert client_for(everybody.chief).get(ROOT + "nothing/").status_code == 404
