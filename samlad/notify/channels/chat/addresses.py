"""What an address of a chat looks like: an incoming webhook of Mattermost or Teams, or a room of Matrix."""

import re
from typing import Final

MATTERMOST: Final = re.compile(r"(?P<fullpath>/[\w./-]*?)?/hooks/(?P<token>[A-Za-z0-9]+)/?")
TEAMS: Final = re.compile(
    r"(?P<power_automate>/powerautomate/automations/direct(?:/cu/(?P<routing_id>[0-9]+))?)?"
    r"/workflows/(?P<workflow>[A-Za-z0-9_-]+)/triggers/manual/paths/invoke/?"
)
ROOM: Final = re.compile(r"![^\s:/?#]+:[A-Za-z0-9.-]+(:[0-9]+)?")


def is_room(address: str) -> bool:
    """Whether an address is a room of Matrix."""
    return ROOM.fullmatch(address) is not None


def is_hook(path: str) -> bool:
    """Whether the path of an address is that of an incoming webhook."""
    return bool(MATTERMOST.fullmatch(path) or TEAMS.fullmatch(path))
