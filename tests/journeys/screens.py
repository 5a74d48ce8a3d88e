"""Every screen there is, by who may see it; and the addresses that show none."""

from __future__ import annotations

from taggit.models import Tag

from serikat.newsroom.models import (
    Article,
    ArticleIndex,
    Bulletin,
    Byline,
    Clip,
    Distribution,
    EditorialRequest,
    EnglishVersion,
    HomePage,
    LivePage,
    NewsDocument,
    Picture,
    Post,
    Redress,
    Rubric,
    Series,
    StaticPage,
    Variant,
)
from serikat.people.models import Body, Breach, DataRequest, Person
from serikat.units.models import Mandate, Unit
from serikat.vacancies.models import Advert
from tests.journeys import consultation_screens, organisation, screens_of_messages
from tests.journeys.screen import Screen, of

article = of(lambda: Article.objects.get(slug="gerbang-muara-ditutup"))
changed = of(lambda: Article.objects.filter(live=True, has_unpublished_changes=True).first())
sent = of(lambda: Article.objects.filter(live=False, title__startswith="Lembur").first())
drafted = of(lambda: Article.objects.filter(live=False, title__startswith="Posko").first())
due = of(lambda: Article.objects.filter(live=False, title__startswith="Rapat akbar").first())
english = of(EnglishVersion.objects.first)
index, front = of(ArticleIndex.objects.get), of(HomePage.objects.get)
standing = of(StaticPage.objects.first)
picture, document = of(Picture.objects.first), of(NewsDocument.objects.first)
subject = lambda: [Person.objects.order_by("pk").first().subject]  # noqa: E731
hidden = lambda: [Person.objects.filter(threat_level="high").first().subject]  # noqa: E731
body, breach, request = of(Body.objects.first), of(Breach.objects.get), of(DataRequest.objects.get)
centre, branch = of(lambda: Unit.objects.get(parent=None)), of(lambda: Unit.objects.get(code="karawang"))
factory = of(lambda: Unit.objects.get(code="basis-rajut"))

righted = lambda: Distribution.objects.get(kind="correction")  # noqa: E731
waits = lambda: Variant.objects.filter(state="waiting").first()  # noqa: E731
told = lambda state: lambda: [Post.objects.filter(state=state).first().code]  # noqa: E731

