"""Identity providers as processes, one of each kind for the whole run, and a federation in which both are known."""

import contextlib
import html
import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.test import Client, RequestFactory

from samlad.accounts import federation_oidc, federation_saml
from samlad.accounts.federation import ALIASES, Provider, for_allauth, together
from tests.running import ROOT, free_port

LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
LOA2 = "http://id.elegnamnden.se/loa/1.0/loa2"
ORG_CLAIM = "https://id.oidc.se/claim/orgAffiliation"
ORG_ATTRIBUTE = ALIASES["orgAffiliation"]
ORG = "2120000167"
SECRET = "a shared word of the tests, long enough for a key"
PATIENCE = 60.0
PEOPLE = ("tib", "rsk", "nobody", "gone")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A browser's redirects are followed by the test."""

    def redirect_request(self, *given: Any, **named: Any) -> None:
        """Not at all."""


@dataclass
class Idp:
    """A provider's process. Stop and start it as one pulls a plug."""

    module: str
    setup: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", f"samlad.accounts.tests.providers.{self.module}", str(self.setup)],
            cwd=ROOT,
            stdin=subprocess.PIPE,  # closed when we are gone, and then so are they
        )
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.process.poll() is None and time.monotonic() < deadline, f"{self.module} did not start"
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether it is there."""
        try:
            urllib.request.urlopen(self.url + "/nothing", timeout=5)
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """End it."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate(timeout=PATIENCE)
            self.process = None


def asked(address: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
    """A browser's request to a provider: status, where it leads, and the page."""
    opener = urllib.request.build_opener(NoRedirect())
    body = urllib.parse.urlencode(fields).encode() if fields is not None else None
    try:
        with opener.open(address, body, timeout=PATIENCE) as answer:
            return answer.status, "", answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers.get("Location", ""), answer.read().decode()


def fields_of(page: str) -> dict[str, str]:
    """The fields of a page's form, as they stand."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = html.unescape(value[1]) if value else ""
    return found


def sign_in_at(address: str, username: str, **changed: str) -> tuple[int, str, str]:
    """Sign in on the provider's page that an address leads to; `changed` fields of its form are sent as given."""
    status, _where, page = asked(address)
    assert status == 200, (status, page)
    base = "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(address))
    return asked(f"{base}/verify", {**fields_of(page), "username": username, "password": "word", **changed})


@pytest.fixture(scope="session")
def key_pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with key.pem and cert.pem, the provider's, and other-key.pem and other-cert.pem, somebody else's."""
    folder = tmp_path_factory.mktemp("keys")
    for prefix in ("", "other-"):
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"{prefix}idp of the tests")])
        at = datetime.now(UTC)
        builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        valid = builder.not_valid_before(at - timedelta(days=1)).not_valid_after(at + timedelta(days=20))
        form = (Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
        (folder / f"{prefix}key.pem").write_bytes(key.private_bytes(*form))
        certificate = valid.sign(key, hashes.SHA256())
        (folder / f"{prefix}cert.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    return folder


@pytest.fixture(scope="session")
def oidc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Idp]:
    """The OpenID provider."""
    folder, port = tmp_path_factory.mktemp("oidc"), free_port()
    setup = {
        "port": port,
        "folder": str(folder),
        "levels": [LOA3, LOA2],
        "client": {
            "id": "samlad",
            "secret": SECRET,
            "redirect_uri": "http://testserver/sign-in/with/nacka/answer/",
        },
        "people": {name: {ORG_CLAIM: f"{name}@{ORG}", "name": "Anybody"} for name in PEOPLE},
    }
    file = folder / "setup.json"
    file.write_text(json.dumps(setup))
    idp = Idp("oidc", file, port)
    idp.start()
    yield idp
    idp.stop()


@pytest.fixture(scope="session")
def saml(tmp_path_factory: pytest.TempPathFactory, key_pair: Path) -> Iterator[Idp]:
    """The SAML identity provider. It knows us by our own metadata, and we it by its."""
    folder, port = tmp_path_factory.mktemp("saml"), free_port()
    ours = folder / "sp.xml"
    request = RequestFactory().get("/")
    ours.write_bytes(federation_saml.metadata(request, saml_provider("")))
    setup = {
        "port": port,
        "folder": str(key_pair),
        "sp": str(ours),
        "people": {name: {"orgAffiliation": f"{name}@{ORG}"} for name in PEOPLE},
    }
    file = folder / "setup.json"
    file.write_text(json.dumps(setup))
    idp = Idp("saml", file, port)
    idp.start()
    with urllib.request.urlopen(f"{idp.url}/metadata", timeout=PATIENCE) as answer:
        (folder / "idp.xml").write_bytes(answer.read())
    yield idp
    idp.stop()


def oidc_provider(issuer: str, **changed: Any) -> Provider:
    """The OpenID provider as the operator describes it."""
    told: dict[str, Any] = {
        "id": "nacka", "name": "Nacka kommun", "kind": "oidc", "actors": ("nacka",), "levels": (LOA3,),
        "person": ORG_CLAIM, "scope": ORG, "issuer": issuer, "client_id": "samlad", "secret": SECRET,
        "hosts": (issuer,), "scopes": ("openid",),
    }  # fmt: skip
    return Provider(**{**told, **changed})


def saml_provider(metadata: str, **changed: Any) -> Provider:
    """The SAML provider as the operator describes it."""
    told: dict[str, Any] = {
        "id": "lst", "name": "Länsstyrelsen", "kind": "saml", "actors": ("lansstyrelsen-stockholm",),
        "levels": (LOA3,), "person": ORG_ATTRIBUTE, "scope": ORG, "metadata": metadata,
    }  # fmt: skip
    return Provider(**{**told, **changed})


class Known:
    """A federation that tests can change: `known(oidc_provider(...), ...)`."""

    def __init__(self, settings: Any) -> None:
        self.settings = settings

    def __call__(self, *providers: Provider) -> None:
        """These are the providers now."""
        self.settings.FEDERATION = together(providers)
        self.settings.SOCIALACCOUNT_PROVIDERS = for_allauth(self.settings.FEDERATION)


@pytest.fixture
def known(settings: Any) -> Iterator[Known]:
    """See Known. What was fetched from providers is forgotten afterwards."""
    federation_oidc._kept.clear()
    yield Known(settings)
    federation_oidc._kept.clear()


@pytest.fixture
def by_oidc(oidc: Idp, known: Known) -> Idp:
    """Nacka's people sign in with an OpenID provider."""
    known(oidc_provider(oidc.url))
    return oidc


@pytest.fixture
def by_saml(saml: Idp, known: Known) -> Idp:
    """The county board's people sign in with a SAML provider."""
    known(saml_provider(str(saml.setup.parent / "idp.xml")))
    return saml


@contextlib.contextmanager
def down(idp: Idp) -> Iterator[None]:
    """A while in which the provider is not there."""
    idp.stop()
    federation_oidc._kept.clear()
    try:
        yield
    finally:
        idp.start()


def led_to(client: Client, path: str) -> str:
    """Where our page leads the browser."""
    answer = client.get(path)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])
