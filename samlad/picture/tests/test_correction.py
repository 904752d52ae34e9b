"""Correcting a report: by who stands behind it, also after closing; both stay, and each leads to the other."""

from samlad.picture.queries import all_reports, picture
from samlad.picture.tests.scene import TO_BOARD, ClientFor, chosen, close, filed, form, page, snow
from samlad.registers.tests.cast import Cast


def test_a_correction_takes_its_place_also_after_closing(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    wrong = filed(cast.liaison.who, operation, minutes=30, consequences="Tre skadade.", status="red")
    close(cast, operation)
    client, address = client_for(cast.liaison), f"/operations/{operation}/reports/new/?corrects={wrong}"
    html = page(client, address)
    assert "Rätta lägesrapporten från Södertälje" in html and "Tre skadade.</textarea>" in html
    sent = form(consequences="Två skadade.", status="red")
    assert client.post(address, sent).status_code == 302
    current = picture(operation, cast.rsk.who).reports["sodertalje"].current
    assert current.payload.consequences == "Två skadade." and str(current.id) == sent["id"]
    reports = all_reports(operation, cast.rsk.who)
    assert str(reports[wrong].corrected_by) == sent["id"] and reports[current.id].corrects == wrong
    reader = client_for(cast.observer)
    assert "Lägesrapporten har rättats." in page(reader, f"/operations/{operation}/reports/{wrong}/")
    html = page(reader, f"/operations/{operation}/reports/{current.id}/")
    assert "Detta är en rättelse." in html and "<del>Tre</del>" in html and "<ins>Två</ins>" in html


def test_it_keeps_its_moment_and_its_readers(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    wrong = filed(cast.liaison.who, operation, minutes=90, consequences="Inte för alla.", audience=TO_BOARD)
    client, address = client_for(cast.liaison), f"/operations/{operation}/reports/new/?corrects={wrong}"
    html = page(client, address)
    assert chosen(html, "audience") == ["actors"]
    told = all_reports(operation, cast.rsk.who)[wrong].payload
    shown = html.split('name="as_of_shown" value="')[1].split('"')[0]
    client.post(address, form(consequences="Rättat.", audience="own", as_of=shown, as_of_shown=shown))
    corrected = list(all_reports(operation, cast.liaison.who).values())[-1]
    assert corrected.payload.as_of == told.as_of and corrected.entry.audience == "own:sodertalje"


def test_only_by_who_sent_it(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    own = filed(cast.liaison.who, operation, consequences="Snö.")
    conveyed = filed(cast.rsk.who, operation, actor="nacka", consequences="Ringde.", source="TiB")
    who = {own: {"liaison"}, conveyed: {"rsk", "picture_lead"}}
    for report, may in who.items():
        for name, member in cast.members().items():
            client, address = client_for(member), f"/operations/{operation}/reports/new/?corrects={report}"
            assert client.get(address).status_code == (200 if name in may else 404), name
            shown = client.get(f"/operations/{operation}/reports/{report}/").content.decode()
            assert (f"?corrects={report}" in shown) == (name in may), name
            if name not in may:
                assert client.post(address, form(consequences="Fel.", source="x")).status_code == 404


def test_what_has_been_corrected_leads_to_the_correction(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    wrong = filed(cast.liaison.who, operation, consequences="Ett.")
    client, address = client_for(cast.liaison), f"/operations/{operation}/reports/new/?corrects={wrong}"
    client.post(address, form(consequences="Två."))
    assert "Två.</textarea>" in page(client, address)
    assert client.post(address, form(consequences="Tre.")).status_code == 302
    assert picture(operation, cast.rsk.who).reports["sodertalje"].current.payload.consequences == "Tre."
    assert picture(operation, cast.rsk.who).reports["sodertalje"].count == 1


def test_a_correction_of_nothing(cast: Cast, client_for: ClientFor) -> None:
    client, address = client_for(cast.liaison), f"/operations/{snow(cast)}/reports/new/?corrects="
    for corrects in ("x", "01a201c2-4feb-74d1-8241-8dad829c7b72"):
        assert client.get(address + corrects).status_code == 404
