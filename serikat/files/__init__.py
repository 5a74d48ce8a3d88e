"""Stored documents: type found from bytes, private files encrypted at rest, public pictures stripped of place and device.

Leaves to others: what a file is evidence of, and who may see the matter it belongs to.
"""
