"""The newsroom's writes, by noun."""
