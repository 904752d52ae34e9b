"""When an action refuses or can't be done: the sentence in the form, the text kept, the right status."""

from django import forms
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from samlad.base.answers import attempt, follow_by_script, status
from samlad.base.refused import Refused, Unavailable


class Form(forms.Form):
    what = forms.CharField()


def refuse(field: str | None = None) -> str:
    raise Refused("Nej.", field=field)


def fail() -> str:
    raise Unavailable("Inte just nu.")


def bound() -> Form:
    form = Form({"what": "Strömmen är borta"})
    assert form.is_valid()
    return form


def test_what_was_done_comes_back() -> None:
    form = bound()
    assert attempt(form, lambda: "kvitto") == "kvitto"
    assert status(form) == 200


def test_a_refusal_stands_at_its_field_and_the_text_is_kept() -> None:
    form = bound()
    assert attempt(form, lambda: refuse("what")) is None
    assert form.errors["what"] == ["Nej."]
    assert form["what"].value() == "Strömmen är borta"
    assert status(form) == 409


def test_a_refusal_for_a_field_that_is_not_there_stands_for_the_form() -> None:
    form = bound()
    attempt(form, lambda: refuse("elsewhere"))
    assert form.non_field_errors() == ["Nej."]


def test_what_can_not_be_done_now() -> None:
    form = bound()
    assert attempt(form, fail) is None
    assert form.non_field_errors() == ["Inte just nu."]
    assert status(form) == 503


def test_a_database_that_fails_in_an_action_is_told_in_a_sentence() -> None:
    def full() -> object:
        raise OperationalError("database or disk is full")

    form = bound()
    assert attempt(form, full) is None
    assert form.non_field_errors() == [
        "Samlad kan inte spara just nu. Din text finns kvar i fältet. Försök igen om en stund."
    ]
    assert form["what"].value() == "Strömmen är borta"
    assert status(form) == 503


def test_a_form_badly_filled_in() -> None:
    form = Form({"what": ""})
    assert not form.is_valid()
    assert status(form) == 422
    assert status(Form()) == 200


def redirecting(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/next/")


def test_a_script_is_told_where_to_go() -> None:
    response = follow_by_script(redirecting)(RequestFactory().post("/", headers={"X-Samlad-Form": "1"}))
    assert (response.status_code, response.headers["X-Samlad-Location"], response.content) == (204, "/next/", b"")
    assert "Location" not in response.headers


def test_a_plain_form_is_redirected() -> None:
    response = follow_by_script(redirecting)(RequestFactory().post("/"))
    assert (response.status_code, response.headers["Location"]) == (302, "/next/")
