"""Ids: later ones sort later, and a second made from a first does not tell the first."""

from uuid import UUID

from samlad.base.ids import follows, new_id


def test_a_second_id_is_always_the_same_and_never_the_first() -> None:
    ids = [new_id() for _ in range(200)]
    assert [follows(id) for id in ids] == [follows(id) for id in ids]
    assert len({*ids, *(follows(id) for id in ids)}) == 400


def test_it_is_a_uuid_of_the_same_kind_and_time() -> None:
    id = new_id()
    assert (follows(id).version, follows(id).variant) == (7, id.variant)
    assert follows(id).int >> 80 == id.int >> 80


def test_it_does_not_lead_back() -> None:
    # Nothing simple does: neither itself again, nor a bit turned.
    for id in (new_id() for _ in range(200)):
        second = follows(id)
        assert id not in {follows(second), *(UUID(int=second.int ^ 1 << bit) for bit in range(128))}
