"""What another site makes a browser ask for, and what of refused access stands in the security log."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.views.decorators.csrf import csrf_exempt

from samlad.registers.tests.cast import Cast
from samlad.web.middleware import foreign, same_site
from samlad.web.tests.scene import snow

pytestmark = pytest.mark.django_db
FROM = ("cross-site", "same-site")


@pytest.mark.parametrize("origin", FROM)
@pytest.mark.parametrize("mode", ["navigate", "cors", "no-cors"])
def test_another_site_changes_nothing(origin: str, mode: str, client: Client, cast: Cast) -> None:
    client.force_login(cast.rsk.person)
    headers = {"Sec-Fetch-Site": origin, "Sec-Fetch-Mode": mode}
    assert client.post("/sign-out/", headers=headers).status_code == 403
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "object"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 200),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
        ({}, 200),
    ],
)
def test_another_site_leads_to_a_page_and_loads_none(
    headers: dict[str, str], status: int, client: Client, cast: Cast
) -> None:
    client.force_login(cast.rsk.person)
    assert client.get("/", headers=headers).status_code == status


def test_without_a_token_nothing_is_changed(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.rsk.person)
    assert client.post("/sign-out/").status_code == 403
    assert client.post("/sign-out/", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 403


def test_what_is_meant_to_be_posted_to_from_elsewhere_is() -> None:
    request = RequestFactory().post("/acs/", headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign(request)
    check: Any = same_site(lambda request: HttpResponse())

    @csrf_exempt
    def answer_of_a_provider(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert check.process_view(request, answer_of_a_provider, (), {}) is None


def test_refused_access_is_in_the_security_log(client: Client, cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    operation = snow(cast)
    client.force_login(cast.stranger.person)
    with caplog.at_level("INFO", "samlad.security"):
        assert client.get(f"/operations/{operation}/").status_code == 404
    assert f"access_refused person={cast.stranger.person.key}" in caplog.text
    assert "route=operation status=404" in caplog.text
    assert str(operation) not in caplog.messages[-1]
