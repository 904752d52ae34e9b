"""Files of the registers: examined, kept once, fetched by those who may, and by nobody else."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from samlad.base.ids import new_id
from samlad.base.refused import NotKept, Refused
from samlad.governance import papers
from samlad.governance.models import Paper, PaperContent
from samlad.governance.record import rows
from samlad.governance.rules import reads
from samlad.journal.files import Held, Upload
from samlad.registers.middleware import SESSION_ACTOR
from samlad.registers.queries import today
from samlad.registers.tests.cast import Everybody, Member

TEXT = Held("avtal.txt", "text/plain", b"Ett avtal.", True)
READERS = {
    "parties": {"registrar", "secretariat", "liaison", "actor_administrator", "chief", "lent"},
    "keepers": {"secretariat"},
    "nacka": {"registrar", "actor_administrator", "secretariat"},
}


def kept(by: Member, readers: str = "parties", of: UUID | None = None) -> Paper:
    return papers.keep([TEXT], of=of or new_id(), by=by.who, readers=readers)[0]


@pytest.mark.parametrize("readers", READERS)
def test_who_may_fetch(client: Client, everybody: Everybody, readers: str) -> None:
    paper = kept(everybody.secretariat, readers)
    for name, member in everybody.members().items():
        client.force_login(member.person)
        session = client.session
        session[SESSION_ACTOR] = member.who.actor
        session.save()
        answer = client.get(f"/governance/papers/{paper.pk}/")
        wanted = name in READERS[readers] or (readers == "parties" and reads(member.who))
        assert answer.status_code == (200 if wanted else 404), name
    assert not reads(everybody.stranger.who)
    assert not reads(everybody.administrator.who)
    assert not reads(everybody.wall.who)


def test_it_is_saved_and_never_opened(client: Client, everybody: Everybody) -> None:
    client.force_login(everybody.registrar.person)
    answer = client.get(f"/governance/papers/{kept(everybody.secretariat).pk}/")
    assert answer.content == b"Ett avtal."
    assert answer["Content-Disposition"] == 'attachment; filename="avtal.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]


def test_the_same_file_is_kept_once_with_a_row(everybody: Everybody) -> None:
    owner = new_id()
    assert kept(everybody.secretariat, of=owner).pk == kept(everybody.secretariat, of=owner).pk
    assert len(rows(Paper, of=owner)) == 1


def test_taken_away_it_is_gone_and_the_history_knows(everybody: Everybody, client: Client) -> None:
    paper = kept(everybody.secretariat)
    key = paper.pk
    assert papers.take_away(paper, by=everybody.secretariat.who, reason="fel fil")
    assert not PaperContent.objects.exists() and not rows(Paper)
    client.force_login(everybody.registrar.person)
    assert client.get(f"/governance/papers/{key}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("tom.pdf", b"", "tom"),
        ("program.pdf", b"MZ\x90\x00" + b"\0" * 200, "inte det som namnet säger"),
        ("bild.exe", b"MZ\x90\x00" + b"\0" * 200, "sort"),
        ("stor.pdf", b"%PDF-1.4" + b"\0" * (10 * 1024 * 1024), "för stor"),
    ],
)
def test_unfit_files_get_a_sentence(name: str, content: bytes, words: str) -> None:
    with pytest.raises(Refused) as refused:
        papers.examined([Upload(name, content)])
    assert words in str(refused.value.sentence)


def test_a_marked_file_is_not_kept(db: None) -> None:
    with pytest.raises(NotKept) as refused:
        papers.examined([Upload("a.txt", b"KVALIFICERAT HEMLIG\ntext")])
    assert refused.value.instead == ""


def test_the_files_of_many_rows_are_found_with_few_questions(
    everybody: Everybody, django_assert_max_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    owners = [new_id() for _number in range(4)]
    for owner in owners:
        kept(everybody.secretariat, "keepers" if owner == owners[3] else "parties", of=owner)
    kept(everybody.secretariat)
    with django_assert_max_num_queries(2):
        found = papers.papers_of(owners, everybody.registrar.who)
    assert [len(found[owner]) for owner in owners] == [1, 1, 1, 0]
    past = papers.papers_of(owners[2:], everybody.secretariat.who, today() + timedelta(days=1))
    assert [len(past[owner]) for owner in owners[2:]] == [1, 1]
