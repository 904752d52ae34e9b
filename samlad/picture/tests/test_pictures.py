"""Published pictures: a list, and each as a document that says what is new and who had not reported."""

from samlad.picture.actions import drop_statement, publish, take_statement
from samlad.picture.queries import picture
from samlad.picture.tests.scene import ClientFor, assessed, filed, page, published, snow, taken
from samlad.registers.tests.cast import Cast


def test_who_gets_what(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    published(cast.rsk.who, operation)
    for name, member in cast.members().items():
        status = 404 if name in ("stranger", "administrator") else 200
        for address in ("pictures/", "pictures/1/", "pictures/1.pdf"):
            assert client_for(member).get(f"/operations/{operation}/{address}").status_code == status, (name, address)
    assert client_for(cast.rsk).get(f"/operations/{operation}/pictures/2/").status_code == 404


def test_the_list(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    address = f"/operations/{operation}/pictures/"
    assert "Ingen samlad lägesbild är publicerad ännu." in page(client_for(cast.liaison), address)
    published(cast.rsk.who, operation, "Första bedömningen.")
    assessed(cast.rsk.who, operation, "Andra bedömningen.")
    publish(by=cast.rsk.who, operation=operation, closing=True)
    html = page(client_for(cast.liaison), address)
    assert html.index("Andra bedömningen.") < html.index("Första bedömningen.") and "Avslutande" in html


def test_a_number_with_all_it_says(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    report = filed(cast.rsk.who, operation, actor="nacka", consequences="Snö.", source="TiB, telefon", status="red")
    taken(cast.rsk.who, operation, "Snö i Nacka.", report)
    taken(cast.rsk.who, operation, "Eget ord.", block="event")
    published(cast.rsk.who, operation, "Läget är ansträngt.")
    html = page(client_for(cast.observer), f"/operations/{operation}/pictures/1/")
    for text in (
        "nummer 1", "Snöoväder, hela länet", "Läget är ansträngt.", "Snö i Nacka.", "förmedlat av Länsstyrelsen",
        "källa: TiB, telefon", "Lägesbildsansvarigs egna ord", "Länsstyrelsen Stockholm · RSK", "ÖVNING",
    ):  # fmt: skip
        assert text in html
    missing = html.split("Hade inte rapporterat")[1]
    assert "Södertälje" in missing and "Polisen" in missing and "Nacka" not in missing


def test_what_is_new_changed_and_gone(cast: Cast, client_for: ClientFor) -> None:
    operation, by = snow(cast), cast.rsk.who
    filed(cast.liaison.who, operation, minutes=9, status="yellow")
    report = filed(cast.duty_officer.who, operation, consequences="Snö.")
    edited, gone, kept = (taken(by, operation, text) for text in ("Tio bussar står.", "Borta nu.", "Som förut."))
    published(by, operation, "Läget är ansträngt.")
    take_statement(by=by, operation=operation, block="consequences", text="Tolv bussar står.", replaces=edited)
    drop_statement(by=by, operation=operation, statement=gone)
    taken(by, operation, "Helt nytt.", report)
    filed(cast.liaison.who, operation, status="red")
    published(by, operation, "Läget är allvarligt.")
    client = client_for(cast.observer)
    html = page(client, f"/operations/{operation}/pictures/2/")
    assert "<del>Tio</del>" in html and "<ins>Tolv</ins>" in html and "<del>Borta nu.</del>" in html
    assert "3 uppgifter är nya, ändrade eller borttagna sedan nummer 1." in html and kept
    assert "<ins>allvarligt.</ins>" in html and "<b>var Gul</b>" in html
    plain = page(client, f"/operations/{operation}/pictures/2/?changes=off")
    assert "Borta nu." not in plain and "<ins>" not in plain and "Tolv bussar står." in plain
    first = page(client, f"/operations/{operation}/pictures/1/")
    assert "Det finns ett nyare nummer." in first and "<ins>" not in first and "Helt nytt." not in first


def test_as_it_was(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    published(cast.rsk.who, operation, "Första.")
    assessed(cast.rsk.who, operation, "Andra.")
    publish(by=cast.rsk.who, operation=operation)
    client = client_for(cast.liaison)  # reads: opened, first, second
    assert client.get(f"/operations/{operation}/pictures/2/?at=2").status_code == 404
    assert "Andra." not in page(client, f"/operations/{operation}/pictures/?at=2")
    assert len(picture(operation, cast.liaison.who).editions) == 2
