"""`{% load ui %}`: every component of the house."""

from serikat.ui.components import actions, form, frame, lists, marks, matter, reading, register, words

__all__ = ["actions", "form", "frame", "lists", "marks", "matter", "reading", "register", "words"]
