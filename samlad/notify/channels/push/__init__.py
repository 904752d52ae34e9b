"""Web Push: a notice on the phone or computer that asked for it."""
