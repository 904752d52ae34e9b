"""Template tags of sign-in."""
