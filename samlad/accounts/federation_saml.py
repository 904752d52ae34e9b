"""Sign-in by a SAML identity provider, as the Swedish eID Framework's deployment profile has it.

python3-saml in strict mode reads and verifies. Where only the assertion is signed, what stands in the response around
it may be anybody's: the request answered, the recipient, the audience and the level are therefore looked for once more
inside what is signed, and must be there.
"""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.x509 import load_der_x509_certificate
from django.http import HttpRequest
from django.urls import reverse
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.errors import OneLogin_Saml2_Error
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.utils import OneLogin_Saml2_Utils
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

from samlad.accounts.federation import NAME_ID, Provider, safe
from samlad.accounts.identity import CANCELLED, LATE, WRONG, NotProven, Proven, proven, use_once

CLOCKS: Final = 60  # seconds that two clocks may differ
METADATA_LASTS: Final = 10 * 365 * 24 * 3600  # seconds
LARGEST: Final = 300_000  # characters of an answer; real ones have some tens of thousands
BINDINGS: Final = "urn:oasis:names:tc:SAML:2.0:bindings:"
PERSISTENT: Final = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
CONFIRMED: Final = "/saml:Subject/saml:SubjectConfirmation/saml:SubjectConfirmationData"


def idp_of(provider: Provider) -> dict[str, Any]:
    """What the provider's metadata says, as python3-saml wants it. Read each time: the operator renews the file.

    Raises NotProven when it can't be used, or holds no longer.
    """
    try:
        text = Path(provider.metadata).read_bytes()
        root = OneLogin_Saml2_XML.to_etree(text)
        until = root.get("validUntil")
        if until and OneLogin_Saml2_Utils.parse_SAML_to_time(until) < datetime.now(UTC).timestamp():
            raise NotProven(WRONG, "metadata no longer valid")
        found = OneLogin_Saml2_IdPMetadataParser.parse(
            text, entity_id=provider.entity_id or None, required_sso_binding=f"{BINDINGS}HTTP-Redirect"
        )
    except (OSError, ValueError, SyntaxError, OneLogin_Saml2_Error) as error:
        raise NotProven(WRONG, f"metadata unusable ({type(error).__name__})") from error
    idp: dict[str, Any] = found.get("idp", {})
    address = idp.get("singleSignOnService", {}).get("url", "")
    signing = idp.get("x509cert") or idp.get("x509certMulti", {}).get("signing")
    if not idp.get("entityId") or not safe(address) or not signing:
        raise NotProven(WRONG, "metadata without entity, certificate or address with TLS")
    return idp


def certificates(provider: Provider) -> list[tuple[str, datetime]]:
    """The provider's signing certificates: whose, and until when. Raises NotProven."""
    idp = idp_of(provider)
    texts = idp.get("x509certMulti", {}).get("signing") or [idp["x509cert"]]
    found = []
    for text in texts:
        try:
            certificate = load_der_x509_certificate(OneLogin_Saml2_Utils.b64decode("".join(text.split())))
        except ValueError as error:
            raise NotProven(WRONG, "certificate unusable") from error
        found.append((certificate.subject.rfc4514_string(), certificate.not_valid_after_utc))
    return found


def sign_on_address(provider: Provider) -> str:
    """Where people sign in at the provider. Raises NotProven."""
    return str(idp_of(provider)["singleSignOnService"]["url"])


def configured(request: HttpRequest, provider: Provider, idp: dict[str, Any] | None) -> dict[str, Any]:
    """python3-saml's settings: everything strict. Without `idp`: only what our own metadata needs."""
    metadata = request.build_absolute_uri(reverse("federation_metadata", args=[provider.id]))
    sp: dict[str, Any] = {
        "entityId": provider.sp_entity_id or metadata,
        "assertionConsumerService": {
            "url": request.build_absolute_uri(reverse("federation_acs", args=[provider.id])),
            "binding": f"{BINDINGS}HTTP-POST",
        },
        "NameIDFormat": PERSISTENT,
    }
    if provider.key and provider.cert:
        sp |= {"x509cert": provider.cert, "privateKey": provider.key}
    security = {
        "wantAssertionsSigned": True,
        "wantAssertionsEncrypted": provider.encrypted,
        "wantNameId": provider.person == NAME_ID,
        "wantAttributeStatement": provider.person != NAME_ID,
        "authnRequestsSigned": bool(provider.key and provider.cert),
        "requestedAuthnContext": list(provider.levels),
        "requestedAuthnContextComparison": "exact",
        "failOnAuthnContextMismatch": True,
        "rejectDeprecatedAlgorithm": True,
        "rejectUnsolicitedResponsesWithInResponseTo": True,
        "signatureAlgorithm": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        "digestAlgorithm": "http://www.w3.org/2001/04/xmlenc#sha256",
        "allowRepeatAttributeName": False,
        "allowSingleLabelDomains": True,
        # The operator of the provider keeps the file; ours changes when they are told so.
        "metadataValidUntil": int(time.time()) + METADATA_LASTS,
    }
    return {"strict": True, "debug": False, "sp": sp, "security": security, **({"idp": idp} if idp else {})}


