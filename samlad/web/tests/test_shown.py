"""What streams are sent: plain text, whatever kind of text a region is made of."""

import json

import pytest
from django.utils.safestring import SafeString

from samlad.journal.live import Region
from samlad.web.shown import Picture

REGIONS = ["<p>å</p>", SafeString("<p>å</p>"), Region("<p>å</p>", 7)]


@pytest.mark.parametrize("html", REGIONS, ids=lambda it: type(it).__name__)
def test_any_text_can_be_sent(html: str) -> None:
    picture = Picture()
    picture.update(3, {"news": html})
    data = picture.message(1).decode().split("data: ")[1]
    assert json.loads(data) == {"position": 3, "regions": {"news": "<p>å</p>"}}
