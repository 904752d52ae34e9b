"""A real OpenID provider and a real SAML identity provider, each in a process of its own.

The protocols are idpyoidc's and pysaml2's; here is only what stands around them: a socket, a sign-in form, the people.
"""
