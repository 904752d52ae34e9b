"""Marking a report: its ground, who decided and when; covered in lists, kept by what repeats it."""

from samlad.base.ids import new_id
from samlad.journal import read, reading
from samlad.journal.who import SYSTEM
from samlad.picture.queries import REPORTS, all_reports, picture
from samlad.picture.tests.scene import BOARD, ClientFor, chosen, form, page, snow
from samlad.registers.tests.cast import Cast

GROUND = "OSL 18:13"
MARKED = {"ground": GROUND, "audience": "actors", "readers": [BOARD], "consequences": "Reservkraften räcker till 16."}


def test_closed_until_somebody_marks(cast: Cast, client_for: ClientFor) -> None:
    html = page(client_for(cast.liaison), f"/operations/{snow(cast)}/reports/new/")
    assert '<details class="more marking">' in html and "OSL 18:13 Risk- och sårbarhetsanalyser" in html
    assert "den prövas på nytt vid varje utlämnande (OSL 5:5)" in html
    assert "Säkerhetsskyddsklassificerade uppgifter får inte alls skrivas här." in html
    assert "Beslutas av: Samverkansperson, Södertälje" in html


def test_stored_with_its_ground_and_the_seat(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client, address, body = client_for(cast.liaison), f"/operations/{operation}/reports/new/", form(**MARKED)
    first, second = client.post(address, body), client.post(address, body)  # a retry is the same report
    assert first.status_code == second.status_code == 302
    ((_number, entry),) = read.entries(operation, SYSTEM, kinds=REPORTS)
    assert entry.marking and (entry.marking.ground, entry.marking.decided_by) == (GROUND, "sodertalje:liaison")
    assert entry.marking.decided_at <= entry.recorded_at


def test_for_everybody_only_when_said_so(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client, address = client_for(cast.liaison), f"/operations/{operation}/reports/new/"
    body = form(ground=GROUND, consequences="Behåll mig")
    answer = client.post(address, body)
    html = answer.content.decode()
    assert answer.status_code == 422 and 'name="marked_for_all"' in html and "Behåll mig</textarea>" in html
    assert '<details class="more marking" open>' in html
    assert client.post(address, body | {"marked_for_all": "on"}).status_code == 302


def test_a_ground_nobody_knows(cast: Cast, client_for: ClientFor) -> None:
    body = form(**MARKED | {"ground": "OSL 99:9"})
    answer = client_for(cast.liaison).post(f"/operations/{snow(cast)}/reports/new/", body)
    assert answer.status_code == 422 and "Välj en av grunderna." in answer.content.decode()


def test_its_text_is_covered_where_reports_are_listed(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client_for(cast.liaison).post(f"/operations/{operation}/reports/new/", form(**MARKED))
    for address in ("", "reports/", "desk/", "actors/sodertalje/"):
        assert "Reservkraften" not in page(client_for(cast.rsk), f"/operations/{operation}/{address}"), address


def test_unchanged_keeps_text_readers_and_marking(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client = client_for(cast.liaison)
    client.post(f"/operations/{operation}/reports/new/", form(**MARKED))
    last = picture(operation, cast.liaison.who).reports["sodertalje"].current.id
    sent = {"id": str(new_id()), "since": str(last)}
    assert client.post(f"/operations/{operation}/reports/unchanged/", sent).status_code == 302
    *_, again = all_reports(operation, SYSTEM).values()
    assert again.entry.audience == f"actors:{BOARD},sodertalje"
    assert again.entry.marking and again.entry.marking.ground == GROUND
    whole = read.opened(operation, cast.rsk.who, again.id).payload
    assert whole.unchanged and whole.consequences == "Reservkraften räcker till 16."


def test_the_next_report_begins_marked_and_whole(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    client = client_for(cast.liaison)
    client.post(f"/operations/{operation}/reports/new/", form(**MARKED))
    last = picture(operation, cast.liaison.who).reports["sodertalje"].current.id
    for address in ("reports/new/", f"reports/new/?corrects={last}"):
        html = page(client, f"/operations/{operation}/{address}")
        assert "Reservkraften räcker till 16.</textarea>" in html
        assert f'<option value="{GROUND}" selected>' in html and chosen(html, "readers") == [BOARD]
    assert [one.actor for one in reading.of(operation, last)] == ["sodertalje", "sodertalje"]  # two forms showed it
