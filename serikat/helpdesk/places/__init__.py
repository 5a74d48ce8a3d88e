"""Where the room stands in the house, one module for each noun."""

from serikat.helpdesk.places import calls, consultations, conversations, reports  # noqa: F401
