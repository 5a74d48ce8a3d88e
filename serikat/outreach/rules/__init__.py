"""What the room decides without database and clock: `texts` (what stands under a text, what it costs), `zones` (the time where a number is)."""