def asked(request: HttpRequest, posted: dict[str, str] | None = None, path: str = "") -> dict[str, Any]:
    """The request as python3-saml wants it."""
    return {
        "https": "on" if request.is_secure() else "off",
        "http_host": request.get_host(),
        "script_name": path or request.path,
        "get_data": {},
        "post_data": posted or {},
    }


def begin(request: HttpRequest, provider: Provider, state: str, *, fresh: bool) -> tuple[str, dict[str, Any]]:
    """Where to send the browser, and what to remember until it comes back. Raises NotProven."""
    auth = OneLogin_Saml2_Auth(asked(request), configured(request, provider, idp_of(provider)))
    address = auth.login(return_to=state, force_authn=fresh, set_nameid_policy=provider.person == NAME_ID)
    return address, {"request": auth.get_last_request_id(), "fresh": fresh, "started": time.time()}


def prove(request: HttpRequest, provider: Provider, answer: str, pending: dict[str, Any]) -> Proven:
    """Who it is, according to an answer that was posted to us. Raises NotProven."""
    if not answer or len(answer) > LARGEST:
        raise NotProven(WRONG, "no answer")
    path = reverse("federation_acs", args=[provider.id])
    idp = idp_of(provider)
    settings = configured(request, provider, idp)
    try:
        response = OneLogin_Saml2_Response(OneLogin_Saml2_Settings(settings), answer)
        response.is_valid(asked(request, {"SAMLResponse": answer}, path), pending["request"], raise_exceptions=True)
    except Exception as error:
        status = getattr(error, "code", None)
        cancelled = "status code of the Response" in str(error)
        raise NotProven(
            CANCELLED if cancelled else WRONG, f"{type(error).__name__} {status or ''} {error}"[:150]
        ) from error
    until = _confirmed(response, settings["sp"], pending["request"])
    if pending["fresh"] and _signed_in_at(response) < pending["started"] - CLOCKS:
        raise NotProven(WRONG, "not signed in anew")
    contexts = [context for context in response.get_authn_contexts() if context]
    found = proven(provider, idp["entityId"], _person(provider, response), contexts[0] if len(contexts) == 1 else "")
    use_once(found.issuer, str(response.get_assertion_id()), until)
    return found


def _confirmed(response: OneLogin_Saml2_Response, sp: dict[str, Any], request_id: str) -> datetime:
    """Until when the assertion holds that is signed for this very request, address and audience. Raises NotProven."""
    if response.get_in_response_to() != request_id:
        raise NotProven(LATE, "answer to no request")
    for data in response._query_assertion(CONFIRMED):  # what python3-saml itself has verified
        exact = (
            data.get("InResponseTo") == request_id and data.get("Recipient") == sp["assertionConsumerService"]["url"]
        )
        if exact and data.get("NotOnOrAfter"):
            until = OneLogin_Saml2_Utils.parse_SAML_to_time(data.get("NotOnOrAfter"))
            break
    else:
        raise NotProven(WRONG, "assertion not confirmed for this request")
    if sp["entityId"] not in response.get_audiences():
        raise NotProven(WRONG, "assertion without our audience")
    return datetime.fromtimestamp(until, UTC) + timedelta(minutes=10)


def _signed_in_at(response: OneLogin_Saml2_Response) -> float:
    """When the person signed in at the provider, as a time; 0 when it does not say."""
    instants = [statement.get("AuthnInstant") for statement in response._query_assertion("/saml:AuthnStatement")]
    return float(OneLogin_Saml2_Utils.parse_SAML_to_time(instants[0])) if instants and instants[0] else 0.0


def _person(provider: Provider, response: OneLogin_Saml2_Response) -> object:
    """The one value that says who it is; None when there is none, or several."""
    if provider.person == NAME_ID:
        lasting = response.get_nameid_format() == PERSISTENT
        return response.get_nameid() if lasting else None
    values = response.get_attributes().get(provider.person, [])
    return values[0] if len(values) == 1 else None


def metadata(request: HttpRequest, provider: Provider) -> bytes:
    """Our own metadata for the provider's operator, as XML."""
    settings = OneLogin_Saml2_Settings(configured(request, provider, None), sp_validation_only=True)
    text = settings.get_sp_metadata()
    return text if isinstance(text, bytes) else str(text).encode()


def origin(provider: Provider) -> str:
    """The origin of the provider's sign-in page, for asking whether it answers. Raises NotProven."""
    parts = urlsplit(sign_on_address(provider))
    return f"{parts.scheme}://{parts.netloc}"
