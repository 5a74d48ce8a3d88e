"""Founding the organisation on the first day, its face, and the demo."""
