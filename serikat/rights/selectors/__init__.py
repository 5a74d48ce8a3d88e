"""What the room reads: the law as the organisation holds it, and what pages show of it."""
