"""The addresses of sign-in and of a person's own account."""

from django.urls import include, path

from samlad.accounts import factors, signing_in

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/passkey/", signing_in.sign_in_passkey, name="sign_in_passkey"),
    path("sign-in/code/", signing_in.sign_in_code, name="sign_in_code"),
    path("sign-in/demo/", signing_in.demo_sign_in, name="demo_sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("account/set-up/", factors.set_up, name="account_set_up"),
    path("", include("samlad.accounts.federation_urls")),
    path("", include("samlad.accounts.seat_urls")),
]
