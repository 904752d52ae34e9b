"""What `samlad check` and `samlad serve` demand before others can reach the program: each on its own."""

from pathlib import Path
from typing import Any

import pytest

from samlad.web import checks

GOOD_KEY = "q7Zr0vLw2KxXb9YtNc4HsJd8GfPa5MeUoi1Rl3BkTnVyCzQpWgEhSjDxFm6A"


@pytest.fixture
def sound(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Settings that hold beyond this machine."""
    tmp_path.chmod(0o700)
    settings.HOSTS = ["samlad.example.se"]
    settings.SAMLAD_HOST = "10.0.0.5"
    settings.TLS = settings.BEHIND_TLS = True
    settings.TLS_CERT = settings.TLS_KEY = ""
    settings.PROXIES = ["10.0.0.7"]
    settings.SAMLAD_URL = "https://samlad.example.se"
    settings.SECRET_KEY = GOOD_KEY
    settings.SECRET_KEY_FALLBACKS = []
    settings.DEMO = False
    settings.SAMLAD_SIGN_IN = "strong"
    settings.EMAIL_HOST = settings.EMAIL_HOST_PASSWORD = ""
    settings.DATA = tmp_path
    kept = {"ENGINE": "samlad.base.sqlite", "NAME": tmp_path / "samlad.sqlite3"}
    monkeypatch.setattr(checks, "database", lambda: kept)
    for name in ("SAMLAD_SECRET_KEY_FILE", "SAMLAD_EMAIL_FILE"):
        monkeypatch.delenv(name, raising=False)
    return settings


def ids() -> set[str]:
    """What is found wrong."""
    return {str(message.id) for message in checks.serving(None)}


def test_nothing_is_wrong_with_sound_settings(sound: Any) -> None:
    assert not checks.serving(None)


@pytest.mark.parametrize(
    ("id", "wrong"),
    [
        ("samlad.E001", {"TLS": False, "BEHIND_TLS": False}),
        ("samlad.E003", {"TLS_CERT": "/nowhere.pem", "BEHIND_TLS": False}),
        ("samlad.E003", {"TLS_CERT": "/nowhere.pem", "TLS_KEY": "/nowhere.key", "BEHIND_TLS": False}),
        ("samlad.E004", {"PROXIES": ["*"]}),
        ("samlad.E004", {"PROXIES": ["0.0.0.0/0"]}),
        ("samlad.E004", {"PROXIES": ["::/0"]}),
        ("samlad.E004", {"PROXIES": ["proxy.example.se"]}),
        ("samlad.E005", {"PROXIES": ["127.0.0.1", "::1"]}),
        ("samlad.E006", {"HOSTS": []}),
        ("samlad.E006", {"HOSTS": ["*"]}),
        ("samlad.E006", {"HOSTS": [".example.se"]}),
        ("samlad.E007", {"SAMLAD_URL": "http://samlad.example.se"}),
        ("samlad.E008", {"SECRET_KEY": "short"}),
        ("samlad.E008", {"SECRET_KEY": "ab" * 40}),
        ("samlad.E008", {"SECRET_KEY": "django-insecure-" + GOOD_KEY}),
        ("samlad.E008", {"SECRET_KEY": "changeme" + GOOD_KEY}),
        ("samlad.E008", {"SECRET_KEY_FALLBACKS": ["short"]}),
        ("samlad.W009", {"SECRET_KEY_FALLBACKS": [GOOD_KEY[::-1]] * 3}),
        ("samlad.E010", {"DEMO": True}),
        ("samlad.E011", {"SAMLAD_SIGN_IN": "password"}),
        ("samlad.W016", {"EMAIL_HOST": "mail.example", "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False}),
        ("samlad.E012", {"EMAIL_HOST": "mail.example", "EMAIL_HOST_PASSWORD": "x", "EMAIL_USE_TLS": False}),
    ],
)
def test_each_is_refused_in_a_sentence_with_what_to_set(id: str, wrong: dict[str, Any], sound: Any) -> None:
    for name, value in wrong.items():
        setattr(sound, name, value)
    found = {str(message.id): message for message in checks.serving(None)}
    assert id in found
    assert found[id].msg.endswith((".", "least.")) and found[id].hint
    assert GOOD_KEY not in f"{found[id].msg} {found[id].hint}"


@pytest.mark.parametrize(
    ("host", "mode", "found"),
    [
        ("10.0.0.9", "verify-full", set()),
        ("127.0.0.1", "", set()),
        ("/run/postgresql", "", set()),
        ("", "", set()),
        ("10.0.0.9", "", {"samlad.E015"}),
        ("db.example.se", "prefer", {"samlad.E015"}),
        ("db.example.se", "require", {"samlad.E015"}),
    ],
)
def test_the_line_to_a_database_elsewhere_is_encrypted(
    host: str, mode: str, found: set[str], sound: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {"ENGINE": "x", "NAME": "x", "HOST": host, "OPTIONS": {"sslmode": mode}}
    monkeypatch.setattr(checks, "database", lambda: kept)
    assert ids() == found


def test_a_proxy_and_a_certificate_are_one_too_many(sound: Any, tmp_path: Path) -> None:
    sound.TLS_CERT, sound.TLS_KEY = str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")
    for file in (sound.TLS_CERT, sound.TLS_KEY):
        Path(file).write_text("x")
    assert ids() == {"samlad.E002"}
    sound.BEHIND_TLS = False
    assert not ids()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o622])
def test_a_secret_that_others_may_read_is_refused(
    mode: int, sound: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mail"
    file.write_text("smtp://me:secret@mail.example")
    monkeypatch.setenv("SAMLAD_EMAIL_FILE", str(file))
    file.chmod(mode)
    assert ids() == {"samlad.E013"}
    file.chmod(0o600)
    assert not ids()


def test_data_that_others_may_read_is_refused(sound: Any, tmp_path: Path) -> None:
    inside = tmp_path / "data"
    inside.mkdir()
    inside.chmod(0o755)
    sound.DATA = inside
    assert not ids()  # nobody gets through the folder above
    tmp_path.chmod(0o755)
    assert ids() == {"samlad.E014"}
    inside.chmod(0o700)
    assert not ids()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.9.9.9"])
def test_this_machine_may_have_it_as_it_is(host: str, settings: Any) -> None:
    settings.HOSTS = []
    assert checks.refusals(host) == []


def test_a_name_served_through_a_proxy_counts_as_reached_by_others(settings: Any) -> None:
    settings.HOSTS = ["samlad.example.se"]
    assert checks.exposed("127.0.0.1")
    assert "samlad.E001" in {message.id for message in checks.refusals("127.0.0.1")}
