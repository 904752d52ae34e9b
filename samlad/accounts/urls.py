"""The addresses of sign-in and of a person's own account."""

from django.urls import include, path

from samlad.accounts import account, code_pages, passkey_pages, password_pages, person_page, signing_in

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/passkey/", signing_in.sign_in_passkey, name="sign_in_passkey"),
    path("sign-in/code/", signing_in.sign_in_code, name="sign_in_code"),
    path("sign-in/demo/", signing_in.demo_sign_in, name="demo_sign_in"),
    path("sign-in/forgotten/", password_pages.forgotten, name="forgotten"),
    path("sign-in/forgotten/<slug:key>/<str:token>/", password_pages.forgotten_new, name="forgotten_new"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("account/", account.account, name="account"),
    path("account/set-up/", account.set_up, name="account_set_up"),
    path("account/passkeys/new/", passkey_pages.passkey_new, name="account_passkey_new"),
    path("account/passkeys/<int:factor>/", passkey_pages.passkey, name="account_passkey"),
    path("account/codes/", code_pages.codes, name="account_codes"),
    path("account/codes/remove/", code_pages.codes_remove, name="account_codes_remove"),
    path("account/recovery-codes/", code_pages.recovery, name="account_recovery"),
    path("account/password/", password_pages.password, name="account_password"),
    path("account/sessions/end/", account.sessions_end, name="account_sessions_end"),
    path("registers/people/<slug:key>/sign-in/", person_page.person_sign_in, name="person_sign_in"),
    path("", include("samlad.accounts.federation_urls")),
    path("", include("samlad.accounts.seat_urls")),
]
