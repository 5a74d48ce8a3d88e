"""The newsroom's addresses: the editor under /cms/, its desk under /meja/redaksi/."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin.urls import urlpatterns as wagtail_patterns

from serikat.newsroom.cms.addresses import allowed_patterns
from serikat.newsroom.views import desk, review

desk_patterns = [
    path("", desk.first_page, name="desk"),
    path("aturan/", desk.editing_rule, name="editing_rule"),
    path("halaman/<int:page_id>/kirim/", review.submit, name="submit"),
    path("halaman/<int:page_id>/periksa/", review.review, name="review"),
    path("halaman/<int:page_id>/tayangkan/", review.release, name="release"),
    path("halaman/<int:page_id>/kembalikan/", review.send_back, name="send_back"),
    path("rubrik/", desk.rubrics, name="rubrics"),
    path("rubrik/baru/", desk.add_rubric, name="add_rubric"),
    path("rubrik/<int:pk>/", desk.change_rubric, name="change_rubric"),
    path("penulis/", desk.bylines, name="bylines"),
    path("penulis/baru/", desk.add_byline, name="add_byline"),
    path("penulis/<int:pk>/", desk.change_byline, name="change_byline"),
]

urlpatterns = [
    path("meja/redaksi/", include((desk_patterns, "newsroom_desk"))),
    path("cms/", include(allowed_patterns(wagtail_patterns))),
]
