"""Reads: channels and what they can do (`channels`), messages and what waits for a person (`messages`)."""
