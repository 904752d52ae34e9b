"""Served to others: by TLS of its own, and behind a proxy that is believed while others are not."""

import http.client
import os
import ssl
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from samlad.base.clock import now
from tests.running import Running
from tests.test_headers import strict

KEY = "q7Zr0vLw2KxXb9YtNc4HsJd8GfPa5MeUoi1Rl3BkTnVyCzQpWgEhSjDxFm6A"


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now() - timedelta(days=1)).not_valid_after(now() + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    os.close(os.open(key_file, os.O_CREAT | os.O_WRONLY, 0o600))
    key_file.write_bytes(private)
    return cert_file, key_file


def installed(install: Callable[[], Running], **environment: str) -> Running:
    """An installation that is no demo and has a key of its own, not started."""
    one = install()
    one.folder.chmod(0o700)
    (one.folder / "key").touch(0o600)
    (one.folder / "key").write_text(KEY)
    kept = {name: value for name, value in one.environment.items() if not name.startswith("SAMLAD_")}
    one.environment = {
        **kept,
        "SAMLAD_DATA": str(one.folder),
        "SAMLAD_DATABASE": one.database,
        "SAMLAD_HOSTS": "localhost",
        "SAMLAD_SECRET_KEY_FILE": str(one.folder / "key"),
        **environment,
    }
    return one


@pytest.fixture(scope="module")
def others(install: Callable[[], Running]) -> Running:
    """An installation for others, not started."""
    return installed(install)


class Encrypted(Running):
    """One that speaks TLS."""

    trusting: ssl.SSLContext

    def answers(self) -> bool:
        """Whether it does."""
        try:
            return ask(self, self.trusting, "/healthz").status == 200
        except OSError:
            return False


@pytest.fixture(scope="module")
def encrypted(install: Callable[[], Running]) -> Iterator[tuple[Running, ssl.SSLContext]]:
    """The program speaking TLS, and whom to trust."""
    base = installed(install)
    cert, key = certificate(base.folder)
    one = Encrypted(base.folder, base.database)
    one.environment = base.environment | {"SAMLAD_TLS_CERT": str(cert), "SAMLAD_TLS_KEY": str(key)}
    one.trusting = ssl.create_default_context(cafile=str(cert))
    one.start("--host", "0.0.0.0")
    yield one, one.trusting
    one.stop()


def ask(site: Running, trusting: ssl.SSLContext | None, path: str, **headers: str) -> http.client.HTTPResponse:
    """One request, encrypted where it is said whom to trust."""
    if trusting is None:
        connection = http.client.HTTPConnection("localhost", site.port, timeout=30)
    else:
        connection = http.client.HTTPSConnection("localhost", site.port, timeout=30, context=trusting)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer


def test_it_speaks_tls_by_itself(encrypted: tuple[Running, ssl.SSLContext]) -> None:
    site, trusting = encrypted
    answer = ask(site, trusting, "/sign-in/")
    assert answer.status == 200
    strict(dict(answer.getheaders()))
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    cookies = answer.headers.get_all("Set-Cookie") or []
    assert cookies
    for cookie in cookies:
        assert cookie.strip().startswith("__Host-") and "Secure" in cookie and "Path=/" in cookie
        assert "SameSite=Lax" in cookie and "Domain" not in cookie


def test_what_is_said_beside_django_is_as_strict(encrypted: tuple[Running, ssl.SSLContext]) -> None:
    site, trusting = encrypted
    answer = ask(site, trusting, "/live/forged")
    assert answer.status == 403 and answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_old_tls_is_refused(version: ssl.TLSVersion, encrypted: tuple[Running, ssl.SSLContext]) -> None:
    site, _trusting = encrypted
    old = ssl.create_default_context(cafile=site.environment["SAMLAD_TLS_CERT"])
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version = old.maximum_version = version
    with pytest.raises(OSError, match=r"(?i)protocol|alert|version|reset"):
        ask(site, old, "/healthz")


def test_the_line_without_tls_is_not_spoken(encrypted: tuple[Running, ssl.SSLContext]) -> None:
    site, _trusting = encrypted
    with pytest.raises((OSError, http.client.HTTPException)):
        ask(site, None, "/sign-in/")


@pytest.fixture(scope="module")
def proxied(install: Callable[[], Running]) -> Iterator[Running]:
    """The program behind a proxy on this machine."""
    one = installed(install, SAMLAD_BEHIND_TLS="1")
    one.start()
    yield one
    one.stop()


def test_a_proxy_on_this_machine_is_believed(proxied: Running) -> None:
    answer = ask(proxied, None, "/sign-in/", **{"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"})
    assert answer.status == 200 and answer.headers["Strict-Transport-Security"]


def test_without_tls_before_the_proxy_one_is_led_to_it(proxied: Running) -> None:
    for said in ({}, {"X-Forwarded-Proto": "http"}):
        answer = ask(proxied, None, "/sign-in/", **said)
        assert (answer.status, answer.headers["Location"][:8]) == (301, "https://")


def test_a_watching_machine_asks_the_proxys_side(proxied: Running) -> None:
    assert ask(proxied, None, "/healthz").status == 200


def test_a_proxy_that_is_not_declared_is_not_believed(install: Callable[[], Running]) -> None:
    one = installed(install, SAMLAD_BEHIND_TLS="1", SAMLAD_PROXIES="192.0.2.1")
    one.start()
    try:
        answer = ask(one, None, "/sign-in/", **{"X-Forwarded-Proto": "https"})
        assert answer.status == 301  # the line is not encrypted, whatever is said
    finally:
        one.stop()


@pytest.mark.parametrize(
    ("without", "wrong", "said"),
    [
        ("SAMLAD_BEHIND_TLS", {}, "SAMLAD_TLS_CERT"),
        ("SAMLAD_HOSTS", {}, "SAMLAD_HOSTS"),
        ("", {"SAMLAD_SIGN_IN": "password"}, "SAMLAD_SIGN_IN"),
        ("", {"SAMLAD_DEMO": "1"}, "SAMLAD_DEMO"),
        ("SAMLAD_SECRET_KEY_FILE", {"SAMLAD_SECRET_KEY": "tests only"}, "openssl rand"),
        ("SAMLAD_PROXIES", {}, "SAMLAD_PROXIES"),
    ],
)
def test_check_says_what_to_set(without: str, wrong: dict[str, str], said: str, others: Running) -> None:
    one = Running(others.folder, others.database)
    sound = {**others.environment, "SAMLAD_BEHIND_TLS": "1", "SAMLAD_HOST": "0.0.0.0", "SAMLAD_PROXIES": "10.0.0.7"}
    one.environment = {name: value for name, value in sound.items() if name != without} | wrong
    with pytest.raises(subprocess.CalledProcessError) as refused:
        one.command("check")
    assert said in refused.value.stdout
    assert KEY not in refused.value.stdout


def test_serve_refuses_with_the_same_words(others: Running) -> None:
    one = Running(others.folder, others.database)
    one.environment = {**others.environment, "SAMLAD_SIGN_IN": "password"}
    said = words(one, "serve", "--host", "0.0.0.0", "--port", "0")
    for name in ("Not served on 0.0.0.0", "SAMLAD_TLS_CERT", "SAMLAD_SIGN_IN=strong", "SAMLAD_URL"):
        assert name in said
    assert KEY not in said


def test_check_has_nothing_to_say_of_sound_settings(others: Running) -> None:
    one = Running(others.folder, others.database)
    one.environment = {**others.environment, "SAMLAD_BEHIND_TLS": "1", "SAMLAD_PROXIES": "10.0.0.7"}
    assert "no issues" in one.command("check", "--fail-level", "WARNING")


def test_secrets_are_in_no_message_of_a_database_that_is_away(others: Running) -> None:
    one = Running(others.folder, "postgresql://samlad:open-sesame@127.0.0.1:1/samlad")
    said = words(one, "serve", "--port", "0")
    assert "can't be reached" in said and "open-sesame" not in said
    assert "open-sesame" not in words(one, "migrate")


def words(one: Running, *command: str) -> str:
    """What a command says, however it ends."""
    try:
        return one.command(*command)
    except subprocess.CalledProcessError as ended:
        return str(ended.stdout)
