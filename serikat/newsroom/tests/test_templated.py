"""An article to WhatsApp: free words to who wrote within a day, to all others a template that the provider approved, with values of ours."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from serikat.kernel.access import SYSTEM, actor_of
from serikat.kernel.errors import Refused
from serikat.messaging.adapters import Arrived, TemplateJudged, Verdict
from serikat.messaging.models import Message
from serikat.messaging.services.channels import add_channel, drop_template, keep_template
from serikat.messaging.services.receiving import receive_news
from serikat.messaging.services.templates import NoSuchTemplate, TemplateGone, ValueMissing
from serikat.newsroom.models import Distribution
from serikat.newsroom.rules.spreading import Story, draft_values
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.selectors.sheets import sheets_of
from serikat.newsroom.services import drafting, following, spreading
from serikat.newsroom.tests import builders
from serikat.newsroom.tests.builders import a_unit, an_article
from serikat.newsroom.tests.test_delivering import (  # noqa: F401 the same organisation and subscribers
    CONSOLE,
    S,
    always_day,
    approve,
    centre,
    desk,
    drain,
    kinds,
    release,
    sms,
    wages,
    wants,
    work,
)
from serikat.newsroom.tests.test_following import correct

NEWS = "Kabar dari serikat: {{1}}\n{{2}}\nBaca lengkapnya: {{3}}"


@pytest.fixture
def whatsapp(centre, standin):  # noqa: F811
    values = {"phone_id": "555", "app_secret": "rahasia", "verify_token": "kata"}
    values |= {"base": standin.base("whatsapp"), "token": standin.token("whatsapp")}
    return add_channel(actor=CONSOLE, unit=a_unit(), kind="whatsapp", name="WhatsApp kabar", values=values, a_second=1000)


@pytest.fixture
def template(whatsapp):
    return keep_template(actor=CONSOLE, channel=whatsapp, name="kabar_baru", language="id", text=NEWS)


@pytest.fixture
def article(whatsapp):
    return an_article("Upah dibayar", lead="Perusahaan membayar sisa upah.", place=builders.a_place())


@pytest.fixture
def readers(whatsapp, wants):  # noqa: F811
    """Two who wrote long ago, one who wrote just now."""
    far = [wants(f"0812 0000 000{n}", channel=whatsapp) for n in (1, 2)]
    near = wants("0812 0000 0003", channel=whatsapp)
    writes(whatsapp, "6281200000003")
    return far, near


def writes(channel, number):
    receive_news(actor=SYSTEM, channel=channel, news=[Arrived(f"+{number}", "halo", f"wamid.{number}")])


@pytest.fixture
def variant(article, readers, sari):
    plan = spreading.plan_distribution(actor=actor_of(sari), article=article)
    return plan.variants.get(channel__kind="whatsapp")


@pytest.fixture
def templated(variant, template, sari):
    drafting.choose_template(actor=actor_of(sari), variant=variant, template=template)
    return variant


def shown(article, sari):
    (found,) = (one for one in sheets_of(actor_of(sari), article)[-1].variants if one.by_template)
    return found


def arrived(standin):
    return [
        (said["to"], said["template"]["name"], [one["text"] for one in said["template"]["components"][0]["parameters"]])
        if said["type"] == "template"
        else (said["to"], said["text"]["body"])
        for said in standin.messages("whatsapp")
    ]


def test_values_are_drafted_from_title_lead_and_link(templated, article):
    link = reads.short_address(templated)
    assert templated.values == ["Upah dibayar", "Perusahaan membayar sisa upah.", link]
    assert templated.text == f"Kabar dari serikat: Upah dibayar\nPerusahaan membayar sisa upah.\nBaca lengkapnya: {link}"
    assert templated.state == S.DRAFT


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Ada kabar.", []),
        ("{{1}}", ["Koreksi: Judul https://x/s/a"]),
        ("{{ 1 }} di {{2}}", ["Koreksi: Judul", "https://x/s/a"]),
        ("{{1}} {{2}} {{3}}", ["Koreksi: Judul", "Teras", "https://x/s/a"]),
        ("{{1}} {{2}} {{3}} {{4}}", ["Koreksi: Judul", "Teras", "https://x/s/a", ""]),
    ],
)
def test_draft_values_fill_what_fits(text, values):
    assert draft_values(text, Story("Judul", "Teras", mark="Koreksi"), "https://x/s/a") == values


@pytest.mark.parametrize("story", [Story("j" * 2000, "t" * 2000), Story("kata " * 400, "\u202eteras\nbaris " * 300)])
def test_draft_values_never_pass_the_most_of_a_template(story):
    values = draft_values(NEWS, story, "https://x/s/a")
    assert len(NEWS) - 15 + sum(map(len, values)) <= 1024
    assert values[2] == "https://x/s/a"
    assert not any("\n" in value or "\u202e" in value for value in values)


def test_a_template_reaches_those_outside_the_window_too(templated, article, readers, standin, sari, budi, always_day):  # noqa: F811
    one = shown(article, sari)
    assert (one.expected, one.instead) == (3, 1)
    release(templated.distribution, sari, budi)
    drain(templated.distribution)
    templated.refresh_from_db()
    values = ["Upah dibayar", "Perusahaan membayar sisa upah.", reads.short_address(templated)]
    assert sorted(arrived(standin)) == [(f"628120000000{n}", "kabar_baru", values) for n in (1, 2, 3)]
    assert (templated.state, templated.receivers) == (S.SENT, 3)
    assert set(Message.objects.filter(about=templated.ref).values_list("shared__text", flat=True)) == {templated.text}


def test_free_words_reach_who_wrote_within_a_day(variant, template, article, standin, sari, budi, always_day):  # noqa: F811
    one = shown(article, sari)
    assert (one.expected, one.instead) == (1, 3)
    release(variant.distribution, sari, budi)
    drain(variant.distribution)
    ((to, words),) = arrived(standin)
    assert (to, words.splitlines()[0]) == ("6281200000003", "Upah dibayar")


def test_the_next_news_begins_in_the_template_used_last(templated, whatsapp, template, sari):
    plan = spreading.plan_distribution(actor=actor_of(sari), article=an_article("Lain", place=builders.a_place()))
    variant = plan.variants.get(channel=whatsapp)
    assert (variant.template, variant.values[0]) == (template, "Lain")
    drafting.choose_template(actor=actor_of(sari), variant=variant, template=None)
    assert (variant.template, variant.values, variant.text.splitlines()[0]) == (None, [], "Lain")
    plan = spreading.plan_distribution(actor=actor_of(sari), article=an_article("Ketiga", place=builders.a_place()))
    assert plan.variants.get(channel=whatsapp).template is None


def test_what_the_provider_pauses_is_neither_chosen_nor_begun_with(templated, whatsapp, template, sari):
    paused = TemplateJudged(template.name, template.language, Verdict.PAUSED)
    receive_news(actor=SYSTEM, channel=whatsapp, news=[paused])
    with pytest.raises(NoSuchTemplate):
        drafting.choose_template(actor=actor_of(sari), variant=templated, template=template)
    plan = spreading.plan_distribution(actor=actor_of(sari), article=an_article("Lain", place=builders.a_place()))
    assert plan.variants.get(channel=whatsapp).template is None


def test_a_correction_goes_by_template_to_those_who_got_the_news(
    templated,
    article,
    standin,
    sari,
    budi,
    always_day,  # noqa: F811
):
    release(templated.distribution, sari, budi)
    drain(templated.distribution)
    correct(article)
    assert following.follow_article(article_id=article.pk) == 1
    right = Distribution.objects.get(kind="correction")
    assert (shown(article, sari).expected, shown(article, sari).instead) == (3, 1)
    release(right, sari, budi)
    drain(right)
    said = arrived(standin)[3:]
    assert [to for to, _name, _values in sorted(said)] == [f"628120000000{n}" for n in (1, 2, 3)]
    assert {name for _to, name, _values in said} == {"kabar_baru"}
    assert {tuple(values[:2]) for _to, _name, values in said} == {
        ("Koreksi: Upah dibayar Senin, bukan Selasa.", "Tentang berita “Upah dibayar”.")
    }


def test_the_seal_covers_template_and_values(templated, template, whatsapp, sari, budi):
    plan = templated.distribution
    spreading.submit_distribution(actor=actor_of(sari), distribution=plan)
    seal = reads.seal_of(reads.waiting_variants(plan))
    twin = keep_template(actor=CONSOLE, channel=whatsapp, name="kabar_dua", language="id", text=NEWS)
    for values, chosen in ((["Upah", *templated.values[1:]], template), (templated.values, twin)):
        drafting.choose_template(actor=actor_of(sari), variant=templated, template=chosen)
        spreading.change_variant(actor=actor_of(sari), variant=templated, values=values)
        spreading.submit_distribution(actor=actor_of(sari), distribution=plan)
        with pytest.raises(spreading.ReadAnew):
            spreading.approve_distribution(actor=actor_of(budi), distribution=plan, seal=seal)


def test_a_template_dropped_meanwhile_is_refused_at_each_step(templated, template, whatsapp, sari, budi):
    plan = templated.distribution
    drop_template(actor=CONSOLE, channel=whatsapp, template=template)
    with pytest.raises(Refused, match="WhatsApp kabar: Templat “kabar_baru” sudah dihapus"):
        spreading.submit_distribution(actor=actor_of(sari), distribution=plan)
    with pytest.raises(TemplateGone):
        spreading.change_variant(actor=actor_of(sari), variant=templated, values=templated.values)
    with pytest.raises(NoSuchTemplate):
        drafting.choose_template(actor=actor_of(sari), variant=templated, template=template_now(template))
    keep_template(actor=CONSOLE, channel=whatsapp, name="kabar_baru", language="id", text=NEWS)
    spreading.submit_distribution(actor=actor_of(sari), distribution=plan)
    drop_template(actor=CONSOLE, channel=whatsapp, template=template)
    with pytest.raises(Refused, match="sudah dihapus"):
        approve(plan, budi)
    templated.refresh_from_db()
    assert templated.state == S.WAITING


def template_now(template):
    template.refresh_from_db()
    return template


@pytest.mark.parametrize("when", ["before it is due", "before the worker came"])
def test_a_template_dropped_before_sending_stops_it_and_it_may_be_written_anew(
    templated,
    template,
    whatsapp,
    standin,
    sari,
    budi,
    when,
    always_day,  # noqa: F811
):
    plan = templated.distribution
    if when == "before it is due":
        at = timezone.now() + timedelta(hours=1)
        spreading.change_variant(actor=actor_of(sari), variant=templated, values=templated.values, send_at=at)
    spreading.submit_distribution(actor=actor_of(sari), distribution=plan)
    approve(plan, budi)
    drop_template(actor=CONSOLE, channel=whatsapp, template=template)
    plan.variants.update(send_at=timezone.now())
    spreading.send_due_variants()
    work(plan)
    drain(plan)
    templated.refresh_from_db()
    assert (templated.state, Message.objects.filter(about=templated.ref).count()) == (S.FAILED, 0)
    assert "Templat “kabar_baru” sudah dihapus" in templated.problem
    other = keep_template(actor=CONSOLE, channel=whatsapp, name="kabar_dua", language="id", text="{{1}} {{2}}")
    drafting.choose_template(actor=actor_of(sari), variant=templated, template=other)
    assert (templated.state, templated.problem, templated.sent_at) == (S.DRAFT, "", None)
    release(plan, sari, budi)
    drain(plan)
    assert {name for _to, name, _values in arrived(standin)} == {"kabar_dua"}


def test_a_template_whose_text_changed_is_read_again(templated, whatsapp, sari):
    keep_template(actor=CONSOLE, channel=whatsapp, name="kabar_baru", language="id", text=NEWS.replace("Kabar", "Berita"))
    with pytest.raises(Refused, match="Teks templat “kabar_baru” berubah"):
        spreading.submit_distribution(actor=actor_of(sari), distribution=templated.distribution)
    templated.refresh_from_db()
    spreading.change_variant(actor=actor_of(sari), variant=templated, values=templated.values)
    spreading.submit_distribution(actor=actor_of(sari), distribution=templated.distribution)


def test_a_template_that_the_provider_refuses_says_why(templated, standin, sari, budi, always_day):  # noqa: F811
    for _one in range(3):
        standin.fail("whatsapp", "template")
    release(templated.distribution, sari, budi)
    drain(templated.distribution)
    templated.refresh_from_db()
    assert templated.state == S.FAILED
    assert "The template does not exist in this language or is not approved" in templated.problem
    with pytest.raises(drafting.ChangedMeanwhile):  # it stood in the queue: once more would reach nobody
        drafting.choose_template(actor=actor_of(sari), variant=templated, template=None)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ([], "value1"),
        (["judul", " \n\u202e ", "x"], "value2"),
        (["judul", "k" * 1100, "x"], "value2"),
    ],
)
def test_values_that_the_provider_would_refuse_are_refused_beside_their_field(templated, sari, values, field):
    with pytest.raises(Refused) as refused:
        spreading.change_variant(actor=actor_of(sari), variant=templated, values=values)
    assert refused.value.field == field


def test_what_is_typed_of_several_lines_goes_as_one(templated, sari):
    given = ["Upah\r\ndibayar\t semua", "\u202eTeras", "tautan", "lebih"]
    spreading.change_variant(actor=actor_of(sari), variant=templated, values=given)
    assert templated.values == ["Upah dibayar semua", "Teras", "tautan"]


def test_a_place_left_open_is_not_sent_for_approval(templated, whatsapp, sari):
    four = keep_template(actor=CONSOLE, channel=whatsapp, name="empat", language="id", text="{{1}} {{2}} {{3}} {{4}}")
    drafting.choose_template(actor=actor_of(sari), variant=templated, template=four)
    with pytest.raises(Refused, match="WhatsApp kabar: isian templatnya belum lengkap"):
        spreading.submit_distribution(actor=actor_of(sari), distribution=templated.distribution)
    with pytest.raises(ValueMissing):
        spreading.change_variant(actor=actor_of(sari), variant=templated, values=templated.values)


def test_the_page_chooses_previews_and_saves(variant, template, article, sari, client):
    client.force_login(sari)
    page = client.get(desk("distribute", article.pk)).content.decode()
    assert "<b>1 penerima</b>" in page
    assert "Dengan templat: 3." in page
    answer = client.post(desk("choose_template", variant.pk), {"template": template.pk}, follow=True)
    form = answer.context["form"]
    assert [*form.fields] == ["value1", "value2", "value3", "send_at"]
    typed = {name: form.initial[name] for name in form.names} | {"value1": "Upah & lembur"}
    seen = client.post(desk("change_variant", variant.pk), typed | {"lihat": "1"})
    assert "Kabar dari serikat: Upah &amp; lembur\n" in seen.content.decode()
    variant.refresh_from_db()
    assert variant.values[0] == "Upah dibayar"  # only looked at
    wrong = client.post(desk("change_variant", variant.pk), typed | {"value2": ""})
    assert (wrong.status_code, [*wrong.context["form"].errors]) == (422, ["value2"])
    client.post(desk("change_variant", variant.pk), typed)
    variant.refresh_from_db()
    assert variant.values[0] == "Upah & lembur"
    assert (
        "Tanpa templat: 1, yang menulis dalam 24 jam terakhir."
        in client.get(desk("distribute", article.pk)).content.decode()
    )


def test_a_template_of_another_channel_cannot_be_chosen(variant, wants, sms, sari, client):  # noqa: F811
    other = keep_template(actor=CONSOLE, channel=sms, name="lain", language="id", text="{{1}}")
    client.force_login(sari)
    answer = client.post(desk("choose_template", variant.pk), {"template": other.pk})
    assert (answer.status_code, [*answer.context["template_form"].errors]) == (422, ["template"])
    assert client.post(desk("choose_template", variant.pk), {"template": "x"}).status_code == 422
    by_sms = variant.distribution.variants.get(channel=sms)
    with pytest.raises(NoSuchTemplate):
        drafting.choose_template(actor=actor_of(sari), variant=by_sms, template=other)


def test_the_page_takes_the_same_number_of_queries_for_one_and_three(templated, article, whatsapp, wants, sari, client):  # noqa: F811
    counts = []
    client.force_login(sari)
    for numbers in ((4,), (5, 6)):
        for n in numbers:
            wants(f"0812 0000 000{n}", channel=whatsapp)
        client.get(desk("distribute", article.pk))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(desk("distribute", article.pk)).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_what_the_provider_says_to_one_number_holds_for_the_other_before_anything_leaves(
    variant, template, whatsapp, standin, sari
):
    """The second number never hears a call of its own."""
    whatsapp.settings |= {"account_id": "104996122399160"}
    whatsapp.save()
    values = {"phone_id": "556", "account_id": "104996122399160", "app_secret": "rahasia", "verify_token": "kata"}
    values |= {"base": standin.base("whatsapp"), "token": standin.token("whatsapp")}
    other = add_channel(actor=CONSOLE, unit=a_unit(), kind="whatsapp", name="WhatsApp lain", values=values)
    drafting.choose_template(actor=actor_of(sari), variant=variant, template=template)
    paused = TemplateJudged(template.name, template.language, Verdict.PAUSED, "", "104996122399160")
    receive_news(actor=SYSTEM, channel=other, news=[paused])
    with pytest.raises(Refused) as refused:
        spreading.submit_distribution(actor=actor_of(sari), distribution=variant.distribution)
    assert "dijeda penyedia" in str(refused.value)
    assert standin.messages("whatsapp") == []
