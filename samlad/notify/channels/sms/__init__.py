"""SMS, by the operator's gateway."""
