"""Ruang Buruh: a worker's post from the phone to the public, and to the news with its writer's yes."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from serikat.accounts.models import Notice
from serikat.audit.models import Entry
from serikat.files.models import StoredFile
from serikat.kernel.access import Role, actor_of
from serikat.newsroom.models import Article, Concern, Lift, LivePage, Picture, Post
from serikat.newsroom.rules import posts as rules
from serikat.newsroom.selectors import posts as reads
from serikat.newsroom.services import editing, lifting, moderating
from serikat.newsroom.services import posts as services
from serikat.newsroom.services.reading import add_reads
from serikat.newsroom.tests.builders import HARMLESS, image_file


@pytest.fixture
def worker(user, give, west):
    """Somebody who works in the western branch and writes."""
    someone = user("Ningsih")
    give(someone, west, Role.CONTRIBUTOR)
    return someone


@pytest.fixture
def moderator(user, give, centre):
    someone = user("Moda")
    give(someone, centre, Role.MODERATOR)
    return someone


@pytest.fixture
def send(worker, west):
    def send(**values):
        values = {"title": "Lembur tak dibayar", "text": "Sejak Mei.\n\nTiga bulan.", "named_as": "own"} | values
        values.setdefault("key", uuid.uuid4())
        return services.send_post(actor=actor_of(worker), unit=west, **values)

    return send


def notices_of(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


def form_of(**values):
    return {"title": "Lembur tak dibayar", "text": "Sejak Mei.", "named_as": "own", "key": str(uuid.uuid4())} | values


def test_a_worker_writes_on_one_page_and_it_waits_for_a_look(sign_in, worker, moderator, client):
    sign_in(worker)
    page = client.get(reverse("newsroom:write_post"))
    assert page.status_code == 200
    sent = form_of(
        pictures=[image_file(), image_file(300, 200, "PNG", "b.png")], alt="Gerbang", named_as="pen", pen_name="Melati"
    )
    answer = client.post(reverse("newsroom:write_post"), sent)
    post = Post.objects.get()
    assert answer.url == reverse("newsroom:own_post", args=[post.code])
    assert (post.state, post.name, post.unit.name) == ("waiting", "Melati", "Cabang Barat")
    assert [(p.kind, p.alt, p.file.private) for p in post.files.all()] == [("picture", "Gerbang", True)] * 2
    assert client.get(reverse("newsroom:post", args=[post.code])).status_code == 404
    assert "Menunggu dilihat" in client.get(answer.url).content.decode()
    assert notices_of(moderator) == ["Tulisan pekerja menunggu dilihat: Lembur tak dibayar"]


def test_a_post_sent_twice_by_a_shaky_network_is_one_post(sign_in, worker, client):
    sign_in(worker)
    sent = form_of()
    first = client.post(reverse("newsroom:write_post"), sent)
    second = client.post(reverse("newsroom:write_post"), sent)
    assert (Post.objects.count(), first.url) == (1, second.url)


def test_somebody_elses_key_gives_nothing_away(sign_in, send, user, client):
    post = send()
    sign_in(user("Lain"))
    answer = client.post(reverse("newsroom:write_post"), form_of(key=str(post.key)))
    own = Post.objects.exclude(pk=post.pk).get()
    assert answer.url == reverse("newsroom:own_post", args=[own.code])


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "Hubungi 0812-3456-7890"}, "title"),
        ({"text": ""}, "text"),
        ({"text": "a" * 20_001}, "text"),
        ({"text": "x" * 200_000}, "text"),
        ({"named_as": "pen", "pen_name": " "}, "pen_name"),
        ({"named_as": "raja"}, "named_as"),
        ({"key": "bukan"}, "key"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(sign_in, worker, client, values, field):
    sign_in(worker)
    answer = client.post(reverse("newsroom:write_post"), form_of(**values))
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), Post.objects.count()) == (422, [field], 0)
    assert form["text"].value() == form_of(**values)["text"]


def test_too_many_pictures_and_a_text_in_place_of_a_sound_are_refused(sign_in, worker, client):
    sign_in(worker)
    many = client.post(reverse("newsroom:write_post"), form_of(pictures=[image_file(20 + n, 20) for n in range(7)]))
    assert many.context["form"].errors["pictures"] == ["Paling banyak 6 berkas."]
    noise = client.post(reverse("newsroom:write_post"), form_of(sound=image_file()))
    assert (noise.status_code, list(noise.context["form"].errors)) == (422, ["sound"])
    assert (Post.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_moderator_lets_it_show_with_its_pictures_and_without_numbers(sign_in, worker, moderator, client):
    sign_in(worker)
    client.post(
        reverse("newsroom:write_post"), form_of(text="Telepon Bu Sri 0812-3456-7890.", pictures=[image_file()], alt="Pabrik")
    )
    post = Post.objects.get()
    sign_in(moderator)
    page = client.get(reverse("newsroom_desk:post", args=[post.code]))
    assert page.context["look"].numbers == ["0812-3456-7890"]
    answer = client.post(reverse("newsroom_desk:show_post", args=[post.code]), {})
    assert answer.url == reverse("newsroom_desk:queue")
    client.logout()
    shown = client.get(reverse("newsroom:post", args=[post.code])).content.decode()
    assert "0812-3456" not in shown
    assert "Telepon Bu Sri (nomor ditutup)." in shown
    assert 'alt="Pabrik"' in shown
    assert "Ningsih" in client.get(reverse("newsroom:posts")).content.decode()
    assert notices_of(worker) == ["Tulisan Anda tayang: Lembur tak dibayar"]


def test_each_picture_has_its_own_words_by_its_writer_or_a_moderator(sign_in, worker, moderator, client):
    sign_in(worker)
    client.post(
        reverse("newsroom:write_post"), form_of(pictures=[image_file(), image_file(300, 200, "PNG", "b.png")], alt="Pabrik")
    )
    post = Post.objects.get()
    first, second = post.files.all()
    own, change = (reverse(f"newsroom:{name}", args=[post.code]) for name in ("own_post", "change_post"))
    assert f'href="{change}"' in client.get(own).content.decode()
    sent = {"title": "Baru", "text": "Isi", "named_as": "own"}
    said = {f"alt_{first.pk}": "Spanduk di gerbang", f"alt_{second.pk}": "x" * 301}
    assert client.post(change, sent | said).status_code == 422
    client.post(change, sent | said | {f"alt_{second.pk}": "", "alt_999999": "lain"})
    assert [part.alt for part in post.files.all()] == ["Spanduk di gerbang", ""]
    sign_in(moderator)
    form = client.get(reverse("newsroom_desk:post", args=[post.code])).content.decode()
    assert 'value="Spanduk di gerbang"' in form
    client.post(reverse("newsroom_desk:show_post", args=[post.code]), {f"alt_{second.pk}": "Dua orang memegang spanduk"})
    client.logout()
    shown = client.get(reverse("newsroom:post", args=[post.code])).content.decode()
    assert ('alt="Spanduk di gerbang"' in shown, 'alt="Dua orang memegang spanduk"' in shown) == (True, True)


def test_numbers_and_pictures_are_the_moderators_choice(sign_in, worker, moderator, client):
    sign_in(worker)
    client.post(reverse("newsroom:write_post"), form_of(text="Kantor: 021-5550-1234", pictures=[image_file()]))
    post = Post.objects.get()
    part = post.files.get()
    moderating.show_post(actor=actor_of(moderator), post=post, left_out=[part.pk], numbers_show=True)
    assert post.html == "<p>Kantor: 021-5550-1234</p>"
    assert (reads.pictures_shown(post), Picture.objects.count()) == ([], 0)


def test_what_endangers_somebody_is_decided_by_the_writer(send, worker, moderator, sign_in, client):
    post = send()
    moderator = actor_of(moderator)
    moderating.ask_writer(actor=moderator, post=post, aspects=["face", "case"], words="Wajah teman Anda terlihat.")
    assert notices_of(worker) == ["Sebelum tayang, ada yang harus Anda putuskan: Lembur tak dibayar"]
    with pytest.raises(moderating.WriterNotAsked):
        moderating.show_post(actor=moderator, post=post)
    sign_in(worker)
    page = reverse("newsroom:decide_concerns", args=[post.code])
    assert client.post(page, {"face": "hide"}).status_code == 422
    client.post(page, {"face": "hide", "case": "show"})
    post.refresh_from_db()
    assert post.state == Post.State.WAITING
    with pytest.raises(moderating.StillHidden):
        moderating.show_post(actor=moderator, post=post)
    moderating.show_post(actor=moderator, post=post, hidden_settled=True)
    assert [(c.aspect, c.decision) for c in Concern.objects.all()] == [("face", "hide"), ("case", "show")]


def test_refused_is_told_with_its_reason_and_taken_off_at_once(send, worker, moderator, sign_in, client):
    post = send()
    moderating.show_post(actor=actor_of(moderator), post=post)
    assert client.get(reverse("newsroom:post", args=[post.code])).status_code == 200
    with pytest.raises(moderating.ReasonMissing):
        moderating.refuse_post(actor=actor_of(moderator), post=post, reason=" ")
    moderating.refuse_post(actor=actor_of(moderator), post=post, reason="Menuduh tanpa bukti.")
    assert client.get(reverse("newsroom:post", args=[post.code])).status_code == 404
    sign_in(worker)
    assert "Menuduh tanpa bukti." in client.get(reverse("newsroom:own_post", args=[post.code])).content.decode()


def test_a_writer_changes_what_waits_and_takes_back_what_shows(send, worker, moderator, sign_in, client):
    post = send()
    sign_in(worker)
    client.post(
        reverse("newsroom:change_post", args=[post.code]), {"title": "Baru", "text": "Isi baru", "named_as": "nobody"}
    )
    post.refresh_from_db()
    assert (post.title, post.text, post.name) == ("Baru", "Isi baru", "seorang pekerja")
    moderating.show_post(actor=actor_of(moderator), post=post)
    late = client.post(reverse("newsroom:change_post", args=[post.code]), {"title": "Lagi", "text": "x", "named_as": "own"})
    assert (late.status_code, Post.objects.get().title) == (422, "Baru")
    client.post(reverse("newsroom:withdraw_post", args=[post.code]))
    assert client.get(reverse("newsroom:post", args=[post.code])).status_code == 404
    assert reads.posts_in_reach(actor_of(moderator)).count() == 0


def test_nobody_reads_or_touches_anothers_post(send, user, give, east, moderator, sign_in, client):
    post = send()
    stranger, afar = user("Orang"), user("Timur")
    give(afar, east, Role.MODERATOR)
    sign_in(stranger)
    assert client.get(reverse("newsroom:own_post", args=[post.code])).status_code == 404
    assert client.post(reverse("newsroom:withdraw_post", args=[post.code])).status_code == 404
    sign_in(afar)
    assert client.get(reverse("newsroom_desk:post", args=[post.code])).status_code == 404
    assert client.get(reverse("newsroom_desk:queue")).context["posts"].paginator.count == 0


def test_a_trusted_writer_shows_at_once_but_never_a_number_or_a_picture(send, worker, moderator):
    moderating.show_post(actor=actor_of(moderator), post=send())
    moderating.trust_writer(actor=actor_of(moderator), post=Post.objects.get(), trusted_after=1)
    assert send(title="Kedua").state == "shown"
    assert send(title="Ketiga", text="Hubungi 081234567890").state == "waiting"
    moderating.trust_writer(actor=actor_of(moderator), post=Post.objects.first(), trusted_after=0)
    assert send(title="Keempat").state == "waiting"


def test_more_than_a_days_posts_wait_for_tomorrow(send, monkeypatch):
    monkeypatch.setattr(rules, "MOST_A_DAY", 2)
    send()
    send()
    with pytest.raises(services.TooManyPosts):
        send()


def test_a_post_becomes_news_only_as_its_writer_says_yes(send, worker, moderator, sari, budi, index, sign_in, client):
    post = send(named_as="pen", pen_name="Melati")
    moderating.show_post(actor=actor_of(moderator), post=post)
    sign_in(sari)
    answer = client.post(reverse("newsroom_desk:lift_post", args=[post.code]))
    article = Article.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert [link.byline.name for link in article.byline_links.all()] == ["Melati"]
    assert (article.title, article.unit, article.live) == (post.title, post.unit, False)
    article.lead = "Tiga bulan lembur tanpa upah."
    article.save_revision(user=sari)
    editing.submit_page(actor=actor_of(sari), page=article)
    assert notices_of(worker)[-1] == "Baca dan jawab: versi berita dari tulisan Anda, Lembur tak dibayar"
    revision = article.get_latest_revision()
    with pytest.raises(lifting.NotAgreed):
        editing.approve_and_release(actor=actor_of(budi), page=article, revision_id=revision.pk, answers=HARMLESS)

    sign_in(worker)
    page = client.get(reverse("newsroom:own_post", args=[post.code]))
    assert ("new", "Tiga bulan lembur tanpa upah.") in [(k, w.strip()) for k, w in page.context["asked"].changes]
    told = {"revision": revision.pk, "answer": "no", "words": "Nama pabrik jangan."}
    client.post(reverse("newsroom:answer_lift", args=[post.code]), told)
    assert Lift.objects.get().answer == "Nama pabrik jangan."
    client.post(reverse("newsroom:answer_lift", args=[post.code]), {"revision": revision.pk, "answer": "yes"})
    editing.approve_and_release(actor=actor_of(budi), page=article, revision_id=revision.pk, answers=HARMLESS)
    assert LivePage.objects.get(pk=article.pk).card["authors"] == [{"name": "Melati", "slug": "melati"}]
    assert "Sudah menjadi berita" in client.get(reverse("newsroom:post", args=[post.code])).content.decode()
    add_reads({(int(timezone.now().timestamp()) // 3600, LivePage.objects.get(pk=article.pk).path): 7})
    assert reads.figures_of(actor_of(worker)) == {"sent": 1, "shown": 1, "lifted": 1, "read": 7}
    names = {e.action for e in Entry.objects.all()}
    assert {"newsroom.post.sent", "newsroom.post.shown", "newsroom.post.lifted", "newsroom.lift.agreed"} <= names


def test_a_yes_is_for_the_version_that_was_read(send, worker, moderator, sari, index, sign_in, client):
    post = send()
    article = lifting.lift_post(actor=actor_of(sari), post=post)
    editing.submit_page(actor=actor_of(sari), page=article)
    read = article.get_latest_revision().pk
    article.title = "Lain sama sekali"
    article.save_revision(user=sari)
    editing.submit_page(actor=actor_of(sari), page=article)
    sign_in(worker)
    late = client.post(reverse("newsroom:answer_lift", args=[post.code]), {"revision": read, "answer": "yes"})
    assert (late.status_code, Lift.objects.get().agreed_digest) == (409, "")


def test_a_post_is_lifted_once(send, sari, index):
    post = send()
    lifting.lift_post(actor=actor_of(sari), post=post)
    with pytest.raises(lifting.AlreadyLifted):
        lifting.lift_post(actor=actor_of(sari), post=post)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_as_often_for_one_as_for_three(send, worker, moderator, sign_in, client, count, django_assert_num_queries):
    for number in range(count):
        moderating.show_post(actor=actor_of(moderator), post=send(title=f"Cerita {number}"))
        send(title=f"Antre {number}")
    client.get(reverse("newsroom:posts"))
    with django_assert_num_queries(5):
        client.get(reverse("newsroom:posts"))
    sign_in(worker)
    client.get(reverse("newsroom:own_posts"))
    with django_assert_num_queries(12):
        client.get(reverse("newsroom:own_posts"))
    sign_in(moderator)
    client.get(reverse("newsroom_desk:queue"))
    with django_assert_num_queries(14):
        client.get(reverse("newsroom_desk:queue"))


def test_a_picture_marked_to_stay_hidden_stays_marked_when_the_form_comes_back(sign_in, worker, moderator, client):
    sign_in(worker)
    client.post(reverse("newsroom:write_post"), form_of(pictures=[image_file(), image_file(320, 200)], alt="Pabrik"))
    post = Post.objects.get()
    first, second = post.files.all()
    moderating.ask_writer(actor=actor_of(moderator), post=post, aspects=["face"], words="")
    services.decide_concerns(actor=actor_of(worker), post=post, decisions={"face": "hide"})
    sign_in(moderator)
    back = client.post(reverse("newsroom_desk:show_post", args=[post.code]), {"left_out": [second.pk]})
    assert back.status_code == 422
    page = back.content.decode()
    assert f'value="{second.pk}" checked> <span>Gambar 2: Pabrik</span>' in page
    assert f'value="{first.pk}"> <span>Gambar 1: Pabrik</span>' in page


def test_what_a_writer_hides_begins_hidden_and_does_not_slip_into_the_news(sign_in, worker, moderator, sari, site, client):
    sign_in(worker)
    client.post(reverse("newsroom:write_post"), form_of(pictures=[image_file(), image_file(320, 200)]))
    post = Post.objects.get()
    address = reverse("newsroom_desk:post", args=[post.code])
    sign_in(moderator)
    assert client.get(address).content.decode().count(" checked> <span>Gambar") == 0
    moderating.ask_writer(actor=actor_of(moderator), post=post, aspects=["face"], words="")
    services.decide_concerns(actor=actor_of(worker), post=post, decisions={"face": "hide"})
    assert client.get(address).content.decode().count(" checked> <span>Gambar") == 2
    article = lifting.lift_post(actor=actor_of(sari), post=Post.objects.get())
    assert (article.cover, [part.block_type for part in article.body].count("picture")) == (None, 0)


def test_a_writer_sees_the_pictures_that_they_decide_about(sign_in, worker, moderator, client):
    sign_in(worker)
    client.post(reverse("newsroom:write_post"), form_of(pictures=[image_file()]))
    post = Post.objects.get()
    moderating.ask_writer(actor=actor_of(moderator), post=post, aspects=["face"], words="")
    page = client.get(reverse("newsroom:own_post", args=[post.code])).content.decode()
    address = reverse("files:download", args=[post.files.get().file_id])
    assert f'<img src="{address}"' in page
    assert "Menunggu jawaban Anda" in page
    assert client.get(address).status_code == 200
    sign_in(moderator)
    asked = client.get(reverse("newsroom_desk:post", args=[post.code])).content.decode()
    assert "Sesudah ia memutus, tulisan ini dapat ditayangkan." in asked
    assert reverse("newsroom_desk:show_post", args=[post.code]) not in asked


def test_signs_in_a_post_are_escaped_once_in_the_list(send, moderator, client):
    moderating.show_post(actor=actor_of(moderator), post=send(text="Upah < UMK & <b>lembur</b>."))
    page = client.get(reverse("newsroom:posts")).content.decode()
    assert "Upah &lt; UMK &amp; &lt;b&gt;lembur&lt;/b&gt;." in page
    assert "&amp;lt;" not in page


def test_pictures_of_a_post_that_came_back_go_along_with_the_next_sending(sign_in, worker, client):
    sign_in(worker)
    form = form_of(named_as="pen")
    back = client.post(reverse("newsroom:write_post"), form | {"pictures": [image_file()]}, headers={"X-Draft": "1"})
    assert (back.status_code, back["X-Held"], "1 berkas sudah kami terima" in back.content.decode()) == (422, "1", True)
    told = re.findall(r'name="disimpan" value="([^"]+)"', back.content.decode())
    client.post(reverse("newsroom:write_post"), form | {"pen_name": "Melati", "disimpan": told, "alt": "Gerbang"})
    assert [(part.kind, part.alt) for part in Post.objects.get().files.all()] == [("picture", "Gerbang")]


def test_pictures_that_could_not_be_held_are_asked_for_again(sign_in, worker, client, settings):
    sign_in(worker)
    settings.HELD_FILES_MB = 0
    back = client.post(reverse("newsroom:write_post"), form_of(named_as="pen", pictures=[image_file()]))
    assert (back.status_code, back.headers.get("X-Held"), "Pilih lagi berkas" in back.content.decode()) == (422, None, True)
    assert "Pilih lagi" not in client.post(reverse("newsroom:write_post"), form_of(named_as="pen")).content.decode()
