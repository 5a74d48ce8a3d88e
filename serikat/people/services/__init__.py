"""Every write of the room, by noun. Callers import from here."""
