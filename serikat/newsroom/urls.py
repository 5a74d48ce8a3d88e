"""The newsroom's addresses: what is read stands at `/…` and `/en/…`; feeds, short links and what machines read have one address; the editor
under /cms/, its desk under /meja/redaksi/."""

from __future__ import annotations

from django.urls import include, path, re_path
from wagtail.admin.urls import urlpatterns as wagtail_patterns

from serikat.newsroom.cms.addresses import allowed_patterns
from serikat.newsroom.views import (
    bulletins,
    clips,
    desk,
    feeds,
    moderation,
    podcasts,
    posts,
    public,
    review,
    uploads,
    watching,
)
from serikat.newsroom.views import reading as figures

desk_patterns = [
    path("", desk.first_page, name="desk"),
    path("aturan/", desk.editing_rule, name="editing_rule"),
    path("halaman/<int:page_id>/kirim/", review.submit, name="submit"),
    path("halaman/<int:page_id>/periksa/", review.review, name="review"),
    path("halaman/<int:page_id>/tayangkan/", review.release, name="release"),
    path("halaman/<int:page_id>/inggris/", review.begin_english, name="begin_english"),
    path("halaman/<int:page_id>/kembalikan/", review.send_back, name="send_back"),
    path("halaman/<int:page_id>/dibaca/", figures.page_reads, name="page_reads"),
    path("dibaca/", figures.reads, name="reads"),
    path("buletin/", bulletins.bulletins, name="bulletins"),
    path("buletin/baru/", bulletins.make_bulletin, name="make_bulletin"),
    path("buletin/<int:pk>/", bulletins.bulletin, name="bulletin"),
    path("buletin/<int:pk>/unduh/", bulletins.sheet, name="bulletin_sheet"),
    path("buletin/<int:pk>/ulang/", bulletins.redraw, name="redraw_bulletin"),
    path("antrean/", moderation.queue, name="queue"),
    path("antrean/komentar/<int:pk>/", moderation.decide_comment, name="decide_comment"),
    path("komentar/<slug:kind>/<str:key>/", moderation.comments, name="comments"),
    path("komentar/<slug:kind>/<str:key>/tutup/", moderation.close_comments, name="close_comments"),
    path("tulisan/<slug:code>/", moderation.post, name="post"),
    path("tulisan/<slug:code>/tayangkan/", moderation.show_post, name="show_post"),
    path("tulisan/<slug:code>/tanya/", moderation.ask_writer, name="ask_writer"),
    path("tulisan/<slug:code>/tolak/", moderation.refuse_post, name="refuse_post"),
    path("tulisan/<slug:code>/kepercayaan/", moderation.trust_writer, name="trust_writer"),
    path("tulisan/<slug:code>/angkat/", moderation.lift_post, name="lift_post"),
    path("aturan/tulisan/", moderation.posting_rule, name="posting_rule"),
    path("klip/", clips.clips, name="clips"),
    path("klip/unggah/", uploads.upload_clip, name="upload_clip"),
    path("klip/unggah/mulai/", uploads.begin_upload, name="begin_upload"),
    path("klip/unggah/<uuid:pk>/", uploads.piece, name="piece"),
    path("klip/unggah/<uuid:pk>/selesai/", uploads.finish_upload, name="finish_upload"),
    path("klip/unggah/<uuid:pk>/batal/", uploads.drop_upload, name="drop_upload"),
    path("klip/<int:pk>/", clips.clip, name="clip"),
    path("klip/<int:pk>/keterangan/", clips.change_clip, name="change_clip"),
    path("klip/<int:pk>/takarir/", clips.caption_clip, name="caption_clip"),
    path("klip/<int:pk>/sampul/", clips.choose_poster, name="choose_poster"),
    path("klip/<int:pk>/tayangkan/", clips.publish_clip, name="publish_clip"),
    path("klip/<int:pk>/tarik/", clips.withdraw_clip, name="withdraw_clip"),
    path("klip/<int:pk>/hapus/", clips.delete_clip, name="delete_clip"),
    path("klip/<int:pk>/olah/", clips.rework_clip, name="rework_clip"),
    path("klip/<int:pk>/berkas/<str:name>", clips.clip_file, name="clip_file"),
    path("klip/seri/", clips.series_list, name="series_list"),
    path("klip/seri/baru/", clips.add_series, name="add_series"),
    path("klip/seri/<int:pk>/", clips.change_series, name="change_series"),
    path("klip/seri/<int:pk>/hapus/", clips.remove_series, name="remove_series"),
    path("rubrik/", desk.rubrics, name="rubrics"),
    path("rubrik/baru/", desk.add_rubric, name="add_rubric"),
    path("rubrik/<int:pk>/", desk.change_rubric, name="change_rubric"),
    path("penulis/", desk.bylines, name="bylines"),
    path("penulis/baru/", desk.add_byline, name="add_byline"),
    path("penulis/<int:pk>/", desk.change_byline, name="change_byline"),
]

