"""What allauth's federation asks the program. Its own pages are not served, and sign nobody in."""

from typing import NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponseNotFound

from samlad.base.outside import Session


class FederationAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """allauth's client for OpenID providers reaches the providers' hosts and no others."""

    def get_requests_session(self) -> Session:
        """The one way out, to the hosts of all providers (which one is asked has been checked before)."""
        return Session({host for provider in settings.FEDERATION.providers for host in provider.hosts})

    def pre_social_login(self, request: HttpRequest, sociallogin: object) -> NoReturn:
        """Persons are found by ExternalId, in our own views; nothing comes in by allauth's."""
        raise ImmediateHttpResponse(HttpResponseNotFound())

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        """Nobody signs up."""
        return False
