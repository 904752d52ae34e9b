"""What "acknowledged" rests on: the settings of the database as the program really has them."""

import pytest
from django.db import connection

SQLITE = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 5000}
POSTGRESQL = {"synchronous_commit": "on", "lock_timeout": "10s", "idle_in_transaction_session_timeout": "5min"}


@pytest.mark.django_db
def test_synced_to_disk_before_it_is_acknowledged() -> None:
    postgresql = connection.vendor == "postgresql"
    asked = POSTGRESQL if postgresql else SQLITE
    found = {}
    with connection.cursor() as cursor:
        for name in asked:
            cursor.execute(f"SHOW {name}" if postgresql else f"PRAGMA {name}")
            found[name] = cursor.fetchone()[0]
    assert found == asked
