"""The addresses of this room."""

from __future__ import annotations

from django.urls import include, path

from serikat.people.views import bodies, breaches, persons, rights

desk_patterns = [
    path("", persons.index, name="index"),
    path("tambah/", persons.add, name="add"),
    path("kedua/", persons.seconds, name="seconds"),
    path("kedua/gabungan/<int:pk>/", persons.answer_merge, name="answer_merge"),
    path("kedua/samaran/<int:pk>/", persons.answer_reveal, name="answer_reveal"),
    path("permintaan/", rights.requests, name="requests"),
    path("permintaan/<int:pk>/", rights.answer, name="answer"),
    path("kebocoran/", breaches.index, name="breaches"),
    path("kebocoran/tambah/", breaches.record, name="record_breach"),
    path("kebocoran/<int:pk>/", breaches.see, name="breach"),
    path("kebocoran/<int:pk>/ubah/", breaches.correct, name="correct_breach"),
    path("kebocoran/<int:pk>/orang/", breaches.add_person, name="add_breached_person"),
    path("kebocoran/<int:pk>/beri-tahu/", breaches.tell, name="tell_breach"),
    path("kebocoran/<int:pk>/tutup/", breaches.close, name="close_breach"),
    path("kebocoran/<int:pk>/surat/<slug:whom>/", breaches.letter, name="breach_letter"),
    path("lembaga/", bodies.index, name="bodies"),
    path("lembaga/tambah/", bodies.add, name="add_body"),
    path("lembaga/<int:pk>/", bodies.see, name="body"),
    path("lembaga/<int:pk>/ubah/", bodies.correct, name="correct_body"),
    path("lembaga/<int:pk>/kontak/", bodies.add_contact_point, name="add_body_contact_point"),
    path("<uuid:subject>/", persons.see, name="see"),
    path("<uuid:subject>/lihat/", persons.look, name="look"),
    path("<uuid:subject>/catatan/", persons.record, name="record"),
    path("<uuid:subject>/ubah/", persons.correct, name="correct"),
    path("<uuid:subject>/perlindungan/", persons.protect, name="protect"),
    path("<uuid:subject>/akun/", persons.link, name="link"),
    path("<uuid:subject>/kontak/", persons.add_contact_point, name="add_contact_point"),
    path("<uuid:subject>/kontak/<int:pk>/akhiri/", persons.end_contact_point, name="end_contact_point"),
    path("<uuid:subject>/kontak/<int:pk>/utamakan/", persons.prefer_contact_point, name="prefer_contact_point"),
    path("<uuid:subject>/persetujuan/", persons.record_consent, name="record_consent"),
    path("<uuid:subject>/persetujuan/<int:pk>/tarik/", persons.withdraw_consent, name="withdraw_consent"),
    path("<uuid:subject>/gabungkan/", persons.propose_merge, name="propose_merge"),
    path("<uuid:subject>/pisahkan/", persons.separate, name="separate"),
    path("<uuid:subject>/samaran/", persons.ask_reveal, name="ask_reveal"),
    path("<uuid:subject>/minta/", rights.ask, name="ask_right"),
    path("<uuid:subject>/salinan/", rights.copy, name="copy"),
    path("<uuid:subject>/lepas-pembatasan/", rights.lift, name="lift_restriction"),
]
own_patterns = [
    path("akun/data-saya/", rights.own, name="own"),
    path("akun/data-saya/persetujuan/<int:pk>/tarik/", rights.withdraw_own_consent, name="withdraw_own_consent"),
]
app_name = "people"
urlpatterns = [path("meja/orang/", include(desk_patterns)), path("", include(own_patterns))]
