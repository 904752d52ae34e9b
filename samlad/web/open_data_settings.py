"""Open data: part of settings.py, in a file of its own for its length.

SAMLAD_OPEN_DATA_LICENCE      the terms under which open data may be used, in words ("CC0 1.0"); without it none is told
SAMLAD_OPEN_DATA_LICENCE_URL  where they stand, for data portals
"""

from samlad.web.environment import value

OPEN_DATA_LICENCE = value("SAMLAD_OPEN_DATA_LICENCE")
OPEN_DATA_LICENCE_URL = value("SAMLAD_OPEN_DATA_LICENCE_URL")
