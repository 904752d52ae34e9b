"""Fixtures for all rooms: the network guard, the fixed cast, clients signed in as somebody."""

import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import user_logged_in
from django.http import HttpRequest
from django.test import Client

from samlad.registers.models import Person
from samlad.registers.tests.cast import Cast, Everybody, Member, make_cast, make_everybody


class NoNetwork(Exception):
    """A test tried to reach beyond this machine."""


def _local(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a unix socket
    host = str(address[0])
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in ("localhost", "")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Tests reach this machine only: a test that needs the world is wrong on the day the world is down."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if not _local(address):
            raise NoNetwork(f"a test tried to reach {address}")
        real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@pytest.fixture(autouse=True, scope="session")
def data_folder() -> Iterator[None]:
    """Take the run's own data folder away afterwards."""
    yield
    shutil.rmtree(os.environ["SAMLAD_DATA"], ignore_errors=True)


@pytest.fixture(autouse=True)
def lighter_settings(settings: Any) -> None:
    """Static files by their plain names (hashed ones need a collected folder), and passwords hashed cheaply."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True, scope="session")
def just_signed_in() -> Iterator[None]:
    """Whom `force_login` signs in has just used a passkey: as strong and as recent a sign-in as there is."""

    def record(request: HttpRequest, user: Person, **_: Any) -> None:
        if not hasattr(request, "allauth"):  # not through the program's own pages
            record_authentication(request, user, method="mfa", type="webauthn", passwordless=True)

    user_logged_in.connect(record)
    yield
    user_logged_in.disconnect(record)


@pytest.fixture
def everybody(db: None) -> Everybody:
    """The cast, and those who are harder to tell from others."""
    return make_everybody()


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed cast: the same few people in every room's tests, each at its seat."""
    return make_cast()


@pytest.fixture
def client_for() -> Callable[[Member | Person], Client]:
    """A browser signed in as one of the cast: client_for(cast.liaison)."""

    def signed_in(member: Member | Person) -> Client:
        client = Client()
        client.force_login(member if isinstance(member, Person) else member.person)
        return client

    return signed_in
