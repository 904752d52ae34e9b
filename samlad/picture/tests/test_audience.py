"""What a report's author keeps within a circle does not exist for anybody else: on no page, in no count, in no file."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from samlad.journal.entries import OWN, Audience
from samlad.picture.entries import Figure
from samlad.picture.queries import picture
from samlad.picture.tests.scene import TO_BOARD, ClientFor, filed, page, published, snow, taken
from samlad.registers.tests.cast import Cast

SECRET = "Hotbild mot vattenverket"
PAGES = ("reports/", "reports/?format=json", "actors/nacka/", "figures/", "pictures/", "pictures/1/", "reports/new/")


@pytest.mark.parametrize("audience", [TO_BOARD, OWN], ids=["named", "own"])
def test_on_every_page(cast: Cast, client_for: ClientFor, audience: Audience) -> None:
    operation = snow(cast)
    figure = Figure("Hotade verk", 3)  # type: ignore[arg-type]
    secret = filed(
        cast.duty_officer.who,
        operation,
        consequences=SECRET,
        source=SECRET,
        status="black",
        audience=audience,
        figures=(figure,),
    )
    published(cast.picture_lead.who, operation)
    client = client_for(cast.liaison)
    for address in PAGES:
        html = page(client, f"/operations/{operation}/{address}")
        assert SECRET not in html and str(secret) not in html and "Hotade verk" not in html, address
    assert client.get(f"/operations/{operation}/reports/{secret}/").status_code == 404
    assert SECRET in page(client_for(cast.duty_officer), f"/operations/{operation}/reports/{secret}/")


def test_the_desk_of_who_may_not_read_it(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    filed(cast.duty_officer.who, operation, consequences=SECRET, audience=OWN)
    for address in ("desk/", "desk/preview/"):
        html = page(client_for(cast.picture_lead), f"/operations/{operation}/{address}")
        assert SECRET not in html, address
    assert "4 aktörer har inte rapporterat" in page(client_for(cast.picture_lead), f"/operations/{operation}/desk/")


def test_it_does_not_shine_through_what_is_published(cast: Cast, client_for: ClientFor) -> None:
    """The compiler reads it; status and "has reported" in the picture come from what all may read."""
    operation = snow(cast)
    filed(cast.duty_officer.who, operation, minutes=30, consequences="Snö.", status="yellow")
    filed(cast.duty_officer.who, operation, consequences=SECRET, status="black", audience=TO_BOARD)
    filed(cast.liaison.who, operation, consequences=SECRET, status="black", audience=TO_BOARD)
    desk = page(client_for(cast.picture_lead), f"/operations/{operation}/desk/")
    assert SECRET in desk and "Läses av bara Länsstyrelsen, Nacka." in desk
    assert "Har rapporterat men inte till alla" in desk
    published(cast.picture_lead.who, operation)
    made = picture(operation, cast.observer.who).editions[0].payload
    assert [(one.actor, one.status) for one in made.reported] == [("nacka", "yellow")]
    assert "sodertalje" in made.not_reported


def test_a_source_that_may_not_be_opened_is_no_link(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    secret = filed(cast.duty_officer.who, operation, consequences=SECRET, audience=TO_BOARD)
    taken(cast.picture_lead.who, operation, "Vattenverk bevakas.", secret)
    preview = page(client_for(cast.picture_lead), f"/operations/{operation}/desk/preview/")
    assert "1 uppgift kommer från en lägesrapport som inte alla får läsa." in preview
    published(cast.picture_lead.who, operation)
    assert f"/reports/{secret}/" in page(client_for(cast.rsk), f"/operations/{operation}/pictures/1/")
    html = page(client_for(cast.liaison), f"/operations/{operation}/pictures/1/")
    assert "Vattenverk bevakas." in html and f"/reports/{secret}/" not in html and SECRET not in html
    pdf = client_for(cast.liaison).get(f"/operations/{operation}/pictures/1.pdf").content
    assert SECRET not in "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages)


def test_the_working_version_is_the_compilers_own(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    taken(cast.picture_lead.who, operation, "Inte färdigt.")
    assert "Inte färdigt." in page(client_for(cast.rsk), f"/operations/{operation}/desk/")
    assert not picture(operation, cast.liaison.who).statements


def test_the_source_of_a_statement_goes_no_further_than_the_report(cast: Cast, client_for: ClientFor) -> None:
    """The compiler chooses the words; the source that a report for some names came along by itself."""
    operation = snow(cast)
    limited = filed(cast.duty_officer.who, operation, consequences="Hot.", source=SECRET, audience=TO_BOARD)
    shared = filed(cast.liaison.who, operation, consequences="Snö.", source="SMHI")
    for report in (limited, shared):
        taken(cast.picture_lead.who, operation, report=report)
    published(cast.picture_lead.who, operation)
    for address in (f"/operations/{operation}/pictures/1/", f"/api/v1/operations/{operation}/entries"):
        found = page(client_for(cast.liaison), address)
        assert SECRET not in found and "SMHI" in found
