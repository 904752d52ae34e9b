""" "Unchanged" in one click: the same again, as of now, to the same readers."""

from samlad.base.ids import new_id
from samlad.picture.queries import all_reports, picture
from samlad.picture.tests.scene import BOARD, TO_BOARD, ClientFor, close, filed, page, snow
from samlad.registers.tests.cast import Cast


def test_one_click(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    first = filed(cast.liaison.who, operation, minutes=40, consequences="Snö.")
    client = client_for(cast.liaison)
    html = page(client, f"/operations/{operation}/reports/new/")
    assert "Oförändrat sedan" in html and f'name="since" value="{first}"' in html
    sent = {"id": str(new_id()), "since": str(first)}
    for _time in range(2):  # a double click, or a retry
        assert client.post(f"/operations/{operation}/reports/unchanged/", sent).status_code == 302
    current = picture(operation, cast.rsk.who).reports["sodertalje"].current
    assert current.payload.unchanged and current.payload.consequences == "Snö." and current.previous == first
    assert len(all_reports(operation, cast.rsk.who)) == 2


def test_it_goes_to_those_who_read_the_last_one(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    first = filed(cast.liaison.who, operation, minutes=9, consequences="Inte för alla.", audience=TO_BOARD)
    sent = {"id": str(new_id()), "since": str(first)}
    client_for(cast.liaison).post(f"/operations/{operation}/reports/unchanged/", sent)
    assert not all_reports(operation, cast.duty_officer.who)
    audiences = {one.entry.audience for one in all_reports(operation, cast.rsk.who).values()}
    assert audiences == {f"actors:{BOARD},sodertalje"}


def test_not_when_a_colleague_has_reported_meanwhile(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    first = filed(cast.liaison.who, operation, minutes=9, consequences="Snö.")
    filed(cast.liaison.who, operation, consequences="Mer snö.")
    sent = {"id": str(new_id()), "since": str(first)}
    answer = client_for(cast.liaison).post(f"/operations/{operation}/reports/unchanged/", sent)
    assert answer.status_code == 409 and "nyare lägesrapport från din aktör" in answer.content.decode()


def test_no_button_without_a_report_of_ones_own(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    filed(cast.rsk.who, operation, actor="sodertalje", consequences="Ringde.", source="TiB")
    client = client_for(cast.liaison)
    assert "Oförändrat sedan" not in page(client, f"/operations/{operation}/reports/new/")
    sent = {"id": str(new_id()), "since": str(next(iter(all_reports(operation, cast.rsk.who))))}
    answer = client.post(f"/operations/{operation}/reports/unchanged/", sent)
    assert answer.status_code == 409 and "förmedlades av en annan aktör" in answer.content.decode()


def test_who_gets_what(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    expected = {"observer": 404, "stranger": 404, "administrator": 404, "liaison": 302}
    first = filed(cast.liaison.who, operation, consequences="Snö.")
    for name, member in cast.members().items():
        sent = {"id": str(new_id()), "since": str(first)}
        answer = client_for(member).post(f"/operations/{operation}/reports/unchanged/", sent)
        assert answer.status_code == expected.get(name, 409), name


def test_bad_ids_and_a_closed_operation(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    first = filed(cast.liaison.who, operation, consequences="Snö.")
    client, address = client_for(cast.liaison), f"/operations/{operation}/reports/unchanged/"
    assert client.post(address, {"id": "x", "since": "y"}).status_code == 422
    assert client.get(address).status_code == 405
    close(cast, operation)
    assert client.post(address, {"id": str(new_id()), "since": str(first)}).status_code == 409
