"""A real SAML identity provider: pysaml2's, with a password form. `python -m ...saml SETUP.json`.

SETUP: port, folder (with key.pem and cert.pem), sp (the service provider's metadata, a file), people {name: {attribute:
value}}, entity; everybody's password is "word". Form fields: level (what is claimed), and for what a provider should
not do: `unsigned`, `lifetime` (minutes), `instant` (of the sign-in), `algorithm` (of the signature), `to` (a request).
The metadata is at /metadata. XML signatures are made by libxmlsec through the `xmlsec` wheel: no binary from elsewhere.
"""

import sys
from typing import Any

import saml2.sigver
import xmlsec
from lxml import etree
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAME_FORMAT_URI, NAMEID_FORMAT_PERSISTENT, NAMEID_FORMAT_TRANSIENT, NameID
from saml2.server import Server
from xmlsec import constants

from samlad.accounts.tests.providers.serving import Answer, Asked, form, serve, setup

RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"


class Libxmlsec(saml2.sigver.CryptoBackend):  # type: ignore[misc]
    """pysaml2's door to XML signatures, on the library instead of the command."""

    version = "1.3.7"

    def sign_statement(self, statement: Any, node_name: str, key_file: str, node_id: str) -> str:
        """Fill in the signature that pysaml2 has prepared in the statement."""
        root = etree.fromstring(statement if isinstance(statement, bytes) else str(statement).encode())
        xmlsec.tree.add_ids(root, ["ID"])
        node = next(found for found in root.iter() if found.get("ID") == node_id)
        signature = node.find("{http://www.w3.org/2000/09/xmldsig#}Signature")
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_file(key_file, constants.KeyDataFormatPem)
        context.sign(signature)
        signed: bytes = etree.tostring(root)
        return signed.decode()

    def validate_signature(self, text: str, cert_file: str, cert_type: str, node_name: str, node_id: str) -> bool:
        """Whether a signature in a message to us holds."""
        root = etree.fromstring(text.encode())
        xmlsec.tree.add_ids(root, ["ID"])
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_file(cert_file, constants.KeyDataFormatCertPem)
        context.verify(xmlsec.tree.find_node(root, constants.NodeSignature))
        return True


def configured(told: dict[str, Any]) -> IdPConfig:
    """pysaml2's identity provider."""
    base, folder = f"http://127.0.0.1:{told['port']}", told["folder"]
    policy = {
        "lifetime": {"minutes": 5},
        "attribute_restrictions": None,
        "name_form": NAME_FORMAT_URI,
        "sign": ["assertion"],
    }
    sign_on = [(f"{base}/sso", BINDING_HTTP_REDIRECT)]
    idp = {
        "endpoints": {"single_sign_on_service": sign_on},
        "policy": {"default": policy},
        "name_id_format": [NAMEID_FORMAT_TRANSIENT, NAMEID_FORMAT_PERSISTENT],
        "want_authn_requests_signed": bool(told.get("signed_requests")),
    }
    return IdPConfig().load(
        {
            "entityid": told.get("entity", f"{base}/metadata"),
            "service": {"idp": idp},
            "key_file": f"{folder}/key.pem",
            "cert_file": f"{folder}/cert.pem",
            "xmlsec_binary": sys.executable,
            "metadata": {"local": [told["sp"]]} if told.get("sp") else {},
        }
    )


def main() -> None:
    """Serve until ended."""
    told = setup()
    saml2.sigver._get_xmlsec_cryptobackend = lambda *given, **options: Libxmlsec()
    config = configured(told)
    server = Server(config=config)
    config.xmlsec_binary = None  # asked for above, never run: it is not to be asked what it can do either

    def answer(asked: Asked) -> Answer:
        if asked.path == "/metadata":
            return Answer(str(entity_descriptor(config)), kind="application/samlmetadata+xml")
        if asked.path == "/sso" and asked.method == "GET":
            return asked_for(server, asked)
        if asked.path == "/verify":
            return signed_in(server, told, asked)
        return Answer("", "404 Not Found")

    serve(answer, told["port"])


def asked_for(server: Server, asked: Asked) -> Answer:
    """A request to sign somebody in has come."""
    given = asked.query
    request = server.parse_authn_request(
        given["SAMLRequest"],
        BINDING_HTTP_REDIRECT,
        relay_state=given.get("RelayState"),
        sigalg=given.get("SigAlg"),
        signature=given.get("Signature"),
    )
    wanted = request.message.requested_authn_context
    levels = [one.text for one in wanted.authn_context_class_ref] if wanted is not None else [""]
    said = f"{wanted.comparison} {' '.join(levels)}" if wanted is not None else ""
    relay = given.get("RelayState", "")
    return form("IdP of the tests", "/verify", levels[0], saml=given["SAMLRequest"], wanted=said, relay=relay)


def signed_in(server: Server, told: dict[str, Any], asked: Asked) -> Answer:
    """The form has been sent in: the answer goes to the service provider in a form that sends itself."""
    given = asked.form
    if given.get("password") != "word" or given.get("username") not in told["people"]:
        return Answer("wrong password", "403 Forbidden")
    if "lifetime" in given:
        server.config.getattr("policy", "idp")._restrictions["default"]["lifetime"] = {
            "minutes": int(given["lifetime"])
        }
    request = server.parse_authn_request(given["saml"], BINDING_HTTP_REDIRECT).message
    args = server.response_args(request)
    subject = NameID(format=NAMEID_FORMAT_PERSISTENT, text=given["username"])
    context = {"class_ref": given["level"], "authn_auth": server.config.entityid}
    if "instant" in given:
        context["authn_instant"] = int(given["instant"])
    response = server.create_authn_response(
        told["people"][given["username"]],
        in_response_to=given.get("to", request.id),
        destination=args["destination"],
        sp_entity_id=args["sp_entity_id"],
        name_id=subject,
        authn=context if given.get("level") else None,
        sign_assertion="unsigned" not in given,
        sign_response=False,
        sign_alg=given.get("algorithm", RSA_SHA256),
        digest_alg=SHA256,
    )
    sent = server.apply_binding(
        BINDING_HTTP_POST, str(response), args["destination"], given.get("relay", ""), response=True
    )
    return Answer(sent["data"])


if __name__ == "__main__":
    main()
