"""The newsroom's reads, by noun."""
