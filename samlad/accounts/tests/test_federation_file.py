"""The operator's file: what may stand in it, and what is said of what can't be used."""

from pathlib import Path
from typing import Any

import pytest

from samlad.accounts.checks import federation
from samlad.accounts.federation import Federation, for_allauth, read

GOOD = """
[nacka]
name = "Nacka kommun"
kind = "oidc"
actors = ["nacka"]
levels = ["http://id.elegnamnden.se/loa/1.0/loa3"]
person = "https://id.oidc.se/claim/orgAffiliation"
scope = "2120000167"
issuer = "https://idp.example.se"
client_id = "samlad"
secret_env = "NACKA_SECRET"
local = "emergency"

[lst]
name = "Länsstyrelsen"
kind = "saml"
actors = ["lansstyrelsen-stockholm"]
levels = ["http://id.elegnamnden.se/loa/1.0/loa3"]
person = "orgAffiliation"
metadata = "{folder}/idp.xml"
"""
ENVIRONMENT = {"NACKA_SECRET": "the secret"}


def told(folder: Path, text: str) -> Federation:
    (folder / "idp.xml").write_text("<x/>")
    file = folder / "federation.toml"
    file.write_text(text.replace("{folder}", str(folder)))
    return read(str(file), ENVIRONMENT)


def test_no_file() -> None:
    assert read("") == Federation()


def test_two_providers(tmp_path: Path) -> None:
    found = told(tmp_path, GOOD)
    assert not found.troubles
    oidc, saml = found.providers
    assert (oidc.id, oidc.secret, oidc.hosts) == ("nacka", "the secret", ("https://idp.example.se",))
    assert saml.person == "urn:oid:1.2.752.201.3.1"
    assert found.only == {"nacka"}
    assert for_allauth(found)["openid_connect"]["APPS"][0]["secret"] == "the secret"
    assert "the secret" not in repr(found)


@pytest.mark.parametrize(
    ("was", "becomes", "section", "key"),
    [
        ('kind = "oidc"', 'kind = "ldap"', "nacka", "kind"),
        ('name = "Nacka kommun"', "name = 3", "nacka", "name"),
        ('name = "Nacka kommun"', "", "nacka", "name"),
        ('actors = ["nacka"]', "actors = []", "nacka", "actors"),
        ('actors = ["nacka"]', 'actors = "nacka"', "nacka", "actors"),
        ('levels = ["http://id.elegnamnden.se/loa/1.0/loa3"]', "levels = []", "nacka", "levels"),
        ('issuer = "https://idp.example.se"', 'issuer = "http://idp.example.se"', "nacka", "issuer"),
        ('issuer = "https://idp.example.se"', 'issuer = "https://["', "nacka", "issuer"),
        ('secret_env = "NACKA_SECRET"', 'secret_env = "OTHER"', "nacka", "secret_env"),
        ('secret_env = "NACKA_SECRET"', 'secret_file = "/nowhere"', "nacka", "secret_file"),
        ('secret_env = "NACKA_SECRET"', "", "nacka", "secret_file"),
        ('secret_env = "NACKA_SECRET"', 'secret = "in the file itself"', "nacka", "secret"),
        ('local = "emergency"', 'local = "sometimes"', "nacka", "local"),
        ('metadata = "{folder}/idp.xml"', 'metadata = "/nowhere"', "lst", "metadata"),
        ('metadata = "{folder}/idp.xml"', 'issuer = "https://x"', "lst", "metadata"),
        ('person = "orgAffiliation"', "", "lst", "person"),
        ("[nacka]", '["Näcka"]', "Näcka", ""),
    ],
)
def test_what_can_not_be_used_is_told_and_the_other_works(
    tmp_path: Path, was: str, becomes: str, section: str, key: str
) -> None:
    assert was in GOOD
    found = told(tmp_path, GOOD.replace(was, becomes, 1))
    assert (section, key) in {(trouble.section, trouble.key) for trouble in found.troubles}
    assert len(found.providers) == 1
    said = str(found.troubles[0])
    assert "federation.toml" in said and f"[{section}]" in said
    assert "in the file itself" not in " ".join(map(str, found.troubles))


@pytest.mark.parametrize("text", ["not = = toml", "\x00", "nacka = 3", "[nacka]"])
def test_files_that_are_something_else(tmp_path: Path, text: str) -> None:
    found = told(tmp_path, text)
    assert found.troubles and not found.providers


def test_no_such_file(tmp_path: Path) -> None:
    found = read(str(tmp_path / "nowhere.toml"))
    assert "nowhere.toml" in str(found.troubles[0])


def test_a_closed_actor_stays_closed_when_its_section_can_not_be_used(tmp_path: Path) -> None:
    found = told(tmp_path, GOOD.replace('secret_env = "NACKA_SECRET"', ""))
    assert [provider.id for provider in found.providers] == ["lst"]
    assert found.only == {"nacka"}


def test_check_says_what_can_not_be_used(tmp_path: Path, settings: Any) -> None:
    settings.FEDERATION = told(tmp_path, GOOD.replace('kind = "oidc"', 'kind = "ldap"'))
    said = [warning.msg for warning in federation()]
    assert any("[nacka] kind" in line for line in said)
    assert any("[lst]" in line and "idp.xml" in line for line in said)  # <x/> is no metadata
    settings.FEDERATION = Federation()
    assert federation() == []
