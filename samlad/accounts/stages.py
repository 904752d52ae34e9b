"""The steps of a sign-in after the first."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from samlad.accounts.strength import strong


class SecondFactor(AuthenticateStage):  # type: ignore[misc]
    """A code or a passkey, from everybody who has one and has not shown it."""

    urlname = "sign_in_code"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """On to the page that asks for it, or further when there is nothing to ask."""
        if not self._should_handle(self.request):
            return None, True
        self.state["authentication_required"] = True
        return redirect(self.urlname), True

    def _should_handle(self, request: HttpRequest) -> bool:
        return not strong(request, self.login.user) and bool(super()._should_handle(request))
