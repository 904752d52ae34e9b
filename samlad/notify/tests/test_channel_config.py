"""The operator's file: what it may say, and what is told when it can't be used."""

from pathlib import Path
from typing import Any

import pytest

from samlad.notify import channels
from samlad.notify.channel_config import Channels, Section, read
from samlad.notify.checks import channels as checked

WHOLE = """
[sms]
provider = "46elks"
user = "u1"
secret_file = "{folder}/elks"
from = "Samlad"
exercises = true
per_second = 10
at_once = 8
incoming_secret_env = "ELKS_INCOMING"

[voice]
provider = "46elks"
user = "u1"
secret_file = "{folder}/elks"
from = "+46701740699"
sound = "https://samlad.example/larm.mp3"
sound_test = "https://samlad.example/test.mp3"

[email]
exercises = true

[push]
contact = "mailto:drift@samlad.example"

[chat]
hosts = ["chat.nacka.example", "http://10.0.0.5:8065"]
matrix = "https://matrix.example"
secret_file = "{folder}/elks"
through = {{ "https://prod-1.logic.azure.com" = "http://10.0.0.6:8080" }}

[webhook]
hosts = ["larm.example"]
"""

ELKS = '[sms]\nprovider = "46elks"\nuser = "u"\nfrom = "S"\nsecret_file = "{folder}/elks"\n'
VOICE = ELKS.replace("sms", "voice")


def told(tmp_path: Path, text: str) -> Channels:
    """What a file with this text says."""
    (tmp_path / "elks").write_text("hush-hush\n")
    file = tmp_path / "channels.toml"
    file.write_text(text.replace("{folder}", str(tmp_path)))
    return read(str(file), {"ELKS_INCOMING": "sesame"})


def test_a_whole_file(tmp_path: Path) -> None:
    found = told(tmp_path, WHOLE.format(folder=tmp_path))
    assert not found.troubles and set(found.sections) == set(channels.CHANNELS)
    sms = found.sections["sms"]
    assert (sms.secret, sms.incoming_secret, sms.per_second, sms.at_once) == ("hush-hush", "sesame", 10, 8)
    assert sms.exercises and not found.sections["voice"].exercises
    assert "hush" not in repr(sms) + repr(found)
    assert found.sections["chat"].through == (("https://prod-1.logic.azure.com", "http://10.0.0.6:8080"),)


def test_no_file_is_no_channel_but_email(settings: Any) -> None:
    settings.CHANNELS = read("")
    assert channels.in_use() == ("email",)
    settings.EMAIL_HOST = "mail.example"
    email = channels.gateway("email")
    assert email is not None and email.exercises and email.name == "email"
    assert channels.gateway("sms") is None
    with pytest.raises(KeyError):
        channels.gateway("pigeon")


def test_a_demo_keeps_everything_here(settings: Any) -> None:
    settings.DEMO = True
    assert channels.in_use() == channels.CHANNELS
    assert {gateway.name for name in channels.CHANNELS if (gateway := channels.gateway(name))} == {"outbox"}


def test_a_section_that_cannot_be_used_leaves_the_others(tmp_path: Path) -> None:
    found = told(tmp_path, '[sms]\nprovider = "pigeon"\n[webhook]\nhosts = ["larm.example"]\n')
    assert set(found.sections) == {"webhook"} and found.troubles


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[pigeon]\nx = 1', ""),
        ('[webhook]\nhost = ["x"]', "host"),
        ('[webhook]\nexercises = "yes"', "exercises"),
        ('[webhook]\nat_once = 0', "at_once"),
        ('[webhook]\nseconds = 60', "seconds"),
        ('[webhook]\nper_second = true', "per_second"),
        ('[webhook]\nhosts = "larm.example"', "hosts"),
        ('[webhook]\nhosts = ["https://larm.example/path"]', "hosts"),
        ('[webhook]\nhosts = ["https://u:x@larm.example"]', "hosts"),
        ('[webhook]\nthrough = { "larm.example" = "http://x" }', "through"),
        ('[push]\ncontact = "drift"', "contact"),
        ('[push]', "contact"),
        ('[sms]\nprovider = "46elks"\nuser = "u"\nfrom = "S"', "secret_file"),
        ('[sms]\nprovider = "46elks"\nuser = "u"\nfrom = "S"\nsecret = "hush"', "secret"),
        ('[sms]\nprovider = "46elks"\nuser = "u"\nfrom = "S"\nsecret_file = "/not/there"', "secret_file"),
        ('[sms]\nprovider = "46elks"\nuser = "u"\nfrom = "S"\nsecret_env = "NOTHING"', "secret_env"),
        (ELKS + 'url = "http://elks.example"', "url"),
        ('[sms]\nprovider = "46elks"\nuser_file = "x"\nfrom = "S"\nsecret_file = "{folder}/elks"', "user_file"),
        ('[sms]\nprovider = "apprise"\nsecret_file = "{folder}/elks"', "hosts"),
        (VOICE, "sound"),
        (VOICE + 'sound = "https://x.example/a"\nexercises = true', "sound_exercise"),
        ('[chat]\nmatrix = "https://matrix.example"', "secret_file"),
        ('sms = 1', "provider"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_key(tmp_path: Path, text: str, key: str) -> None:
    found = told(tmp_path, text)
    assert key in {trouble.key for trouble in found.troubles} and not found.sections
    assert all(str(trouble) and "hush" not in str(trouble) for trouble in found.troubles)


def test_a_file_that_is_none(tmp_path: Path) -> None:
    assert read(str(tmp_path / "none.toml")).troubles
    (tmp_path / "bad.toml").write_bytes(b"\xff[sms")
    assert read(str(tmp_path / "bad.toml")).troubles
    assert told(tmp_path, "[sms\n").troubles


def test_what_is_checked_at_start(tmp_path: Path, settings: Any) -> None:
    settings.CHANNELS = told(tmp_path, WHOLE.format(folder=tmp_path) + "\n[pigeon]\n")
    (tmp_path / "elks").chmod(0o644)
    said = [str(message.msg) for message in checked()]
    assert any("Others on this machine" in line for line in said)
    assert any("pigeon" in line for line in said) and any("mail server" in line for line in said)
    settings.CHANNELS = Channels({"sms": Section("sms", provider="46elks"), "chat": Section("chat")})
    said = [str(message.msg) for message in checked()]
    assert any("signs nothing" in line for line in said) and any("no host is named" in line for line in said)
