"""The demonstration's bodies: made once, said to be made up, with members as functions."""

import pytest
from django.core.management import call_command
from django.test import Client

from samlad.governance.bodies import demo, queries
from samlad.governance.bodies.models import AgendaItem, Body, BodyMember, Meeting, MeetingDecision
from samlad.governance.models import Paper
from samlad.notify.models import Notice
from samlad.registers.models import Person

TABLES = (Body, BodyMember, Meeting, AgendaItem, MeetingDecision, Paper)


@pytest.mark.django_db
def test_the_demonstration_is_made_once_and_says_so(client: Client) -> None:
    demo.remember()
    assert not Body.objects.exists(), "without a region there is nothing to show"
    call_command("region", "import", "regions/stockholm", verbosity=0)
    demo.remember()
    counts = [table._default_manager.count() for table in TABLES]
    demo.remember()
    assert [table._default_manager.count() for table in TABLES] == counts and all(counts)
    assert not Notice.objects.exists()
    assert set(BodyMember.objects.values_list("source", flat=True)) == {demo.MADE_UP}
    assert not BodyMember.objects.exclude(person=None).exists()
    assert all("Påhittat" in one.about for one in Meeting.objects.all())
    assert queries.overdue() and queries.next_meetings()
    client.force_login(Person.objects.get(username="samordningskansli"))
    for meeting in Meeting.objects.all():
        assert client.get(f"/governance/bodies/meetings/{meeting.pk}/").status_code == 200
    assert client.get("/governance/bodies/").status_code == 200
