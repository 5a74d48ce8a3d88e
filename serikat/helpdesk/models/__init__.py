"""Conversations and quick replies (`conversations`), what they are found by and pasted chats (`chats`), reports with their people and access codes
(`reports`), calls, visitors and telephone lines (`calls`), consultations and public answers."""

from serikat.helpdesk.models.calls import Call, Duty, PhoneLine
from serikat.helpdesk.models.chats import PastedChat, Term
from serikat.helpdesk.models.consultations import Consultation, Skill
from serikat.helpdesk.models.conversations import Conversation, QuickReply
from serikat.helpdesk.models.guarding import Guarded
from serikat.helpdesk.models.public_answers import PublicAnswer
from serikat.helpdesk.models.reports import AccessCode, CodeRenewal, Report, ReportedPerson, ReportStep
from serikat.helpdesk.models.subjects import Subject

__all__ = [
    "AccessCode",
    "Call",
    "CodeRenewal",
    "Consultation",
    "Conversation",
    "Duty",
    "Guarded",
    "PastedChat",
    "PhoneLine",
    "PublicAnswer",
    "QuickReply",
    "Report",
    "ReportStep",
    "ReportedPerson",
    "Skill",
    "Subject",
    "Term",
]
