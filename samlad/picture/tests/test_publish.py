"""Preview and publish: exactly what was previewed, once, and never over somebody else's number."""

from samlad.base.ids import new_id
from samlad.picture.queries import picture
from samlad.picture.tests.scene import ClientFor, assessed, close, filed, page, published, snow, taken
from samlad.registers.tests.cast import Cast


def test_who_gets_what(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    assessed(cast.rsk.who, operation)
    number = 0
    for name, member in cast.members().items():
        may, client = name in ("rsk", "picture_lead"), client_for(member)
        assert client.get(f"/operations/{operation}/desk/preview/").status_code == (200 if may else 404), name
        number += may
        sent = {"id": str(new_id()), "number": number}
        answer = client.post(f"/operations/{operation}/desk/preview/", sent)
        assert answer.status_code == (302 if may else 404), name


def test_exactly_as_previewed(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    report = filed(cast.liaison.who, operation, consequences="Snö.", status="red")
    taken(cast.rsk.who, operation, "Snö i söder.", report)
    assessed(cast.rsk.who, operation, "Ansträngt läge.")
    client, address = client_for(cast.rsk), f"/operations/{operation}/desk/preview/"
    preview = page(client, address)
    assert "Publicera nummer 1" in preview and not picture(operation, cast.rsk.who).editions
    sent = {"id": str(new_id()), "number": 1}
    for _time in range(2):  # twice with the same id is once
        answer = client.post(address, sent)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/operations/{operation}/pictures/1/")
    shown = page(client, f"/operations/{operation}/pictures/1/")
    for part in ("Status per aktör", "Hade inte rapporterat", "Konsekvenser"):
        ours, theirs = (html.split(part, 1)[1].split("</section>")[0] for html in (preview, shown))
        assert ours == theirs
    assert len(picture(operation, cast.rsk.who).editions) == 1


def test_two_who_publish_at_once(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    assessed(cast.rsk.who, operation)
    address = f"/operations/{operation}/desk/preview/"
    assert client_for(cast.rsk).post(address, {"id": str(new_id()), "number": 1}).status_code == 302
    answer = client_for(cast.picture_lead).post(address, {"id": str(new_id()), "number": 1})
    assert answer.status_code == 409 and "Någon annan publicerade nummer 1 nyss." in answer.content.decode()
    assert "Publicera nummer 2" in answer.content.decode()
    assert len(picture(operation, cast.rsk.who).editions) == 1


def test_without_an_assessment(cast: Cast, client_for: ClientFor) -> None:
    address = f"/operations/{snow(cast)}/desk/preview/"
    client = client_for(cast.rsk)
    assert "Skriv en samlad bedömning först." in page(client, address)
    assert client.post(address, {"id": str(new_id()), "number": 1}).status_code == 409
    assert client.post(address, {"id": "x", "number": "y"}).status_code == 422


def test_after_closing(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    assessed(cast.rsk.who, operation)
    close(cast, operation)
    client, address = client_for(cast.rsk), f"/operations/{operation}/desk/preview/"
    assert "Händelsen är avslutad." in page(client, address)
    assert client.post(address, {"id": str(new_id()), "number": 1}).status_code == 409


def test_it_warns_of_what_has_been_overtaken(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    report = filed(cast.liaison.who, operation, minutes=9, consequences="Snö.")
    taken(cast.rsk.who, operation, "Snö.", report)
    filed(cast.liaison.who, operation, consequences="Mer snö.")
    html = page(client_for(cast.rsk), f"/operations/{operation}/desk/preview/")
    assert "1 uppgift kommer från en lägesrapport som följts av en nyare." in html
    assert published(cast.rsk.who, operation) == 1
