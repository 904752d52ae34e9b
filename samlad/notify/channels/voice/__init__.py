"""Voice calls, by the operator's gateway."""
