"""Sign-in by a real SAML identity provider (pysaml2's, in a process of its own)."""

import base64
import time
import zlib
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from lxml import etree

from samlad.accounts.models import ExternalId
from samlad.accounts.tests.conftest import (
    LOA2,
    LOA3,
    ORG,
    ORG_ATTRIBUTE,
    Idp,
    Known,
    down,
    fields_of,
    led_to,
    saml_provider,
    sign_in_at,
)
from samlad.accounts.tests.saml_answers import BEGIN, answer_for, linked, sent, who
from samlad.registers.models import Person
from samlad.registers.tests.cast import Cast

SAMLP = "{urn:oasis:names:tc:SAML:2.0:protocol}"


def test_signs_in_whoever_the_provider_vouches_for(cast: Cast, by_saml: Idp) -> None:
    linked(cast.rsk.person, by_saml)
    client = Client()
    answer = sent(client, answer_for(client))
    assert (answer.status_code, who(client)) == (302, cast.rsk.person.key)
    assert ExternalId.objects.get().used_at is not None


def test_asks_for_exactly_the_level(db: None, by_saml: Idp) -> None:
    query = parse_qs(urlsplit(led_to(Client(), BEGIN)).query)
    request = etree.fromstring(zlib.decompress(base64.b64decode(query["SAMLRequest"][0]), -15))
    wanted = request.find(f"{SAMLP}RequestedAuthnContext")
    assert wanted is not None and wanted.get("Comparison") == "exact"
    assert [one.text for one in wanted] == [LOA3]
    assert len(query["RelayState"][0]) >= 43


def test_answer_goes_on_by_script_or_button(cast: Cast, by_saml: Idp) -> None:
    client = Client()
    fields = answer_for(client)
    page = client.post(f"{BEGIN}acs/", {name: fields[name] for name in ("SAMLResponse", "RelayState")})
    assert (
        "<samlad-continue>" in page.content.decode() and 'action="/sign-in/with/lst/finish/"' in page.content.decode()
    )


@pytest.mark.parametrize("level", [LOA2, "urn:something", ""])
def test_too_low_a_level_signs_nobody_in(cast: Cast, by_saml: Idp, level: str) -> None:
    linked(cast.rsk.person, by_saml)
    client = Client()
    assert sent(client, answer_for(client, level=level)).status_code == 403
    assert who(client) is None


def test_unknown_identity_is_shown_and_makes_nothing(cast: Cast, by_saml: Idp) -> None:
    people = Person.objects.count()
    client = Client()
    answer = sent(client, answer_for(client, "nobody"))
    assert answer.status_code == 403 and f"nobody@{ORG}" in answer.content.decode()
    assert (Person.objects.count(), ExternalId.objects.count(), who(client)) == (people, 0, None)


def test_without_a_seat_at_the_providers_actors(cast: Cast, by_saml: Idp) -> None:
    linked(cast.duty_officer.person, by_saml)
    client = Client()
    assert sent(client, answer_for(client)).status_code == 403


def test_attribute_of_another_organisation(cast: Cast, saml: Idp, known: Known) -> None:
    known(saml_provider(str(saml.setup.parent / "idp.xml"), scope="5566778899"))
    linked(cast.rsk.person, saml)
    client = Client()
    assert sent(client, answer_for(client)).status_code == 403


SHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"


@pytest.mark.parametrize("wrong", [{"unsigned": "1"}, {"lifetime": "-60"}, {"to": "id-another"}, {"algorithm": SHA1}])
def test_genuine_answers_that_are_no_good(cast: Cast, by_saml: Idp, wrong: dict[str, str]) -> None:
    """Unsigned; expired; to another request; signed in a way that can be forged."""
    linked(cast.rsk.person, by_saml)
    client = Client()
    try:
        fields = answer_for(client, **wrong)
    finally:
        answer_for(Client(), lifetime="5")
    assert sent(client, fields).status_code == 403
    assert who(client) is None


def test_answer_for_another_audience(cast: Cast, saml: Idp, known: Known) -> None:
    known(saml_provider(str(saml.setup.parent / "idp.xml")))
    linked(cast.rsk.person, saml)
    client = Client()
    fields = answer_for(client)
    known(saml_provider(str(saml.setup.parent / "idp.xml"), sp_entity_id="https://other.example/sp"))
    assert sent(client, fields).status_code == 403


def test_answer_is_used_once(cast: Cast, by_saml: Idp) -> None:
    linked(cast.rsk.person, by_saml)
    client = Client()
    fields = answer_for(client)
    assert sent(client, fields).status_code == 302
    client.logout()
    assert sent(client, fields).status_code == 403
    assert who(client) is None


def test_answer_in_somebody_elses_browser(cast: Cast, by_saml: Idp) -> None:
    linked(cast.rsk.person, by_saml)
    stolen = answer_for(Client())
    victim = Client()
    own = parse_qs(urlsplit(led_to(victim, BEGIN)).query)["RelayState"][0]
    assert sent(victim, stolen).status_code == 403
    assert sent(victim, {**stolen, "RelayState": own}).status_code == 403
    assert who(victim) is None


def test_answer_that_nobody_asked_for(cast: Cast, by_saml: Idp) -> None:
    linked(cast.rsk.person, by_saml)
    fields = answer_for(Client())
    assert sent(Client(), {**fields, "RelayState": "/"}).status_code == 403


@pytest.mark.parametrize("text", ["", "x", "%%%", "PHg+", "a" * 200_000])
def test_answers_that_are_none(db: None, by_saml: Idp, text: str) -> None:
    client = Client()
    state = parse_qs(urlsplit(led_to(client, BEGIN)).query)["RelayState"][0]
    assert sent(client, {"SAMLResponse": text, "RelayState": state}).status_code == 403


def test_our_metadata(db: None, by_saml: Idp) -> None:
    answer = Client().get(f"{BEGIN}metadata.xml")
    root = etree.fromstring(answer.content)
    service = root.find(".//{urn:oasis:names:tc:SAML:2.0:metadata}AssertionConsumerService")
    assert service is not None and service.get("Location") == "http://testserver/sign-in/with/lst/acs/"
    assert root.find(".//{urn:oasis:names:tc:SAML:2.0:metadata}SPSSODescriptor").get("WantAssertionsSigned") == "true"


def test_needs_no_answer_from_the_provider_to_lead_there(db: None, by_saml: Idp) -> None:
    """A provider may be reachable for people only, and not for us."""
    with down(by_saml):
        assert led_to(Client(), BEGIN).startswith(by_saml.url)


@pytest.mark.parametrize("text", ["", "<x/>", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'])
def test_metadata_that_can_not_be_used(db: None, known: Known, tmp_path: Path, text: str) -> None:
    file = tmp_path / "idp.xml"
    file.write_text(text)
    known(saml_provider(str(file)))
    assert Client().get(BEGIN).status_code == 403
    file.unlink()
    assert Client().get(BEGIN).status_code == 403


def test_person_attribute_is_the_swedish_one() -> None:
    assert ORG_ATTRIBUTE == "urn:oid:1.2.752.201.3.1"


def test_signed_in_anew_when_that_is_asked_for(cast: Cast, by_saml: Idp) -> None:
    linked(cast.rsk.person, by_saml)
    for instant, status in ((str(int(time.time())), 302), (str(int(time.time()) - 3600), 403)):
        client = Client()
        _status, _where, page = sign_in_at(led_to(client, f"{BEGIN}?anew=1"), "rsk", instant=instant)
        assert sent(client, fields_of(page)).status_code == status
