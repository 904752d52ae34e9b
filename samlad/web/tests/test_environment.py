"""Settings from the environment, secrets from it or from files, and never a secret in what is said."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from samlad.web import environment, settings

SECRET = "correct horse battery staple"


@pytest.mark.parametrize("name", environment.SECRETS)
def test_a_secret_may_lie_in_a_file(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(name, raising=False)
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    monkeypatch.setenv(f"{name}_FILE", str(file))
    assert environment.secret(name) == SECRET
    assert file in environment.secret_files()


def test_the_environment_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLAD_EMAIL", SECRET)
    assert environment.secret("SAMLAD_EMAIL") == SECRET
    monkeypatch.setenv("SAMLAD_EMAIL", "")
    assert environment.secret("SAMLAD_EMAIL", "none") == "none"


def test_two_answers_are_refused_without_saying_either(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SAMLAD_EMAIL", SECRET)
    monkeypatch.setenv("SAMLAD_EMAIL_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match="not both") as refused:
        environment.secret("SAMLAD_EMAIL")
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cant_be_read_stops_the_start(
    content: bytes | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.delenv("SAMLAD_EMAIL", raising=False)
    monkeypatch.setenv("SAMLAD_EMAIL_FILE", str(file))
    with pytest.raises(ImproperlyConfigured, match="SAMLAD_EMAIL_FILE"):
        environment.secret("SAMLAD_EMAIL")


def test_a_list_has_no_empty_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLAD_HOSTS", " a.example, ,b.example,")
    assert environment.listed("SAMLAD_HOSTS") == ["a.example", "b.example"]


def test_the_key_that_is_made_is_long_and_for_its_owner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SAMLAD_SECRET_KEY", raising=False)
    monkeypatch.setattr(settings, "DATA", tmp_path)
    key = settings.secret_key()
    assert len(key) >= 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert settings.secret_key() == key
