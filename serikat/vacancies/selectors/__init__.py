"""Reads: `public` for readers, `desk` for who checks, `memory` for what the house knows of a number, a firm, a text; `own` for who sent it."""
