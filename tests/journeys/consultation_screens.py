"""The screens of consultations: who, address, what stands in it, query, note, status, as `Screen` takes them; and their addresses without a page."""

from __future__ import annotations

from django.contrib.auth import get_user_model

from serikat.helpdesk.models import Consultation, PublicAnswer


def public(state, name="pk"):
    return lambda: [getattr(PublicAnswer.objects.filter(state=state).first(), name)]


def asked(**like):
    return lambda: [Consultation.objects.filter(**like).first().pk]


# fmt: off
SCREENS = [
    ("", "helpdesk_answers:answers"),
    ("", "helpdesk_answers:answers", list, "?q=pesangon", "search"),
    ("", "helpdesk_answers:answer", public("published", "code")),
    ("", "helpdesk_answers:answer", public("withdrawn", "code"), "", "gone", 410),
    ("", "helpdesk_answers:ask_step", lambda: ["pertanyaan"]),
    ("", "helpdesk_answers:opinion", lambda: [Consultation.objects.exclude(opinion="").first().opinion_key]),
    ("paralegal", "helpdesk_consultations:queue"),
    ("paralegal", "helpdesk_consultations:queue", list, "?rak=dijawab", "answered"),
    ("paralegal", "helpdesk_consultations:add_consultation"),
    ("paralegal", "helpdesk_consultations:skills"),
    ("ketua", "helpdesk_consultations:skills_of", lambda: [get_user_model().objects.get(username="paralegal").pk]),
    ("paralegal", "helpdesk_consultations:consultation", asked(state="waiting")),
    ("paralegal", "helpdesk_consultations:consultation", asked(opinion="good"), "", "answered"),
    ("paralegal", "helpdesk_consultations:public_answers", list, "?rak=published"),
    ("paralegal", "helpdesk_consultations:public_answer", public("draft")),
    ("advokat", "helpdesk_consultations:public_answer", public("review"), "", "review"),
    ("paralegal", "helpdesk_consultations:change_draft", public("draft")),
]
NO_PAGE = {"helpdesk_machines:answers_sitemap", "helpdesk_answers:ask", "helpdesk_answers:asked", "helpdesk_answers:follow"} | {
    f"helpdesk_consultations:{name}"
    for name in (
        "from_conversation", "new_code", "show_number", "find_articles", "find_earlier", "take_consultation", "answer_consultation", "hand_over",
        "sort_consultation", "close_consultation", "guard_consultation", "show_reach", "draft_public_answer", "decide_marks",
        "submit_public_answer", "publish_public_answer", "return_public_answer", "drop_public_answer", "withdraw_public_answer", "unguard_call",
    )
}
# fmt: on
