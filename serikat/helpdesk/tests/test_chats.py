"""Chats from somebody's phone: pasted or shared, looked at, filed once, however often they are pasted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from serikat.helpdesk.models import Conversation, PastedChat
from serikat.helpdesk.selectors import inbox
from serikat.helpdesk.services import chats
from serikat.kernel.errors import Refused
from serikat.kernel.progress import progress_of
from serikat.messaging.models import Direction, Message
from serikat.ui import sharing

pytestmark = pytest.mark.django_db
CHAT = """22/10/26 09.15 - Pesan dan panggilan dienkripsi secara end-to-end.
22/10/26 09.15 - Bu Tin: Pak, gaji bulan lalu
belum dibayar juga
22/10/26 09.20 - Posko: Sudah kami catat, Bu
22/10/26 09.21 - Bu Tin: ok
22/10/26 09.21 - Bu Tin: ok
22/10/26 09.22 - Bu Tin: <Media tidak disertakan>
"""


def page(name, *args):
    return reverse(f"helpdesk_desk:{name}", args=args)


def paste(at_desk, centre, text=CHAT, **more):
    return at_desk.post(page("paste_chat"), {"text": text, "number": "", "unit": centre.pk, **more})


def thread():
    return [(m.direction, m.text) for m in Message.objects.order_by("pk")]


def test_a_pasted_chat_is_looked_at_and_becomes_a_conversation_in_its_order(at_desk, centre):
    there = paste(at_desk, centre).url
    looked = at_desk.get(there).content.decode()
    assert "5 pesan terbaca" in looked
    assert "Bu Tin (4)" in looked
    assert Conversation.objects.count() == 0
    assert at_desk.post(there, {"ours": ["Posko"], "number": "0812 3456 789"}).status_code == 302
    talk = Conversation.objects.get()

    assert thread() == [
        ("in", "Pak, gaji bulan lalu\nbelum dibayar juga"),
        ("out", "Sudah kami catat, Bu"),
        ("in", "ok"),
        ("in", "ok"),
        ("in", "[tidak ikut: berkas]"),
    ]
    assert (talk.state, talk.address.value, talk.unit) == ("open", "+628123456789", centre)
    assert "5 pesan baru masuk" in at_desk.get(there).content.decode()
    assert PastedChat.objects.get().text == ""


def test_the_same_paste_twice_adds_nothing_and_a_longer_one_only_what_is_new(at_desk, centre):
    for text, made in ((CHAT, 5), (CHAT, 0), (CHAT + "22/10/26 10.00 - Bu Tin: masih belum\n", 1)):
        there = paste(at_desk, centre, text, number="0812 3456 789").url
        at_desk.post(there, {"ours": ["Posko"], "number": "0812 3456 789"})
        assert PastedChat.objects.latest("pk").made == made
    assert Message.objects.count() == 6
    assert Conversation.objects.count() == 1


def test_a_chat_without_a_number_is_one_for_a_name(at_desk, centre, operator):
    for _n in range(2):
        at_desk.post(paste(at_desk, centre).url, {"ours": ["Posko"], "number": ""})
    talk = Conversation.objects.get()
    assert inbox.name_of(talk) == "Bu Tin"
    assert "wa.me" not in at_desk.get(page("conversation", talk.pk)).content.decode()


def test_the_number_that_stands_as_a_name_is_offered(at_desk, centre):
    there = paste(at_desk, centre, "22/10/26 09.15 - +62 812-3456-789: halo\n22/10/26 09.16 - Posko: ya\n").url
    assert 'value="+628123456789"' in at_desk.get(there).content.decode()


def test_a_group_keeps_who_said_what(at_desk, centre):
    text = "22/10/26 09.15 - Tin: satu\n22/10/26 09.16 - Yem: dua\n22/10/26 09.16 - Posko: tiga\n"
    at_desk.post(paste(at_desk, centre, text).url, {"ours": ["Posko"], "number": ""})
    assert thread() == [("in", "Tin: satu"), ("in", "Yem: dua"), ("out", "tiga")]


def test_all_of_it_ours_is_refused(at_desk, centre):
    there = paste(at_desk, centre).url
    assert at_desk.post(there, {"ours": ["Posko", "Bu Tin"], "number": ""}).status_code == 422
    assert Message.objects.count() == 0


def test_plain_text_is_one_message(at_desk, centre):
    at_desk.post(paste(at_desk, centre, "tolong kami di mess belakang pabrik").url, {"ours": [], "number": "0812 3456 789"})
    assert thread() == [("in", "tolong kami di mess belakang pabrik")]


@pytest.mark.parametrize("text", ["", "   \n \n"])
def test_nothing_is_refused_beside_its_field(at_desk, centre, text):
    assert paste(at_desk, centre, text).status_code == 422
    assert PastedChat.objects.count() == 0


def test_a_wrong_number_is_refused_beside_its_field(at_desk, centre):
    assert paste(at_desk, centre, number="abc").status_code == 422


@pytest.mark.parametrize(
    ("content", "status"),
    [(CHAT.encode(), 302), (CHAT.encode("utf-16"), 302), (b"PK\x03\x04zip", 422), (b"%PDF-1.4", 422)],
)
def test_an_export_comes_as_a_file(at_desk, centre, content, status):
    file = SimpleUploadedFile("chat.txt", content, "text/plain")
    assert paste(at_desk, centre, "", file=file).status_code == status


def test_what_a_phone_shares_begins_the_form(at_desk, operator):
    assert "halo dari ponsel" in at_desk.get(page("paste_chat"), {"teks": "halo dari ponsel"}).content.decode()
    names = [taker.url_name for taker in sharing.takers(operator)]
    assert "helpdesk_desk:paste_chat" in names
    assert "helpdesk_desk:paste_chat" not in [taker.url_name for taker in sharing.takers()]


def test_a_chat_belongs_to_who_pasted_it(at_desk, centre, paralegal, client):
    there = paste(at_desk, centre).url
    client.force_login(get_user_model().objects.get(pk=paralegal.user_id))
    assert client.get(there).status_code == 404


def test_a_long_chat_is_filed_in_the_background(operator, centre):
    lines = (
        f"22/10/26 {h:02}.{m:02} - {'Posko' if n % 3 else 'Bu Tin'}: pesan nomor {n}"
        for n, (h, m) in enumerate((n // 60 % 24, n % 60) for n in range(1200))
    )
    chat = chats.paste_chat(actor=operator, unit=centre, text="\n".join(lines), number="0812 3456 789")
    chat = chats.file_chat(actor=operator, chat=chat, ours=["Posko"], number="0812 3456 789")
    assert (chat.state, Message.objects.count()) == ("filing", 0)

    assert chats.file_pasted(chat_id=chat.pk) == 1200
    assert chats.file_pasted(chat_id=chat.pk) == 0
    assert progress_of(f"helpdesk.chat:{chat.pk}").done == 1200
    assert Message.objects.filter(direction=Direction.OUT).count() == 800
    assert list(inbox.search(operator, "nomor")) == [Conversation.objects.get()]
    with pytest.raises(Refused):
        chats.file_chat(actor=operator, chat=chat, ours=[], number="")


def test_what_was_left_is_gone_after_a_day(operator, centre):
    chats.paste_chat(actor=operator, unit=centre, text=CHAT)
    assert chats.drop_old_chats() == 0
    PastedChat.objects.update(added_at=timezone.now() - timedelta(days=2))
    chats.drop_old_chats()
    assert PastedChat.objects.count() == 0


@pytest.mark.parametrize("typed", ["0812", "112"])
def test_a_conversation_begins_with_a_whole_number(at_desk, centre, typed):
    answer = at_desk.post("/meja/percakapan/mulai/", {"unit": centre.pk, "number": typed})
    assert (answer.status_code, Conversation.objects.count()) == (422, 0)
