"""Every change of the room: minimum wages, days off, a lawyer's marks."""
