"""Signing in begins a new session: nobody can lay one out beforehand and wait for its owner."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from samlad.registers.tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_session_of_before_is_another(client: Client, cast: Cast) -> None:
    person = cast.rsk.person
    person.set_password("en lång vinternatt")
    person.save()
    laid_out = client.session
    laid_out["left"] = "here"
    laid_out.save()
    client.cookies["sessionid"] = str(laid_out.session_key)
    client.post("/sign-in/", {"username": person.username, "password": "en lång vinternatt"})
    now = client.cookies["sessionid"].value
    assert client.get("/").status_code == 200
    assert now != laid_out.session_key
    assert not Session.objects.filter(pk=laid_out.session_key).exists()
