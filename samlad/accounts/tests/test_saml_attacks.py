"""Attacks on a real SAML provider's answers: wrapping, entities, stolen and forged assertions."""

import base64
import re
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import xmlsec
from django.test import Client
from lxml import etree
from xmlsec import constants

from samlad.accounts.tests.conftest import ORG, Idp, led_to
from samlad.accounts.tests.saml_answers import BEGIN, Change, answer_for, changed, linked, sent, who
from samlad.registers.tests.cast import Cast

SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
SAMLP = "{urn:oasis:names:tc:SAML:2.0:protocol}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"


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
