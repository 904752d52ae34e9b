"""Identity providers: part of settings.py, in a file of its own for its length.

SAMLAD_FEDERATION  a TOML file with a section for each identity provider (samlad/accounts/README.md says what stands in
                   it); what can't be used is told at start and by `samlad check`, the other providers work
"""

from samlad.accounts.federation import for_allauth, read
from samlad.web.environment import value

FEDERATION = read(value("SAMLAD_FEDERATION"))
SOCIALACCOUNT_ADAPTER = "samlad.accounts.federation_allauth.FederationAdapter"
SOCIALACCOUNT_PROVIDERS = for_allauth(FEDERATION)
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
