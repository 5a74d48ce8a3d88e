"""Who answers a mail with the word that ends it is heard, whatever their program leaves below."""

from __future__ import annotations

import pytest

from serikat.kernel.access import SYSTEM
from serikat.messaging.adapters import Arrived
from serikat.messaging.models import Address, Message, Purpose
from serikat.messaging.services.receiving import receive_news
from serikat.messaging.services.routing import route_arrived
from serikat.messaging.services.stopping import resume_address
from serikat.outreach.models import Subscription
from serikat.outreach.selectors.subscriptions import leave_link
from serikat.outreach.services.topics import keep_topic
from serikat.outreach.tests.conftest import CONSOLE

pytestmark = pytest.mark.django_db
QUOTED = "> Rapat akbar Minggu pukul 9.\n>\n> Berhenti berlangganan: https://serikat.example/langganan/berhenti/7-ab/"
ANSWERS = [
    f"BERHENTI\n\nPada Sen, 23 Nov 2026 pukul 09.15 Serikat <kabar@serikat.example>\nmenulis:\n\n{QUOTED}\n",
    f"berhenti pak\n\nOn Mon, Nov 23, 2026 at 9:15 AM Serikat <kabar@serikat.example> wrote:\n{QUOTED}",
    f"Stop\n\nDikirim dari Yahoo Mail di Android\n\n  {QUOTED}",
    "unsubscribe\n\nSent from my iPhone",
    "BERHENTI\n\n________________________________\nDari: Serikat <kabar@serikat.example>\nTerkirim: Senin\n\nRapat akbar Minggu pukul 9, datanglah.",
    "Berhenti\n\nFrom: Serikat <kabar@serikat.example>\nSent: Monday\nTo: Siti\n\nRapat akbar Minggu pukul 9, datanglah.",
    "berhenti kirim pesan\n-- \nSiti Aminah\nBagian Jahit, PT Sandang Makmur\nTelp 0812 3456 7890",
]


@pytest.fixture
def write(letters):
    def write(text, subject="Re: Rapat akbar"):
        receive_news(
            actor=SYSTEM, channel=letters, news=[Arrived("siti@contoh.id", text, f"<{text[:40]}>", subject=subject)]
        )
        route_arrived()
        return Address.objects.get(scheme="mail").stopped_at is not None

    return write


@pytest.mark.parametrize("text", ANSWERS)
def test_the_word_above_a_quoted_letter_is_heard(write, text):
    assert write(text)


def test_the_word_in_the_subject_alone_is_heard(write):
    assert write("", subject="BERHENTI")


@pytest.mark.parametrize(
    "text",
    [
        "Saya mau berhenti kerja bulan depan.\n\nOn Mon, Nov 23, 2026 at 9:15 AM Serikat <kabar@serikat.example> wrote:\n> halo",
        f"Terima kasih.\n\n{QUOTED}",
        f"{QUOTED}\n\nBERHENTI dikirimi atau tetap, mana yang lebih baik menurut Bapak?",
        "Apa artinya?\n\n> BERHENTI",
    ],
)
def test_other_letters_end_nothing(write, text):
    assert not write(text)


def test_a_subject_ends_nothing_where_something_is_written(write):
    assert not write("Pabrik berhenti beroperasi, bagaimana upah kami?", subject="BERHENTI")


@pytest.mark.parametrize("word", ["MULAI", "LANGGANAN upah", "DAFTAR Siti#Karangbaru"])
def test_whoever_writes_in_their_name_begins_nothing(write, letters, village, word):
    """Anybody can write a mail in another's name, and what comes back goes to that other: so they begin by what stands there alone."""
    keep_topic(actor=CONSOLE, name="Upah", word="upah")
    assert write("BERHENTI")
    address = Address.objects.get(scheme="mail")
    assert write(word)  # it is stopped still
    assert not Subscription.objects.exists()
    answer = Message.objects.filter(purpose=Purpose.REPLY).order_by("-pk").first()
    assert leave_link(address) in answer.text
    resume_address(actor=SYSTEM, address=address)
    write(f"{word}\n\n> lagi")
    assert not Subscription.objects.exists()


def test_who_never_stopped_is_shown_where_a_code_is_sent(write, letters):
    keep_topic(actor=CONSOLE, name="Upah", word="upah")
    write("LANGGANAN upah")
    assert not Subscription.objects.exists()
    answer = Message.objects.get(purpose=Purpose.REPLY)
    assert "/langganan/" in answer.text
    assert "/berhenti/" not in answer.text
