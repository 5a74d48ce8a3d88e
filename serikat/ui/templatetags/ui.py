"""`{% load ui %}`: every component of the house."""

from serikat.ui.components import frame, register

__all__ = ["frame", "register"]
