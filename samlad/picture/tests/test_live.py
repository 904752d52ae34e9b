"""The notice that something newer has come: counted for the reader, in a region without a form."""

from samlad.journal import read
from samlad.picture.live import news
from samlad.picture.tests.scene import TO_BOARD, ClientFor, filed, page, published, snow
from samlad.registers.tests.cast import Cast


def test_what_has_come_since(cast: Cast) -> None:
    operation, who = snow(cast), cast.observer.who
    since = {"since": str(read.position(operation, cast.rsk.who))}
    html = news(operation, who, since, 1)["picture-news"]
    assert 'id="picture-news"' in html and "<p" not in html
    for _time in range(2):
        filed(cast.liaison.who, operation, consequences="Snö.")
    published(cast.rsk.who, operation)
    html = news(operation, who, since, read.position(operation, who))["picture-news"]
    assert "2 nya lägesrapporter har kommit" in html and "nummer 1 har publicerats" in html
    assert "<form" not in html and "1 ny lägesrapport" in news(operation, who, since, 2)["picture-news"]


def test_what_one_may_not_read_is_not_counted(cast: Cast) -> None:
    operation = snow(cast)
    filed(cast.duty_officer.who, operation, consequences="Inte för alla.", audience=TO_BOARD)
    position = read.position(operation, cast.liaison.who)
    assert "lägesrapport" not in news(operation, cast.liaison.who, {"since": "1"}, position)["picture-news"]


def test_it_stands_on_the_pages_and_not_on_earlier_ones(cast: Cast, client_for: ClientFor) -> None:
    operation = snow(cast)
    filed(cast.liaison.who, operation, consequences="Snö.")
    published(cast.rsk.who, operation)
    for address in ("reports/", "desk/", "pictures/"):
        html = page(client_for(cast.rsk), f"/operations/{operation}/{address}")
        assert 'data-live="picture-news"' in html and "/live/" in html
        region = html.split('data-live="picture-news"')[1].split("</div>")[0]
        assert "<form" not in region
        assert "/live/" not in page(client_for(cast.rsk), f"/operations/{operation}/{address}?at=2")
