"""Reads, scoped to who asks."""