PUBLIC = [
    Screen("", "newsroom:home"),
    Screen("", "newsroom:index"),
    Screen("", "newsroom:article", lambda: ["gerbang-muara-ditutup"]),
    Screen("", "newsroom:article", lambda: [Article.objects.exclude(corrections=None).first().slug], note="corrected"),
    Screen("", "newsroom:article", lambda: ["hong-kong-klaim-kecil"], note="translated"),
    Screen("", "/en/berita/hong-kong-klaim-kecil/", note="english"),
    Screen("", "/en/berita/", note="english-list"),
    Screen("", "/en/cari/?q=claims", note="english-search"),
    Screen("", "newsroom:print", lambda: ["gerbang-muara-ditutup"]),
    Screen("", "newsroom:tag", lambda: [Article.objects.get(slug="gerbang-muara-ditutup").tags.first().slug]),
    Screen("", "newsroom:rubric", lambda: ["upah"]),
    Screen("", "newsroom:byline", lambda: [LivePage.objects.filter(kind="article").first().head["authors"][0]["slug"]]),
    Screen("", "newsroom:place", lambda: ["32.15"]),
    Screen("", "newsroom:videos"),
    Screen("", "newsroom:video", lambda: ["gerbang-pagi"]),
    Screen("", "newsroom:sounds"),
    Screen("", "newsroom:sound", lambda: ["suara-tiga-menit"]),
    Screen("", "newsroom:series", lambda: ["cerita-gerbang"]),
    Screen("", "newsroom:article", lambda: [Redress.objects.filter(kind="reply").first().article.slug], note="replied"),
    Screen("", "newsroom:rights"),
    Screen("", "newsroom:redress_list"),
    Screen("", "newsroom:reply", lambda: [*map(int, reversed(Redress.objects.get(kind="reply").label.split("/")))]),
    Screen("", "newsroom:send_request"),
    Screen("", "newsroom:send_request_about", lambda: ["berita", "gerbang-muara-ditutup"]),
    Screen("", "newsroom:find_request"),
    Screen("", "newsroom:search"),
    Screen("", "newsroom:search", query="?q=upah", note="found"),
    Screen("", "newsroom:search", query="?q=zzzz", note="nothing"),
    Screen("", "ui:app"),
    Screen("", "ui:saved"),
    Screen("", "ui:emptied"),
    Screen("", "ui:offline"),
    Screen("", "wagtail_serve", lambda: ["tentang-kami/"], note="standing"),
    Screen("", "wagtail_serve", lambda: ["tidak-ada/"], note="lost", status=404),
]
ENTRANCE = [
    Screen("", "account_login"),
    Screen("", "account_reset_password"),
    Screen("", "account_reset_password_done"),
    Screen("", "account_inactive"),
]
ACCOUNT = [
    Screen("redaktur", "accounts:profile"),
    Screen("redaktur", "accounts:change_profile"),
    Screen("redaktur", "accounts:change_contacts"),
    Screen("redaktur", "accounts:devices"),
    Screen("redaktur", "accounts:notices"),
    Screen("redaktur", "accounts:held_forms"),
    Screen("redaktur", "accounts:second_factor_needed"),
    Screen("redaktur", "account_logout"),
    Screen("redaktur", "account_change_password"),
    Screen("redaktur", "mfa_index"),
    Screen("redaktur", "mfa_list_webauthn"),
    Screen("redaktur", "account_reauthenticate"),
    Screen("redaktur", "people:own"),
]
DESK = [
    *(Screen(who, "web:desk", note=who) for who in ("redaktur", "admin", "ketua", "data", "sekretaris", "pengawas")),
    Screen("admin", "accounts:accounts"),
    Screen("admin", "accounts:create"),
    Screen("admin", "accounts:account", of(lambda: organisation.user("redaktur"))),
    Screen("admin", "web:jobs"),
    Screen("admin", "web:change_identity"),
    Screen("pengawas", "web:trail"),
    Screen("redaktur", "web:trail_page", lambda: [f"newsroom.article:{changed()[0]}"]),
    Screen("admin", "units:tree"),
    Screen("admin", "units:powers"),
    Screen("redaktur", "units:own"),
    Screen("admin", "units:unit", centre),
    Screen("admin", "units:unit", branch, note="branch"),
    Screen("admin", "units:found", branch),
    Screen("admin", "units:rename", branch),
    Screen("admin", "units:move", factory),
    Screen("admin", "units:close", factory),
    Screen("admin", "units:history", branch),
    Screen("admin", "units:draft_decree", branch),
    Screen("admin", "units:appoint", branch),
    Screen("admin", "units:end_mandate", of(lambda: Mandate.objects.get(user__username="karawang"))),
]
PEOPLE = [
    Screen("data", "people:index"),
    Screen("data", "people:index", query="?q=zzzz", note="nothing"),
    Screen("sekretaris", "people:index", note="secretary"),
    Screen("data", "people:add"),
    Screen("data", "people:seconds"),
    Screen("sekretaris", "people:seconds", note="secretary"),
    Screen("data", "people:requests"),
    Screen("data", "people:answer", request),
    Screen("data", "people:breaches"),
    Screen("data", "people:record_breach"),
    Screen("data", "people:breach", breach),
    Screen("data", "people:correct_breach", breach),
    Screen("data", "people:add_breached_person", breach),
    Screen("data", "people:breach_letter", lambda: [*breach(), "lembaga"], note="authority"),
    Screen("data", "people:breach_letter", lambda: [*breach(), "orang"], note="persons"),
    Screen("data", "people:bodies"),
    Screen("data", "people:add_body"),
    Screen("data", "people:body", body),
    Screen("data", "people:correct_body", body),
    Screen("data", "people:add_body_contact_point", body),
    Screen("data", "people:see", subject),
    Screen("data", "people:see", hidden, note="hidden"),
    Screen("data", "people:record", subject),
    Screen("data", "people:correct", subject),
    Screen("data", "people:protect", subject),
    Screen("data", "people:link", subject),
    Screen("data", "people:add_contact_point", subject),
    Screen("data", "people:record_consent", subject),
    Screen("data", "people:propose_merge", subject),
    Screen("paralegal", "people:ask_reveal", hidden),
    Screen("data", "people:ask_right", subject),
]
NEWSROOM = [
    Screen("redaktur", "newsroom_desk:desk"),
    Screen("karawang", "newsroom_desk:submit", sent),
    Screen("redaktur", "newsroom_desk:review", sent),
    Screen("redaktur", "newsroom_desk:review", changed, note="changed"),
    Screen("redaktur", "newsroom_desk:review", article, note="live"),
    Screen("redaktur", "newsroom_desk:review", english, note="english"),
    Screen("redaktur", "newsroom_desk:approvals", article),
    Screen("redaktur", "newsroom_desk:requests"),
    Screen(
        "redaktur", "newsroom_desk:request", of(lambda: EditorialRequest.objects.filter(state="open").first()), note="open"
    ),
    Screen(
        "redaktur",
        "newsroom_desk:request",
        of(lambda: EditorialRequest.objects.filter(state="accepted").first()),
        note="done",
    ),
    Screen("redaktur", "newsroom_desk:reads"),
    Screen("redaktur", "newsroom_desk:reads", query="?masa=tahun", note="year"),
    Screen("redaktur", "newsroom_desk:page_reads", article),
    Screen("redaktur", "newsroom_desk:distributions"),
    Screen("redaktur", "newsroom_desk:distribute", lambda: [righted().article_id]),
    Screen("redaktur2", "newsroom_desk:distribute", lambda: [waits().distribution.article_id], note="waiting"),
    Screen("redaktur", "newsroom_desk:change_variant", of(waits)),
    Screen("redaktur", "newsroom_desk:bulletins"),
    Screen("redaktur", "newsroom_desk:make_bulletin"),
    Screen("redaktur", "newsroom_desk:bulletin", of(Bulletin.objects.last)),
    Screen("redaktur", "newsroom_desk:bulletin", of(Bulletin.objects.first), note="waiting"),
    Screen("", "newsroom:posts"),
    Screen("", "newsroom:post", told("shown")),
    Screen("", "newsroom:write_comment", lambda: ["tulisan", *told("shown")()]),
    Screen("penulis", "newsroom:write_post"),
    Screen("", "web:share", query="?judul=Kipas+mati&teks=Sejak+Maret.&tautan=https://contoh.id/a"),
    Screen("penulis", "newsroom:own_posts"),
    Screen("penulis", "newsroom:own_post", told("shown"), note="shown"),
    Screen("penulis", "newsroom:own_post", told("asked"), note="asked"),
    Screen("penulis", "newsroom:own_post", lambda: [Post.objects.exclude(lift=None).first().code], note="lifted"),
    Screen("penulis", "newsroom:change_post", told("waiting")),
    Screen("redaktur2", "newsroom_desk:queue"),
    Screen("redaktur2", "newsroom_desk:post", told("waiting")),
    Screen("redaktur2", "newsroom_desk:comments", lambda: ["tulisan", *told("shown")()]),
    *(Screen("admin", f"newsroom_desk:{name}_rule") for name in ("editing", "request", "posting")),
    Screen("redaktur", "newsroom_desk:clips"),
    Screen("redaktur", "newsroom_desk:upload_clip"),
    Screen("redaktur", "newsroom_desk:clip", of(lambda: Clip.objects.get(slug="gerbang-pagi")), note="live"),
    Screen("redaktur", "newsroom_desk:clip", of(lambda: Clip.objects.get(slug="suara-shift-malam")), note="draft"),
    Screen("redaktur", "newsroom_desk:series_list"),
    Screen("redaktur", "newsroom_desk:add_series"),
    Screen("redaktur", "newsroom_desk:change_series", of(Series.objects.first)),
    Screen("redaktur", "newsroom_desk:rubrics"),
    Screen("redaktur", "newsroom_desk:tags"),
    Screen("redaktur", "newsroom_desk:name_tag", of(Tag.objects.first)),
    Screen("redaktur", "newsroom_desk:add_rubric"),
    Screen("redaktur", "newsroom_desk:change_rubric", of(Rubric.objects.first)),
    Screen("redaktur", "newsroom_desk:bylines"),
    Screen("redaktur", "newsroom_desk:add_byline"),
    Screen("redaktur", "newsroom_desk:change_byline", of(Byline.objects.first)),
]
offer = lambda state: lambda: [Advert.objects.filter(state=state).first().code]  # noqa: E731
VACANCIES = [
    Screen("", "rights:calculators"),
    Screen("", "rights:calculator", lambda: ["pesangon"]),
    Screen("", "rights:rules"),
    Screen("", "rights:area", lambda: ["pesangon"]),
    Screen("", "rights:act", lambda: ["pp35-2021"]),
    Screen("", "rights:whole_law"),
    Screen("advokat", "rights_desk:tables"),
    Screen("admin", "rights_desk:wages"),
    Screen("admin", "rights_desk:region", lambda: ["32"], note="province"),
    Screen("admin", "rights_desk:region", lambda: ["32-15"], note="empty"),
    Screen("admin", "rights_desk:import_wages"),
    Screen("admin", "rights_desk:days"),
    Screen("admin", "rights_desk:days", query="?tahun=2027", note="estimated"),
    Screen("admin", "rights_desk:fill_year", lambda: [2028]),
    Screen("admin", "rights_desk:add_day"),
    Screen("advokat", "rights_desk:reviews"),
    Screen("advokat", "rights_desk:review", query="?aturan=severance.pay_months@2021-02-02"),
    Screen("", "vacancies:adverts"),
    Screen("", "vacancies:adverts", query="?jenis=intern", note="nothing"),
    Screen("", "vacancies:advert", lambda: [Advert.objects.get(title__startswith="Operator jahit").code]),
    Screen("", "vacancies:advert", lambda: [Advert.objects.get(title__startswith="Staf").code], note="over"),
    Screen("", "vacancies:advert", offer("held"), note="held"),
    Screen("", "vacancies:advert", offer("false"), note="false"),
    Screen("", "vacancies:advert", lambda: ["2222222"], note="lost", status=404),
    Screen("", "vacancies:send_step", lambda: ["mulai"]),
    Screen("penulis", "vacancies:send_step", lambda: ["mulai"], note="account"),
    Screen("", "vacancies:find_advert"),
    Screen("", "vacancies:find_advert", query="?lama", note="old"),
    Screen("", "vacancies:advert_reported"),
    Screen("", "vacancies:report_advert", offer("live")),
    Screen("penulis", "vacancies:own_adverts"),
    Screen("penulis", "vacancies:own_advert", lambda: [Advert.objects.get(sender__username="penulis", state="live").code]),
    Screen(
        "penulis", "vacancies:change_own_advert", lambda: [Advert.objects.get(sender__username="penulis", state="live").code]
    ),
    Screen("redaktur2", "vacancies_desk:adverts"),
    Screen("redaktur2", "vacancies_desk:adverts", query="?rak=dilaporkan", note="reported"),
    Screen("redaktur2", "vacancies_desk:advert", offer("waiting")),
    Screen("redaktur2", "vacancies_desk:advert", offer("held"), note="held"),
    Screen("redaktur2", "vacancies_desk:advert", offer("live"), note="live"),
    Screen("redaktur2", "vacancies_desk:advert", offer("false"), note="false"),
    Screen("redaktur2", "vacancies_desk:edit_advert", offer("waiting")),
    Screen("admin", "vacancies_desk:rule"),
]
_pages, _chooser = "wagtailadmin_pages:", "wagtailadmin_choose_page"
CMS = [
    Screen("redaktur", "wagtailadmin_explore", front),
    Screen("redaktur", "wagtailadmin_explore", index, note="articles"),
    Screen("redaktur", _pages + "search", query="?q=upah"),
    Screen("redaktur", _pages + "add_subpage", front),
    Screen("redaktur", _pages + "add", lambda: ["newsroom", "article", *index()]),
    Screen("redaktur", _pages + "add", lambda: ["newsroom", "staticpage", *front()], note="standing"),
    Screen("redaktur", _pages + "edit", article),
    Screen("redaktur", _pages + "edit", drafted, note="draft"),
    Screen("redaktur", _pages + "edit", front, note="front"),
    Screen("redaktur", _pages + "edit", index, note="index"),
    Screen("redaktur", _pages + "edit", standing, note="standing"),
    Screen("redaktur", _pages + "view_draft", changed),
    Screen("redaktur", _pages + "delete", drafted),
    Screen("redaktur", _pages + "unpublish", article),
    Screen("redaktur", _pages + "move", standing),
    Screen("redaktur", _pages + "copy", article),
    Screen("redaktur", _pages + "usage", article),
    Screen("redaktur", _pages + "history", changed),
    Screen(
        "redaktur", _pages + "revisions_view", lambda: [*changed(), Article.objects.get(pk=changed()[0]).latest_revision_id]
    ),
    Screen(
        "redaktur", _pages + "revisions_revert", lambda: [*changed(), Article.objects.get(pk=changed()[0]).live_revision_id]
    ),
    Screen(
        "redaktur", _pages + "revisions_unschedule", lambda: [*due(), Article.objects.get(pk=due()[0]).latest_revision_id]
    ),
    Screen("redaktur", _pages + "revisions_compare", lambda: [*changed(), "live", "latest"]),
    Screen("redaktur", "wagtailimages:index"),
    Screen("redaktur", "wagtailimages:index", query="?q=zzzz", note="nothing"),
    Screen("redaktur", "wagtailimages:add_multiple"),
    Screen("redaktur", "wagtailimages:edit", picture),
    Screen("redaktur", "wagtailimages:delete", picture),
    Screen("redaktur", "wagtailimages:image_usage", picture),
    Screen("redaktur", "wagtaildocs:index"),
    Screen("redaktur", "wagtaildocs:add_multiple"),
    Screen("redaktur", "wagtaildocs:edit", document),
    Screen("redaktur", "wagtaildocs:delete", document),
    Screen("redaktur", "wagtaildocs:document_usage", document),
]

