"""A page that fails says so in a sentence; a database that is gone is told apart from a fault in the program."""

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (OperationalError("the server closed the connection"), 503, "Samlad kan inte spara just nu"),
        (InterfaceError("connection already closed"), 503, "Samlad kan inte spara just nu"),
        (ProgrammingError("no such column"), 500, "Något gick fel"),
        (ZeroDivisionError(), 500, "Något gick fel"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_a_page_that_fails(
    error: Exception, status: int, sentence: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise error

    monkeypatch.setattr("django.contrib.auth.middleware.get_user", failing)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == status
    assert sentence in response.content.decode()
    assert (response.headers.get("Retry-After") == "5") == (status == 503)
