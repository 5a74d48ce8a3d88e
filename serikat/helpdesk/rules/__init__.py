"""What the room decides without database and clock: `access_codes` makes, reads and says the codes that open a report's status."""