SCREENS = [*PUBLIC, *ENTRANCE, *ACCOUNT, *DESK, *PEOPLE, *NEWSROOM, *VACANCIES, *screens_of_messages.SCREENS, *CMS]
# Pages that other journeys look at: the first day below, signing in and second factors in test_accounts.py, a sender's page in test_requests.py, the parts in test_gallery.py.
# fmt: off
ELSEWHERE = {
    "web:open_wizard", "web:wizard_face", "web:wizard_units", "web:wizard_administrator", "mfa_authenticate", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_login_webauthn", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "accounts:held_form", "accounts:one_time_link", "ui:gallery",
    "newsroom:follow_request", "newsroom:request_sent", "rights_desk:day", "outreach:confirm", "outreach:notices",
    "helpdesk_public:follow_report", "helpdesk_reports:new_code",
}
# Addresses that show no page of their own: files, feeds, acts that lead back to a page, what this organisation has closed.
NO_PAGE = {
    *consultation_screens.NO_PAGE,
    "helpdesk_lines:rings", "helpdesk_calls:change_duty", "helpdesk_calls:take_next", "helpdesk_calls:take", "helpdesk_calls:begin",
    "helpdesk_calls:call_out", "helpdesk_calls:keep_typed", "helpdesk_calls:close", "helpdesk_calls:guard", "helpdesk_calls:show_number",
    "helpdesk_calls:settle_back", "helpdesk_calls:move_back", "helpdesk_calls:figures_sheet", "helpdesk_calls:renew_key", "helpdesk_calls:end_line",
    "messaging:called", "outreach_desk:remove", "outreach_desk:try_it", "outreach_desk:decide_on", "outreach_desk:drop_part", "messaging_desk:check_channel", "messaging_desk:try_channel", "messaging_desk:pause_channel",
    "messaging_desk:resume_channel", "messaging_desk:keep_template", "messaging_desk:drop_template",
    "helpdesk_public:send_report", "helpdesk_public:report_form", "helpdesk_public:write", "helpdesk_public:read_story", "helpdesk_public:set_secret", "helpdesk_public:open_file", "helpdesk_public:hear_file",
    "helpdesk_public:close_report", "helpdesk_reports:from_conversation", "helpdesk_reports:take_on", "helpdesk_reports:answer",
    "helpdesk_reports:move", "helpdesk_reports:assign", "helpdesk_reports:sort", "helpdesk_reports:guard", "helpdesk_reports:tie", "helpdesk_reports:show_reach",
    "helpdesk_reports:make_person", "helpdesk_reports:send_code", "helpdesk_reports:answer_renewal", "helpdesk_reports:make_code",
    "public_file", "favicon", "touch_icon", "leave", "worker", "manifest", "ui:newest", "files:download", "people:copy", "places:find", "site:robots", "site:short", "site:short_qr", "site:sitemap",
    "site:sitemap_part", "site:rss", "site:rss_english", "site:rss_redress", "site:json_feed_english", "site:rss_posts", "site:rss_tag", "site:rss_rubric", "site:rss_byline", "site:rss_place", "site:json_feed",
    "site:json_feed_tag", "site:json_feed_rubric", "site:json_feed_byline", "site:json_feed_place", "accounts:end_device",
    "accounts:end_other_devices", "accounts:read_all_notices", "accounts:drop_form", "accounts:make_link", "accounts:close", "accounts:reopen",
    "accounts:open_notice", "account_signup", "account_set_password", "units:sign_decree", "units:decide", "people:answer_merge",
    "people:answer_reveal", "people:tell_breach", "people:close_breach", "people:look", "people:end_contact_point",
    "people:prefer_contact_point", "people:withdraw_consent", "people:withdraw_own_consent", "people:separate", "people:lift_restriction",
    "newsroom_desk:release", "newsroom_desk:begin_english", "newsroom_desk:bulletin_sheet", "newsroom_desk:redraw_bulletin", "newsroom_desk:send_back", "web:mend_job",
    "newsroom:withdraw_post", "newsroom:decide_concerns", "newsroom:answer_lift", "newsroom_desk:decide_comment", "newsroom_desk:close_comments",
    "newsroom_desk:show_post", "newsroom_desk:ask_writer", "newsroom_desk:refuse_post", "newsroom_desk:trust_writer", "newsroom_desk:lift_post",
    "rights:calculator_sheet", "rights_desk:template", "rights_desk:remove_day", "rights_desk:withdraw_review", "site:clip_file", "site:clip_captions", "site:podcast", "site:podcast_of", "newsroom_desk:begin_upload", "newsroom_desk:piece",
    "newsroom_desk:finish_upload", "newsroom_desk:drop_upload", "newsroom_desk:change_clip", "newsroom_desk:caption_clip",
    "newsroom_desk:choose_poster", "newsroom_desk:publish_clip", "newsroom_desk:withdraw_clip", "newsroom_desk:delete_clip",
    "newsroom_desk:rework_clip", "newsroom_desk:clip_file", "newsroom_desk:remove_series", "newsroom:answer_question",
    "newsroom:agree_to_words", "newsroom:withdraw_request", "newsroom:close_request", "newsroom:old_request_link", "newsroom_desk:ask_sender", "newsroom_desk:shorten_reply",
    "newsroom_desk:hand_over", "newsroom_desk:accept_request", "newsroom_desk:refuse_request", "newsroom_desk:confirm_decision",
    "newsroom_desk:return_decision", "newsroom_desk:choose_topics", "newsroom_desk:submit_distribution", "newsroom_desk:approve_distribution",
    "newsroom_desk:send_back_distribution", "newsroom_desk:choose_template", "newsroom_desk:translate_variant", "newsroom_desk:drop_variant", "newsroom_desk:resend_variant", "newsroom_desk:count_variant",
    "vacancies_feeds:adverts_rss", "vacancies_feeds:adverts_sitemap", "vacancies:take_back_advert", "vacancies:send_advert", "vacancies:advert_sent",
    "vacancies:follow_advert", "vacancies:take_back_by_code", "vacancies:close_advert", "vacancies:old_link", "vacancies_desk:show_advert", "vacancies_desk:refuse_advert",
    "vacancies_desk:join_firm", "vacancies_desk:add_firm", "vacancies_desk:extend_advert", "vacancies_desk:hold_advert",
    "vacancies_desk:clear_advert", "vacancies_desk:prove_false", "vacancies_desk:withdraw_advert",
    *(f"helpdesk_desk:{name}" for name in ["change_quick_reply", "pasted", "settle", "add_quick_reply", "drop_quick_reply", "answer", "send_template", "take", "hand_over", "close", "reopen", "sort", "guard", "show_address", "note_handed", "make_person", "untie_person", "tie_person"]),
}
# fmt: on
