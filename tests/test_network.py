"""The tests themselves can't reach the network."""

import socket

import pytest

from tests.fixtures import NoNetwork


def test_beyond_this_machine_is_refused() -> None:
    with socket.socket() as connection, pytest.raises(NoNetwork):
        connection.connect(("192.0.2.1", 80))


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as connection:
        connection.connect(server.getsockname())
