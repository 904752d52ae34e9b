"""What a session's cookie may hold: a key, or nothing that is looked for."""

import pytest
from django.test import Client

from samlad.registers.sessions import SessionStore, is_session_key


@pytest.mark.parametrize(
    "text", ["", "kort", "a" * 20 + "\0", "å" * 20, "a b c d e f g h", "a" * 8 + "\ud800", "'; --aaaaaaaa"]
)
def test_what_can_be_no_key_is_not_looked_for(text: str) -> None:
    assert not is_session_key(text)
    assert SessionStore(text).session_key is None


@pytest.mark.django_db
def test_a_cookie_with_a_nul_in_it_is_nobody(client: Client) -> None:
    # In quotes a cookie's value can hold any character; PostgreSQL would refuse the question.
    answer = client.get("/", headers={"cookie": r'sessionid="\000\000abcdefghijkl"'})
    assert answer.status_code == 302
