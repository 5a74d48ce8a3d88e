"""What may be done at the helpdesk, in words: `conversations`, `reports`, `calls`, `consultations`."""

from serikat.helpdesk.permissions.calls import *  # noqa: F403
from serikat.helpdesk.permissions.consultations import *  # noqa: F403
from serikat.helpdesk.permissions.conversations import *  # noqa: F403
