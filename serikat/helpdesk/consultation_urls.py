"""Addresses of consultations: at the desk under /meja/konsultasi/, answers for everybody and asking at /konsultasi/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from serikat.helpdesk.views import asking, caller_questions, consultations, public_answers, redacting

consultation_desk = [
    path("", consultations.queue, name="queue"),
    path("baru/", consultations.add_consultation, name="add_consultation"),
    path("keahlian/", consultations.skills, name="skills"),
    path("keahlian/<int:pk>/", consultations.skills_of, name="skills_of"),
    path("pasal/", consultations.find_articles, name="find_articles"),
    path("mirip/", consultations.find_earlier, name="find_earlier"),
    path("dari-percakapan/<int:pk>/", consultations.from_conversation, name="from_conversation"),
    path("dari-telepon/<int:pk>/", caller_questions.from_call, name="from_call"),
    path("dari-telepon/<int:pk>/kode/", caller_questions.new_code, name="new_code"),
    path("publik/", redacting.public_answers, name="public_answers"),
    path("publik/<int:pk>/", redacting.public_answer, name="public_answer"),
    path("publik/<int:pk>/ubah/", redacting.change_draft, name="change_draft"),
    path("publik/<int:pk>/tanda/", redacting.decide_marks, name="decide_marks"),
    path("publik/<int:pk>/ajukan/", redacting.submit_public_answer, name="submit_public_answer"),
    path("publik/<int:pk>/tayangkan/", redacting.publish_public_answer, name="publish_public_answer"),
    path("publik/<int:pk>/kembalikan/", redacting.return_public_answer, name="return_public_answer"),
    path("publik/<int:pk>/buang/", redacting.drop_public_answer, name="drop_public_answer"),
    path("publik/<int:pk>/panggilan/<int:call>/", redacting.unguard_call, name="unguard_call"),
    path("publik/<int:pk>/tarik/", redacting.withdraw_public_answer, name="withdraw_public_answer"),
    path("<int:pk>/", consultations.consultation, name="consultation"),
    path("<int:pk>/ambil/", consultations.take_consultation, name="take_consultation"),
    path("<int:pk>/jawab/", consultations.answer_consultation, name="answer_consultation"),
    path("<int:pk>/serahkan/", consultations.hand_over, name="hand_over"),
    path("<int:pk>/pokok/", consultations.sort_consultation, name="sort_consultation"),
    path("<int:pk>/tutup/", consultations.close_consultation, name="close_consultation"),
    path("<int:pk>/nomor/", consultations.show_number, name="show_number"),
    path("<int:pk>/samarkan/", consultations.guard_consultation, name="guard_consultation"),
    path("<int:pk>/cara-menghubungi/", consultations.show_reach, name="show_reach"),
    path("<int:pk>/publik/", redacting.draft_public_answer, name="draft_public_answer"),
]
consultation_reading = [
    path("konsultasi/", public_answers.answers, name="answers"),
    path("konsultasi/tanya/", asking.ask, name="ask"),
    path("konsultasi/tanya/kode/", asking.asked, name="asked"),
    path("konsultasi/tanya/<slug:step>/", asking.ask, name="ask_step"),
    path("konsultasi/jawaban/saya/", asking.follow, name="follow"),
    path("konsultasi/pendapat/<slug:key>/", asking.opinion, name="opinion"),
    path("konsultasi/<slug:code>/", public_answers.answer, name="answer"),
]
consultation_machines = [path("konsultasi/sitemap.xml", public_answers.answers_sitemap, name="answers_sitemap")]

consultation_patterns: list[URLPattern | URLResolver] = [
    path("meja/konsultasi/", include((consultation_desk, "helpdesk_consultations"))),
    path("", include((consultation_reading, "helpdesk_answers"))),
]
consultation_addresses: list[URLPattern | URLResolver] = [path("", include((consultation_machines, "helpdesk_machines")))]
