"""Channels to people: part of settings.py, in a file of its own for its length.

SAMLAD_CHANNELS  a TOML file with a section for each channel beside e-mail: SMS, calls, push, chat, webhooks
                 (docs/channels.md); what can't be used is told at start and by `samlad check`, the other channels work
"""

from samlad.notify.channel_config import read
from samlad.web.environment import value

CHANNELS = read(value("SAMLAD_CHANNELS"))
