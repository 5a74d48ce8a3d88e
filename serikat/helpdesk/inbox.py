"""What the helpdesk takes of all that comes: the key words TANYA and BANTUAN, and everything else."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from serikat.helpdesk.services.inbox import file_message, list_words, take_question
from serikat.messaging import keywords
from serikat.messaging.keywords import Word


def register() -> None:
    keywords.register_word(
        Word("TANYA", (), take_question, _("TANYA pertanyaan Anda"), order=30, for_a_person=True),
    )
    keywords.register_word(Word("BANTUAN", (), list_words, _("BANTUAN"), order=90))
    keywords.register_rest(file_message)
