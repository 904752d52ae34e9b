"""The register of processing names every table there is, and one person's data comes out whole."""

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client

from samlad.journal.kinds import Kind
from samlad.privacy.document import document
from samlad.privacy.holdings import HOLDINGS, NO_PERSONAL_DATA
from samlad.privacy.queries import shreddable as every_kind
from samlad.privacy.tests.scene import report, snow
from samlad.privacy.titles import TITLES
from samlad.registers.models import Change
from samlad.registers.tests.cast import make_cast

PAGE = Path(__file__).resolve().parents[3] / "docs" / "personal-data.md"


def shreddable() -> list[Kind]:
    """The program's own: other tests in the same process have kinds too."""
    return [kind for kind in every_kind() if not kind.name.startswith("tests.")]


def test_every_table_is_in_the_register_once() -> None:
    named = [table for own in HOLDINGS for table in own.tables] + list(NO_PERSONAL_DATA)
    assert len(named) == len(set(named))
    assert set(named) == {model._meta.label_lower for model in apps.get_models()}


def test_every_kind_that_can_go_has_a_title() -> None:
    assert {kind.name for kind in shreddable()} <= TITLES.keys()


def test_the_document_is_what_the_program_says() -> None:
    own = "".join(line for line in document().splitlines(keepends=True) if not line.startswith("| `tests."))
    assert PAGE.read_text() == own, "samlad personal_data > docs/personal-data.md"


@pytest.mark.django_db
def test_everybody_signed_in_reads_the_register() -> None:
    cast = make_cast()
    client = Client()
    client.force_login(cast.observer.person)
    page = client.get("/privacy/").content.decode()
    assert all(str(own.title) in page for own in HOLDINGS)
    assert all(str(TITLES[kind.name]) in page for kind in shreddable())


@pytest.mark.django_db
def test_ones_own_data_comes_as_a_file_with_what_one_wrote() -> None:
    cast = make_cast()
    operation = snow(cast)
    report(cast.liaison.who, operation)
    client = Client()
    client.force_login(cast.liaison.person)
    answer = client.get("/privacy/mine.json")
    found = json.loads(answer.content)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert found["holdings"]["registers.contacts"]["rows"][0]["email"] == cast.liaison.person.email
    assert found["holdings"]["registers.seats"]["rows"][0]["actor"] == "sodertalje"
    assert [row["kind"] for row in found["holdings"]["journal.entries"]["rows"]] == ["picture.report_filed"]
    assert cast.rsk.person.key not in answer.content.decode()


@pytest.mark.django_db
def test_an_administrator_takes_out_somebody_elses_and_it_is_noted() -> None:
    cast = make_cast()
    client = Client()
    address = f"/privacy/people/{cast.liaison.person.key}.json"
    client.force_login(cast.rsk.person)
    assert client.get(address).status_code == 404
    client.force_login(cast.administrator.person)
    assert client.get(address).status_code == 200
    assert Change.objects.get(object_key=cast.liaison.person.key).by == cast.administrator.person.key
    assert client.get("/privacy/people/ingen.json").status_code == 404
