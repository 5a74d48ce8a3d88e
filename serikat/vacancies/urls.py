"""Addresses: what is read at `/lowongan/…` and `/en/lowongan/…`, the desk under /meja/lowongan/; feeds and lists for machines have one address."""

from __future__ import annotations

from django.urls import include, path

from serikat.vacancies.views import desk, feeds, following, public, sending

desk_patterns = [
    path("", desk.adverts, name="adverts"),
    path("aturan/", desk.rule, name="rule"),
    path("<slug:code>/", desk.advert, name="advert"),
    path("<slug:code>/tayangkan/", desk.show_advert, name="show_advert"),
    path("<slug:code>/tolak/", desk.refuse_advert, name="refuse_advert"),
    path("<slug:code>/perusahaan/", desk.join_firm, name="join_firm"),
    path("<slug:code>/perusahaan/baru/", desk.add_firm, name="add_firm"),
    path("<slug:code>/ubah/", desk.edit_advert, name="edit_advert"),
    path("<slug:code>/perpanjang/", desk.extend_advert, name="extend_advert"),
    path("<slug:code>/sembunyikan/", desk.hold_advert, name="hold_advert"),
    path("<slug:code>/benar/", desk.clear_advert, name="clear_advert"),
    path("<slug:code>/palsu/", desk.prove_false, name="prove_false"),
    path("<slug:code>/tarik/", desk.withdraw_advert, name="withdraw_advert"),
]
reading = [
    path("lowongan/", public.adverts, name="adverts"),
    path("lowongan/kirim/", sending.send_advert, name="send_advert"),
    path("lowongan/kirim/<slug:step>/", sending.send_advert, name="send_step"),
    path("lowongan/terkirim/", following.advert_sent, name="advert_sent"),
    path("lowongan/kode/", following.find_advert, name="find_advert"),
    path("lowongan/kiriman/", following.follow_advert, name="follow_advert"),
    path("lowongan/kiriman/tarik/", following.take_back, name="take_back_by_code"),
    path("lowongan/kiriman/tutup/", following.close_advert, name="close_advert"),
    path("lowongan/kiriman/<path:key>", following.old_link, name="old_link"),
    path("lowongan/dilaporkan/", sending.advert_reported, name="advert_reported"),
    path("lowongan/saya/", sending.own_adverts, name="own_adverts"),
    path("lowongan/saya/<slug:code>/", sending.own_advert, name="own_advert"),
    path("lowongan/saya/<slug:code>/ubah/", sending.change_own_advert, name="change_own_advert"),
    path("lowongan/saya/<slug:code>/tarik/", sending.take_back_advert, name="take_back_advert"),
    path("lowongan/<slug:code>/", public.advert, name="advert"),
    path("lowongan/<slug:code>/lapor/", sending.report_advert, name="report_advert"),
]
urlpatterns = [
    path("meja/lowongan/", include((desk_patterns, "vacancies_desk"))),
    path("", include((reading, "vacancies"))),
]

machines = [
    path("lowongan/rss.xml", feeds.adverts_rss, name="adverts_rss"),
    path("lowongan/sitemap.xml", feeds.adverts_sitemap, name="adverts_sitemap"),
]
one_address = [path("", include((machines, "vacancies_feeds")))]
