"""Alarms from other systems: part of settings.py, in a file of its own for its length.

SAMLAD_ALARM_SENDERS  (or ..._FILE) a TOML text with a section for each system that may raise the alarm by a signed
                      message (docs/incoming-alarms.md); without it there are none
"""

from samlad.web.environment import secret

ALARM_SENDERS = secret("SAMLAD_ALARM_SENDERS")
