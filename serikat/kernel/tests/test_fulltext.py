"""Finding text: Indonesian words in their forms, phrases, beginnings, order, snippets, and whatever somebody may type."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serikat.kernel import fulltext
from serikat.kernel.fulltext import Document
from serikat.kernel.indonesian import stem, words_in

FORMS = [
    "upah upahnya pengupahan mengupah diupah",
    "kerja pekerja bekerja pekerjaan mengerjakan dikerjakan pekerjanya",
    "mogok pemogokan memogokkan",
    "pesangon pesangonnya",
    "sampai menyampaikan penyampaian disampaikan",
    "tuntut menuntut tuntutan penuntutan tuntutannya",
    "pecat memecat dipecat pemecatan",
    "tahan menahan ditahan penahanan tahanan",
    "kirim mengirim dikirim pengiriman kirimkan",
    "tulis menulis penulis tulisan ditulis",
    "adil keadilan pengadilan mengadili seadil",
    "juang berjuang perjuangan memperjuangkan",
    "serikat berserikat perserikatan serikatnya",
    "runding berunding perundingan merundingkan",
    "henti berhenti diberhentikan pemberhentian",
    "sah mengesahkan pengesahan disahkan",
    "ajar belajar pelajar pengajar mengajari",
    "tahu diketahui mengetahui pengetahuan",
    "lembur lemburan melembur dilemburkan",
    "buruh buruh-buruh buruhlah perburuhan buruhnya",
    "undang-undang undang-undangnya",
    "pukul memukul dipukuli pemukulan",
    "lapor melapor laporan pelapor dilaporkan",
    "kontrak dikontrak kontraknya mengontrak",
    "selamat keselamatan menyelamatkan",
]
APART = [("masa", "masalah"), ("seko", "sekolah"), ("buku", "bu"), ("mata", "kata"), ("bulan", "bul"), ("perempuan", "empu")]


@pytest.mark.parametrize("forms", FORMS)
def test_stem_takes_all_forms_of_a_word_to_one_root(forms):
    assert len({stem(word) for form in forms.split() for _s, _e, word in words_in(form)}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_stem_keeps_other_words_apart(one, other):
    assert stem(one) != stem(other)


@pytest.fixture
def index(db):
    return "newsroom"


@pytest.fixture
def texts(index):
    start = datetime(2026, 5, 1, tzinfo=UTC)
    given_texts = [
        ("Pemogokan di pabrik sepatu", "Para pekerja berhenti sejak pagi. Upah bulan lalu belum dibayar."),
        ("Pesangon tertunda", "Pengupahan yang adil diminta. Kirim SMS: LAPOR <spasi> isi & nama Anda."),
        ("Upah minimum naik", "Kenaikan berlaku mulai Januari. Upah minimum sektoral menyusul."),
        ("Kelas hukum", "Peserta menyampaikan pertanyaan tentang minimum upah yang layak. Buruh-buruh hadir."),
    ]
    for key, (title, text) in enumerate(given_texts, 1):
        fulltext.put(index, Document(key, title, text, start + timedelta(days=key)))
    return index


def keys(found):
    return [hit.key for hit in found.hits]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("upah", [3, 4, 2, 1]),  # the title first, then the newest
        ("mogok", [1]),
        ("penyampaian", [4]),
        ("buruh", [4]),
        ('"upah minimum"', [3]),
        ('"minimum upah"', [4]),
        ('"upah minimum', [3]),  # the second quote was forgotten
        ("pesang", [2]),  # still typing
        ("upah yang layak", [4]),
        ("upah pesangon", [2]),
        ("tidak-ada-sama-sekali", []),
        ("", []),
        ("yang", [4, 2]),  # nothing but a stop word: then it counts
        ('"', []),
    ],
)
def test_find_answers_what_was_typed(texts, typed, found):
    assert keys(fulltext.find(texts, typed)) == found


def test_find_marks_what_it_found_and_escapes_the_rest(texts):
    hit = fulltext.find(texts, "lapor").hits[0]
    assert "<mark>LAPOR</mark> &lt;spasi&gt; isi &amp; nama" in hit.snippet
    assert fulltext.find(texts, "upah minimum").hits[0].title == "<mark>Upah minimum</mark> naik"


def test_put_replaces_and_drop_takes_out(texts):
    fulltext.put(texts, Document(1, "Lain sama sekali", "Kosong.", datetime(2026, 6, 1, tzinfo=UTC)))
    assert keys(fulltext.find(texts, "mogok")) == []
    assert keys(fulltext.find(texts, "kosong")) == [1]
    fulltext.drop(texts, 1)
    assert keys(fulltext.find(texts, "kosong")) == []


def test_find_gives_pages_in_order_with_a_count_that_stops(index):
    start = datetime(2026, 5, 1, tzinfo=UTC)
    fulltext.put_many(
        index, [Document(n, "Upah" if n % 10 == 0 else "Lain", "upah", start + timedelta(minutes=n)) for n in range(1, 1151)]
    )
    first, second = fulltext.find(index, "upah", size=100), fulltext.find(index, "upah", page=2, size=100)
    assert keys(first) == list(range(1150, 150, -10))
    assert keys(second)[:16] == [*range(150, 0, -10), 1149]
    assert (first.count, first.more) == (1000, True)


def test_find_asks_two_queries_whatever_there_is(texts):
    counts = []
    for typed in ("mogok", "upah", 'upah minimum "minimum upah" pes'):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            fulltext.find(texts, typed)
        counts.append(len(queries))
    assert counts == [2, 2, 2]


HOSTILE = [
    '" OR 1=1 --',
    "upah*",
    "NEAR(a b)",
    "title:upah",
    "' & !",
    "a" * 5000,
    "\x00upah\x00",
    "-(",
    "﷽ ﷺ ⑴",
    "upah:*",
    "<->",
    "\ud800",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_find_never_fails_on_hostile_input(texts, typed):
    assert fulltext.find(texts, typed).count >= 0


@pytest.mark.slow
@given(st.text(max_size=60))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_find_never_fails_on_anything(texts, typed):
    assert fulltext.find(texts, typed).count >= 0


@given(st.text(max_size=80))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_put_never_fails_on_any_text(texts, text):
    fulltext.put(texts, Document(9, text, text, datetime(2026, 5, 1, tzinfo=UTC)))


def test_an_index_has_a_plain_name():
    with pytest.raises(ValueError, match="no name"):
        fulltext.make("x; DROP TABLE y")


@pytest.fixture
def asked(texts):
    start = datetime(2026, 6, 1, tzinfo=UTC)
    more = [
        ("Dipecat lewat WhatsApp, apakah dapat pesangon?", "Pemecatan harus tertulis. Pesangonnya tetap dihitung."),
        ("Surat peringatan ketiga", "Surat itu berlaku enam bulan."),
    ]
    for key, (title, text) in enumerate(more, 11):
        fulltext.put(texts, Document(key, title, text, start + timedelta(days=key)))
    return texts


@pytest.mark.parametrize(
    ("typed", "found", "near"),
    [
        ("dipecat lewat wa", [11], False),  # a short form is the word
        ("dipecat whatsapp pesangon", [11], False),
        ("phk lewat whatsapp", [11], False),  # the law's word is the worker's
        ("pesangon dipecat tanpa surat", [11], True),  # most of the words
        ("pesangon dipecat", [11], False),
        ("pesangon tertunda surat", [2], True),
        ("pesangonn whatsap", [11, 2], True),  # one letter too many, one missing
        ("pesagnon dipecat", [11, 2], True),  # two letters changed places
        ("surta peringatan", [12], True),
        ("pesangonn", [11, 2], True),
        ("zzzz qqqq", [], True),
        ("zzzz pesangon", [11, 2], True),
        ("upah", [3, 4, 2, 1], False),
    ],
)
def test_find_forgives_slips_and_words_too_many(asked, typed, found, near):
    answer = fulltext.find(asked, typed, near=True)
    assert (keys(answer), answer.count, answer.near) == (found, len(found), near)


def test_find_marks_what_a_slip_meant(asked):
    assert "<mark>pesangon</mark>" in fulltext.find(asked, "pesangonn", near=True).hits[0].title


def test_find_gives_the_nearest_in_pages(asked):
    first, second = (fulltext.find(asked, "pesangonn", page=n, size=1, near=True) for n in (1, 2))
    assert (keys(first), keys(second), first.count) == ([11], [2], 2)


def test_find_is_exact_where_nobody_asks_for_the_nearest(asked):
    assert keys(fulltext.find(asked, "pesangonn whatsap upah")) == []


def test_a_word_goes_with_its_last_text(asked):
    def kept():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word FROM newsroom_words WHERE word LIKE 'pesango%%' OR word LIKE 'tertund%%' ORDER BY word"
            )
            return [word for (word,) in cursor.fetchall()]

    assert kept() == ["pesangon", "pesangonnya", "tertunda"]
    fulltext.put(asked, Document(2, "Lain", "Kosong.", datetime(2026, 6, 1, tzinfo=UTC)))
    assert kept() == ["pesangon", "pesangonnya"]
    fulltext.drop(asked, 11)
    assert kept() == []


def test_an_index_of_before_counts_the_words_of_its_texts(asked):
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, size, texts FROM newsroom_words ORDER BY word")
        before = cursor.fetchall()
        cursor.execute("DELETE FROM newsroom_words")
    fulltext.add_words("newsroom")(None, connection.SchemaEditorClass(connection, atomic=False))
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, size, texts FROM newsroom_words ORDER BY word")
        assert cursor.fetchall() == before
    assert len(before) > 20


@pytest.mark.parametrize("typed", HOSTILE)
def test_the_nearest_never_fail_on_hostile_input(asked, typed):
    assert fulltext.find(asked, typed, near=True).count >= 0


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["pengupahan"], [3]),  # in the title
        (["dibayar"], []),  # in a text alone, and by chance
        (["layak", "bertanya"], [4]),  # two of them, in a text alone
        (["tanya", "bertanya", "pertanyaan"], []),  # one word in three forms
        (["pesangon", "mogok", "adil"], [2, 1]),  # the one with more of them first
        (["kecelakaan", "", "'"], []),
        ([], []),
    ],
)
def test_what_is_related_has_a_word_in_its_title_or_two_anywhere(texts, words, found):
    assert fulltext.related(texts, words, size=5) == found


def test_related_texts_are_asked_for_in_two_queries_and_never_fail(texts, django_assert_num_queries):
    for words in (["upah"], [*HOSTILE, *(f"upah{n}" for n in range(500)), "upah"][::-1]):
        with django_assert_num_queries(2):
            assert fulltext.related(texts, words, size=1) == [3]