reading = [
    path("", public.home, name="home"),
    path("berita/", public.index, name="index"),
    path("berita/<str:slug>/", public.article, name="article"),
    path("berita/<str:slug>/cetak/", public.article_on_paper, name="print"),
    path("tag/<str:slug>/", public.tag, name="tag"),
    path("rubrik/<str:slug>/", public.rubric, name="rubric"),
    path("penulis/<str:slug>/", public.byline, name="byline"),
    path("tempat/<str:slug>/", public.place, name="place"),
    path("video/", watching.videos, name="videos"),
    path("video/<str:slug>/", watching.video, name="video"),
    path("suara/", watching.sounds, name="sounds"),
    path("suara/<str:slug>/", watching.sound, name="sound"),
    path("seri/<str:slug>/", watching.series, name="series"),
    path("cari/", public.search, name="search"),
    path("ruang-buruh/", posts.posts, name="posts"),
    path("ruang-buruh/tulis/", posts.write_post, name="write_post"),
    path("ruang-buruh/saya/", posts.own_posts, name="own_posts"),
    path("ruang-buruh/saya/<slug:code>/", posts.own_post, name="own_post"),
    path("ruang-buruh/saya/<slug:code>/ubah/", posts.change_post, name="change_post"),
    path("ruang-buruh/saya/<slug:code>/tarik/", posts.withdraw_post, name="withdraw_post"),
    path("ruang-buruh/saya/<slug:code>/putuskan/", posts.decide_concerns, name="decide_concerns"),
    path("ruang-buruh/saya/<slug:code>/berita/", posts.answer_lift, name="answer_lift"),
    path("tulisan/<slug:code>/", posts.post, name="post"),
    path("komentar/<slug:kind>/<str:key>/", posts.write_comment, name="write_comment"),
]
urlpatterns = [
    path("meja/redaksi/", include((desk_patterns, "newsroom_desk"))),
    path("cms/", include(allowed_patterns(wagtail_patterns))),
    path("", include((reading, "newsroom"))),
]

machines = [
    path("s/<slug:code>.svg", public.short_link_qr, name="short_qr"),
    path("s/<slug:code>", public.short_link, name="short"),
    path("klip/<slug:token>/takarir.vtt", watching.clip_captions, name="clip_captions"),
    path("klip/<slug:token>/<str:name>", watching.clip_file, name="clip_file"),
    path("suara/podcast.xml", podcasts.podcast, name="podcast"),
    path("seri/<str:slug>/podcast.xml", podcasts.podcast, name="podcast_of"),
    path("ruang-buruh/rss.xml", feeds.posts_rss, name="rss_posts"),
    path("robots.txt", public.robots, name="robots"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", feeds.sitemap_part, name="sitemap_part"),
    path("berita/rss.xml", feeds.rss, name="rss"),
    path("berita/feed.json", feeds.json_feed, name="json_feed"),
    path("tag/<str:slug>/rss.xml", feeds.rss, {"kind": "tag"}, name="rss_tag"),
    path("tag/<str:slug>/feed.json", feeds.json_feed, {"kind": "tag"}, name="json_feed_tag"),
    path("rubrik/<str:slug>/rss.xml", feeds.rss, {"kind": "rubric"}, name="rss_rubric"),
    path("rubrik/<str:slug>/feed.json", feeds.json_feed, {"kind": "rubric"}, name="json_feed_rubric"),
    path("penulis/<str:slug>/rss.xml", feeds.rss, {"kind": "byline"}, name="rss_byline"),
    path("penulis/<str:slug>/feed.json", feeds.json_feed, {"kind": "byline"}, name="json_feed_byline"),
    path("tempat/<str:slug>/rss.xml", feeds.rss, {"kind": "place"}, name="rss_place"),
    path("tempat/<str:slug>/feed.json", feeds.json_feed, {"kind": "place"}, name="json_feed_place"),
]
one_address = [path("", include((machines, "site")))]

# After every other address of the house; under the name by which Wagtail asks for the address of a page.
last = [re_path(r"^(.*)$", public.elsewhere, name="wagtail_serve")]
