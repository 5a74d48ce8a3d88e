"""The newsroom's pure decisions, by noun."""
