"""A real OpenID provider: idpyoidc's, with a password form. `python -m ...oidc SETUP.json`.

SETUP: port, folder, levels (those it knows), client {id, secret, redirect_uri, jwks}, people {name: {claim: value}};
everybody's password is "word". Signing in at another level than was asked for is possible: that must be found out.
"""

import json
import sys
from typing import Any

from idpyoidc.message.oauth2 import ResponseMessage
from idpyoidc.message.oidc import AccessTokenRequest, AuthorizationRequest
from idpyoidc.server import Server
from idpyoidc.server.configure import OPConfiguration
from idpyoidc.server.exception import FailedAuthentication
from idpyoidc.server.oidc.token import Token
from idpyoidc.server.user_authn.user import UserPass

from samlad.accounts.tests.providers.serving import Answer, Asked, form, serve, setup, to

CORE = "idpyoidc.server"
ENDPOINTS = {
    "provider_info": {
        "path": ".well-known/openid-configuration",
        "class": f"{CORE}.oidc.provider_config.ProviderConfiguration",
        "kwargs": {"client_authn_method": None},
    },
    "authorization": {
        "path": "authorization",
        "class": f"{CORE}.oidc.authorization.Authorization",
        "kwargs": {"client_authn_method": None, "response_types_supported": ["code"]},
    },
    "token": {
        "path": "token",
        "class": f"{CORE}.oidc.token.Token",
        "kwargs": {
            "client_authn_method": ["client_secret_post", "client_secret_basic", "private_key_jwt"],
        },
    },
    "userinfo": {"path": "userinfo", "class": f"{CORE}.oidc.userinfo.UserInfo", "kwargs": {}},
}


class PasswordForm(UserPass):  # type: ignore[misc]
    """idpyoidc's check of passwords, with a form of ours in front."""

    def __init__(self, people: dict[str, Any], upstream_get: Any = None, **kwargs: Any) -> None:
        passwords = {"class": dict, "kwargs": dict.fromkeys(people, "word")}
        super().__init__(db_conf=passwords, upstream_get=upstream_get, **kwargs)

    def __call__(self, *, query: str, authn_class_ref: str, **kwargs: Any) -> str:
        return form("Provider of the tests", "/verify", authn_class_ref, query=query).body


def configured(told: dict[str, Any]) -> Server:
    """idpyoidc's provider, ready to answer."""
    issuer, folder = f"http://127.0.0.1:{told['port']}", told["folder"]
    ways = {
        f"level{number}": {"acr": level, "class": PasswordForm, "kwargs": {"people": told["people"]}}
        for number, level in enumerate(told["levels"])
    }
    jwt = {"lifetime": told.get("lifetime", 300)}
    conf = {
        "issuer": issuer,
        "httpc_params": {"verify": True, "timeout": 4},
        "preference": {"subject_types_supported": ["public"], "grant_types_supported": ["authorization_code"]},
        "key_conf": {
            "private_path": f"{folder}/keys.json",
            "key_defs": [{"type": "RSA", "use": ["sig"]}, {"type": "EC", "crv": "P-256", "use": ["sig"]}],
            "public_path": f"{folder}/public.json",
            "uri_path": "jwks",
            "read_only": False,
        },
        "endpoint": ENDPOINTS,
        "token_handler_args": {
            "code": {"lifetime": 600},
            "token": {"class": f"{CORE}.token.jwt_token.JWTToken", "kwargs": {"lifetime": 3600}},
            "id_token": {"class": f"{CORE}.token.id_token.IDToken", "kwargs": jwt},
        },
        "authentication": ways,
        "userinfo": {"class": f"{CORE}.user_info.UserInfo", "kwargs": {"db": told["people"]}},
        "claims_interface": {"class": f"{CORE}.session.claims.ClaimsInterface", "kwargs": {}},
        "add_on": {
            "pkce": {
                "function": f"{CORE}.oauth2.add_on.pkce.add_support",
                "kwargs": {"essential": True, "code_challenge_method": "S256"},
            },
        },
        "template_dir": folder,
    }
    server = Server(OPConfiguration(conf=conf, base_path=folder), cwd=folder)
    register(server, told["client"])
    return server


def register(server: Server, client: dict[str, Any]) -> None:
    """Make the one client known."""
    server.context.cdb[client["id"]] = {
        "client_id": client["id"],
        "client_secret": client.get("secret", ""),
        "redirect_uris": [(client["redirect_uri"], {})],
        "response_types_supported": ["code"],
        "client_salt": "salt of the tests",
        "allowed_scopes": ["openid", "profile"],
        "token_endpoint_auth_method": client.get("way", "client_secret_post"),
    }
    if client.get("secret"):
        server.keyjar.add_symmetric(client["id"], client["secret"])
    if client.get("jwks"):
        server.keyjar.import_jwks(client["jwks"], client["id"])


def main() -> None:
    """Serve until ended."""
    told = setup()
    server = configured(told)
    endpoints = {
        "/.well-known/openid-configuration": "provider_config",
        "/authorization": "authorization",
        "/token": "token",
        "/userinfo": "userinfo",
    }

    def answer(asked: Asked) -> Answer:
        if asked.path == "/jwks":
            return Answer(server.keyjar.export_jwks_as_json(), kind="application/json")
        if asked.path == "/verify":
            return verified(server, asked)
        if asked.path not in endpoints:
            return Answer("", "404 Not Found")
        return at_endpoint(server.get_endpoint(endpoints[asked.path]), asked)

    serve(answer, told["port"])


def at_endpoint(endpoint: Any, asked: Asked) -> Answer:
    """One of the protocol's own endpoints."""
    info = {"headers": asked.headers, "method": asked.method, "url": asked.url, "cookie": []}
    try:
        wanted = endpoint.parse_request(dict(asked.form or asked.query), http_info=info)
        if isinstance(wanted, ResponseMessage) and "error" in wanted:
            return refused(wanted.to_json())
        if isinstance(endpoint, Token):
            wanted = AccessTokenRequest(**wanted)
        args = endpoint.process_request(wanted, http_info=info)
    except Exception as error:
        sys.stderr.write(f"{error!r}\n")
        return refused(json.dumps({"error": "invalid_request", "error_description": str(error)}))
    if "http_response" in args:
        return Answer(args["http_response"])
    return done(endpoint, wanted, args)


def verified(server: Server, asked: Asked) -> Answer:
    """The form has been sent in."""
    told = asked.form
    way = next(server.context.authn_broker.get_method("PasswordForm"))
    try:
        who = way.verify(username=told["username"], password=told["password"])
    except FailedAuthentication:
        return Answer("wrong password", "403 Forbidden")
    endpoint = server.get_endpoint("authorization")
    wanted = AuthorizationRequest().from_urlencoded(told["query"])
    session = endpoint.create_session(wanted, who, told["level"], 0, way)
    return done(endpoint, wanted, endpoint.authz_part2(request=wanted, session_id=session))


def done(endpoint: Any, wanted: Any, args: Any) -> Answer:
    """An endpoint's answer, on the page or in the address."""
    if isinstance(args, ResponseMessage) and "error" in args:
        return refused(args.to_json())
    info = endpoint.do_response(request=wanted, **args)
    if info.get("response_placement", endpoint.response_placement) == "url":
        return to(info["response"])
    return Answer(info["response"], kind="application/json")


def refused(body: str) -> Answer:
    """The protocol's own refusal."""
    return Answer(body, "400 Bad Request", kind="application/json")


if __name__ == "__main__":
    main()
