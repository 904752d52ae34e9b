"""Our own JSON to an actor's own system, signed."""
