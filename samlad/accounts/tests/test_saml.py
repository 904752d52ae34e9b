"""Sign-in by a real SAML identity provider (pysaml2's, in a process of its own), and attacks on its answers."""

import base64
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import xmlsec
from django.test import Client
from lxml import etree
from xmlsec import constants

from samlad.accounts.identities import link
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
from samlad.journal.who import SYSTEM
from samlad.registers.models import Person
from samlad.registers.tests.cast import Cast

BEGIN = "/sign-in/with/lst/"
SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
SAMLP = "{urn:oasis:names:tc:SAML:2.0:protocol}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
Change = Callable[[Any], Any]


def linked(person: Person, idp: Idp, name: str = "rsk") -> None:
    link(person, f"{idp.url}/metadata", f"{name}@{ORG}", SYSTEM)


def answer_for(client: Client, name: str = "rsk", **changed: str) -> dict[str, str]:
    """The provider's genuine answer to a request of this browser's: the fields that its page posts to us."""
    status, _location, page = sign_in_at(led_to(client, BEGIN), name, **changed)
    assert status == 200, page
    return fields_of(page)


def sent(client: Client, fields: dict[str, str]) -> Any:
    """Posted to us by the provider's page, and taken one step on by ours."""
    first = client.post(f"{BEGIN}acs/", {name: fields[name] for name in ("SAMLResponse", "RelayState")})
    assert first.status_code == 200
    return client.post(f"{BEGIN}finish/", fields_of(first.content.decode()))


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def changed(fields: dict[str, str], change: Change) -> dict[str, str]:
    """An answer that somebody has changed on the way."""
    root = etree.fromstring(base64.b64decode(fields["SAMLResponse"]))
    root = change(root)
    text = root if isinstance(root, bytes) else etree.tostring(root)
    return {**fields, "SAMLResponse": base64.b64encode(text).decode()}


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


def other_person(root: Any) -> Any:
    for value in root.iter(f"{SAML}AttributeValue"):
        value.text = f"rsk@{ORG}"
    return root


def without_signature(root: Any) -> Any:
    for signature in list(root.iter(f"{DS}Signature")):
        signature.getparent().remove(signature)
    return root


def forged(root: Any) -> Any:
    """A copy of the assertion that says somebody else, without its signature."""
    copy = etree.fromstring(etree.tostring(root.find(f"{SAML}Assertion")))
    copy.remove(copy.find(f"{DS}Signature"))
    copy.set("ID", "forged")
    return other_person(copy)


def wrapped_before(root: Any) -> Any:
    """XSW 3: the forged assertion stands before the signed one."""
    root.insert(list(root).index(root.find(f"{SAML}Assertion")), forged(root))
    return root


def wrapped_after(root: Any) -> Any:
    root.append(forged(root))
    return root


def wrapped_around(root: Any) -> Any:
    """XSW 4: the signed assertion stands inside the forged one."""
    outer, inner = forged(root), root.find(f"{SAML}Assertion")
    root.remove(inner)
    outer.append(inner)
    root.append(outer)
    return root


def wrapped_in_extensions(root: Any) -> Any:
    """XSW 7: the forged assertion hides in an extension, with the signed one's ID."""
    extension = etree.Element(f"{SAMLP}Extensions")
    copy = forged(root)
    copy.set("ID", root.find(f"{SAML}Assertion").get("ID"))
    extension.append(copy)
    root.insert(1, extension)
    return root


def wrapped_in_signature(root: Any) -> Any:
    """XSW 8: the signed assertion hides in an object of the forged one's signature."""
    inner = root.find(f"{SAML}Assertion")
    outer = other_person(etree.fromstring(etree.tostring(inner)))
    outer.set("ID", "forged")
    signature = outer.find(f"{DS}Signature")
    holder = etree.SubElement(signature, f"{DS}Object")
    root.remove(inner)
    holder.append(inner)
    root.append(outer)
    return root


def with_comment(root: Any) -> Any:
    """A comment that canonicalisation drops: "nobody@..." must not become "rsk" by being cut."""
    for value in root.iter(f"{SAML}AttributeValue"):
        value.text = "rsk"
        value.append(etree.Comment("x"))
        value[0].tail = f"@{ORG}"
    return root


def with_entity(root: Any) -> Any:
    text = etree.tostring(root)
    return b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + text.replace(b"nobody", b"&e;")


def with_bomb(root: Any) -> Any:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    return f'<!DOCTYPE r [<!ENTITY l0 "lol">{lines}]>'.encode() + etree.tostring(root).replace(b"nobody", b"&l8;")


def not_xml(root: Any) -> bytes:
    return b"<<<"


def stripped_of_request(root: Any) -> Any:
    """The unsigned outside of the answer says nothing of a request."""
    del root.attrib["InResponseTo"]
    return root


ATTACKS = (
    other_person, without_signature, wrapped_before, wrapped_after, wrapped_around, wrapped_in_extensions,
    wrapped_in_signature, with_comment, with_entity, with_bomb, not_xml, stripped_of_request,
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_on_an_answer(cast: Cast, by_saml: Idp, attack: Change) -> None:
    """Whoever may sign in as "nobody" tries to be "rsk", with the provider's own signature on something."""
    linked(cast.rsk.person, by_saml)
    client = Client()
    answer = sent(client, changed(answer_for(client, "nobody"), attack))
    assert answer.status_code == 403
    assert who(client) is None
    assert f"rsk@{ORG}" not in answer.content.decode()


def test_stolen_assertion_in_an_answer_of_ones_own(cast: Cast, by_saml: Idp) -> None:
    """The assertion is signed, the response around it is not: it is made to answer the thief's own request."""
    linked(cast.rsk.person, by_saml)
    stolen, thief = answer_for(Client()), Client()
    query = parse_qs(urlsplit(led_to(thief, BEGIN)).query)
    request = etree.fromstring(zlib.decompress(base64.b64decode(query["SAMLRequest"][0]), -15)).get("ID")

    def answers_the_thief(root: Any) -> Any:
        root.set("InResponseTo", request)
        return root

    fields = {**changed(stolen, answers_the_thief), "RelayState": query["RelayState"][0]}
    assert sent(thief, fields).status_code == 403
    assert who(thief) is None


def test_signed_by_somebody_else(cast: Cast, by_saml: Idp, key_pair: Path) -> None:
    linked(cast.rsk.person, by_saml)
    client = Client()

    def signed(root: Any) -> Any:
        assertion = root.find(f"{SAML}Assertion")
        signature = assertion.find(f"{DS}Signature")
        for old in list(signature.iter(f"{DS}X509Certificate")):
            pem = (key_pair / "other-cert.pem").read_text()
            old.text = "".join(re.findall(r"^[^-].*$", pem, re.MULTILINE))
        xmlsec.tree.add_ids(root, ["ID"])
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_file(str(key_pair / "other-key.pem"), constants.KeyDataFormatPem)
        context.sign(signature)
        return root

    assert sent(client, changed(answer_for(client), signed)).status_code == 403
    assert who(client) is None


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
