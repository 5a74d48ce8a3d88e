"""The redaction check: what is marked and what never, how a text is written anew, and what shows of a marked thing all the same."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serikat.helpdesk.rules.redaction import Kind, Mark, Why, apply, find_marks, left_over, standing


def found(text):
    return [(text[mark.start : mark.end], mark.kind.value) for mark in find_marks(text)]


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        ("wa sy 0812-3456-7890 ya", "0812-3456-7890", "phone"),
        ("wa sy 62812 3456 7890 ya", "62812 3456 7890", "phone"),
        ("wa sy +62 812.3456.7890 ya", "+62 812.3456.7890", "phone"),
        ("wa O812 3456 789O aja", "O812 3456 789O", "phone"),
        ("nomor hk +852 6123 4567", "+852 6123 4567", "phone"),
        ("nol delapan satu dua tiga empat lima enam tujuh", "nol delapan satu dua tiga empat lima enam tujuh", "phone"),
        ("nik 3374 1207 0195 8846", "3374 1207 0195 8846", "nik"),
        ("ini 3374120701958846", "3374120701958846", "nik"),
        ("paspor c 1234567 ditahan", "c 1234567", "passport"),
        ("trf ke rek bri 0021 0100 2233 501", "0021 0100 2233 501", "account"),
        ("no kpj 14023398871", "14023398871", "card"),
        ("plat nopol b 1234 xyz", "b 1234 xyz", "plate"),
        ("kena tabrak truk AB 9921 KD", "AB 9921 KD", "plate"),
        ("balas ke sari.wangi@contoh.co.id", "sari.wangi@contoh.co.id", "email"),
        ("balas ke sari.wangi at gmail dot com", "sari.wangi at gmail dot com", "email"),
        ("ig nya @sari.wangi88", "@sari.wangi88", "handle"),
        ("chat t.me/sariwangi88 aja", "t.me/sariwangi88", "handle"),
        ("kejadian tgl 3-4-2025 sore", "3-4-2025", "date"),
        ("kejadian senin 3 maret 2025 jam 08.30", "senin 3 maret 2025 jam 08.30", "date"),
        ("sy kerja di PT Anggrek Bulan Tekstilindo", "PT Anggrek Bulan Tekstilindo", "workplace"),
        ("sy kerja di pt anggrek rimba sejati gaji telat", "pt anggrek rimba sejati", "workplace"),
        ("di Bunga Raya Holdings Sdn Bhd, Ipoh", "Bunga Raya Holdings Sdn Bhd", "workplace"),
        ("tinggal di Desa Sukamiskin RT 03 RW 04", "Desa Sukamiskin RT 03 RW 04", "place"),
        ("rumah di Jl. Kenanga Timur no 12", "Jl. Kenanga Timur no 12", "address"),
        ("atasan Pak Wagimin galak", "Pak Wagimin", "name"),
        ("nama saya sutinah dari jepara", "sutinah", "name"),
        ("mandor namanya Xerbolan marah", "Xerbolan", "name"),
        ("mobil boss SGK 4417 T nabrak", "SGK 4417 T", "plate"),
        ("motor saya nopol DR 12", "DR 12", "plate"),
        ("wa sy hk 5311-0917 ya", "5311-0917", "phone"),
        ("gajian di Hanil Tech Co., Ltd telat", "Hanil Tech Co., Ltd", "workplace"),
        ("saya operator jahit di Sinar Rajut Pekalongan", "Sinar Rajut Pekalongan", "workplace"),
        ("guru di SDN 3 Karangsono, bukan kepala", "SDN 3 Karangsono", "workplace"),
        ("sy di tungku 4 regu D ya", "tungku 4 regu D", "workplace"),
        ("alamat di Umbul Wangi rt 7/rw 3 no 15 ya", "Umbul Wangi rt 7/rw 3 no 15", "place"),
        ("alamat no 17 Lorong Seri Damai 3, Taman Bukit Melor", "no 17 Lorong Seri Damai 3, Taman Bukit Melor", "address"),
        ("kantornya di Gongdan-ro 12-gil 45", "Gongdan-ro 12-gil 45", "address"),
        ("kejadian dua puluh Maret 2025 sore", "dua puluh Maret 2025", "date"),
        ("saya tinggal di lereng belakang lapangan Desa Sukamulya Ilir", "lereng belakang lapangan Desa Sukamulya Ilir", "place"),
        ("rumah saya di nagari Koto Laweh jorong Tabing, jauh", "nagari Koto Laweh jorong Tabing", "place"),
        ("sa kerja, rumah kampung Nafri atas dekat gereja Baitel", "kampung Nafri atas dekat gereja Baitel", "place"),
        ("aku kerja, omahku wetan masjid dukuh Krajan", "wetan masjid dukuh Krajan", "place"),
        ("kos gw di gang Anggrek 2 deket tukang bubur kalo mau kesini", "gang Anggrek 2 deket tukang bubur", "address"),
        ("aku kerja nang Tunas Karya mebel, gaji telat", "Tunas Karya mebel", "workplace"),
        ("sa kerja di Toko Mama Ance, dong marah", "Toko Mama Ance", "workplace"),
        ("sy di PT Maju Lancar Sejahtera bag kupas bawang meja 4 borongan", "kupas bawang meja 4", "workplace"),
        ("tim penagihan batch 3 ya", "tim penagihan batch 3", "workplace"),
        ("kata Presiden Direktur Hendra Gunawan kami dipecat", "Hendra Gunawan", "name"),
        ("hubungi +62 812\u20113456\u20117890 ya", "+62 812\u20113456\u20117890", "phone"),  # as WhatsApp writes each number
        ("nomor saya 0812\n3456 7890 tolong", "0812\n3456 7890", "phone"),
        ("nomor saya 0812 3456\n 7890 tolong", "0812 3456\n 7890", "phone"),
        ("balas ke sitiaminah gmail com ya", "sitiaminah gmail com", "email"),
        ("surel siti.aminah [at] gmail (titik) com ya", "siti.aminah [at] gmail (titik) com", "email"),
        ("wa 0812\u00a03456\u202f7890 ya", "0812\u00a03456\u202f7890", "phone"),
        ("hp kosong lapan satu dua, tiga empat lima enam, tujuh lapan", "kosong lapan satu dua, tiga empat lima enam, tujuh lapan", "phone"),
        ("wa 0 8 1 2 3 4 5 6 7 8 9 0 ya", "0 8 1 2 3 4 5 6 7 8 9 0", "phone"),
        ("0812.3456.7890 / 0813 (4567) 8901 ya", "0813 (4567) 8901", "phone"),
    ],
)  # fmt: skip
def test_find_marks_finds_what_identifies(text, said, kind):
    assert (said, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "UU 13/2003 pasal 156 ayat (2) dan PP 35/2021, putusan MK 168/PUU-XXI/2023",
        "gaji 4.500.000 dipotong 1.500 riyal, HK$ 4.990, denda 10 juta, 5,7% dan 2/3",
        "lapor ke BPJS Ketenagakerjaan 175, Disnaker Bekasi, KBRI Kuala Lumpur, KJRI Hong Kong atau LBH Jakarta",
        "jam 07.00-15.00, 5 hari seminggu, 2019-2023, hotline 1500 910",
        "kalau lembur tanggal merah 17 Agustus dibayar berapa kali? kontrak saya 2 tahun di Semarang",
        "Mau tanya dong. Kenapa pesangon saya kecil? Terima kasih banyak.",
        "lihat https://www.kemnaker.go.id/berita dan sso.bpjsketenagakerjaan.go.id",
        "SK Gubernur Dedi Mulyadi soal UMK 2025, kata Presiden Prabowo hari Kartini tetap masuk",
        "teman saya dipecat karena ikut demo kemarin di Jakarta, apa bisa digugat?",
        "karyawan yang sakit lebih dari 12 bulan dapat berapa kali pesangon?",
        "ikut kartu prakerja batch 12 gagal, utang bank di rumah masih 30jt",
    ],
)
def test_find_marks_leaves_what_identifies_nobody(text):
    assert found(text) == []


def test_find_marks_marks_what_fits_one_person_only():
    assert ("operator bordir yang jarinya putus pas malam takbiran", "combination") in found(
        "aku operator bordir yang jarinya putus pas malam takbiran itu saya"
    )
    assert ("penjaga sekolah yang tangannya bengkok dan dulu juara tarung drajat", "combination") in found(
        "sy penjaga sekolah yang tangannya bengkok dan dulu juara tarung drajat, semua kenal"
    )
    assert ("satu-satunya welder perempuan di galangan dermaga tiga", "combination") in found(
        "Saya satu-satunya welder perempuan di galangan dermaga tiga. Bolehkah dipindah?"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bendahara koperasi yang juga guru ngaji anak-anak bos", "bendahara koperasi yang juga guru ngaji anak-anak bos"),
        ("di kapal itu cuma saya yang jadi pelaut perempuan", "cuma saya yang jadi pelaut perempuan"),
        ("perempuan paling muda di kapal cumi itu", "perempuan paling muda di kapal cumi itu"),
    ],
)
def test_find_marks_marks_double_jobs_and_who_stands_out(text, said):
    assert (said, "combination") in found(text)


def test_find_marks_takes_no_names_from_a_sentence_written_with_capitals():
    assert found("Kata HRD, Bonus Tahunan Tidak Dibayar. Menurut Undang-Undang Saya Berhak Atas Pesangon") == []


def test_find_marks_keeps_a_name_marked_inside_a_combination():
    text = "saya satu-satunya perempuan di regu mandor Pak Wagimin waktu kebakaran"
    kinds = {mark.kind for mark in find_marks(text)}
    assert kinds == {Kind.COMBINATION, Kind.NAME}


def test_find_marks_marks_a_name_again_wherever_it_stands():
    text = "mandor Pak Kasdiran marah. saya lapor, kasdiran bilang sabar"
    assert [said for said, _ in found(text)] == ["Pak Kasdiran", "kasdiran"]


@given(st.text(alphabet=st.sampled_from("aB 0.,@\n-/+()#é🙂’ptcvrjlPak08"), max_size=120))
def test_find_marks_stays_within_any_text(text):
    marks = find_marks(text)
    assert all(0 <= mark.start < mark.end <= len(text) and 0 < mark.sure < 100 for mark in marks)
    alone = [mark for mark in marks if mark.kind is not Kind.COMBINATION]
    assert all(a.end <= b.start for a, b in pairwise(alone))
    assert left_over(text, marks, "") == []


@pytest.mark.parametrize(
    "piece", ["0812 ", "a", "Pak Budi ", "Jl. ", "1.", "a@", "yang itu ", "PT ", "di A ", "satu ", "- ", "x_", "\n", "(+"]
)
def test_find_marks_takes_time_by_length_only(piece):
    short, long = piece * (2_000 // len(piece)), piece * (16_000 // len(piece))

    def seconds(text):
        start = time.thread_time()
        find_marks(text)
        return time.thread_time() - start

    few = min(seconds(short) for _ in range(3))
    many = min(seconds(long) for _ in range(2))
    assert many < 30 * few + 0.2  # with the square it would be 64 times


TEXT = "sy Budiman dari PT Rimba Anggada, hp 0812 3456 7890"
NAME = Mark(3, 10, Kind.NAME, Why.SELF, 90)
FIRM = Mark(16, 32, Kind.WORKPLACE, Why.FIRM_SIGN, 90)
PHONE = Mark(37, 51, Kind.PHONE, Why.FORM, 97)


def test_apply_writes_choices_aliases_and_standing_words():
    written, places = apply(
        TEXT, [PHONE, NAME, FIRM], {NAME: "Joko (bukan nama sebenarnya)", FIRM: "[sebuah pabrik garmen]"}
    )
    assert written == "sy Joko (bukan nama sebenarnya) dari [sebuah pabrik garmen], hp [nomor telepon]"
    assert [written[a:b] for a, b in places] == ["Joko (bukan nama sebenarnya)", "[sebuah pabrik garmen]", "[nomor telepon]"]


def test_apply_leaves_what_was_decided_to_stay():
    assert apply(TEXT, [NAME, FIRM, PHONE], {FIRM: None})[0] == "sy [nama] dari PT Rimba Anggada, hp [nomor telepon]"
    assert apply(TEXT, [], {}) == (TEXT, [])


def test_apply_writes_the_outer_of_two_marks_and_the_inner_when_the_outer_stays():
    whole = Mark(3, 32, Kind.COMBINATION, Why.TOGETHER, 60)
    assert apply(TEXT, [NAME, whole], {})[0] == "sy [ciri-ciri], hp 0812 3456 7890"
    assert apply(TEXT, [NAME, whole], {whole: None})[0] == "sy [nama] dari PT Rimba Anggada, hp 0812 3456 7890"


def test_apply_hides_what_half_overlaps():
    other = Mark(8, 15, Kind.PLACE, Why.WHERE, 50)
    assert apply(TEXT, [NAME, other], {})[0] == "sy [nama] PT Rimba Anggada, hp 0812 3456 7890"


def test_apply_refuses_marks_outside_the_text():
    with pytest.raises(ValueError, match="a mark from 3 to 99"):
        apply(TEXT, [Mark(3, 99, Kind.NAME, Why.SELF, 90)], {})


def test_every_kind_has_its_standing_words():
    assert all(standing(kind).startswith("[") for kind in Kind)


@pytest.mark.parametrize(
    "redacted",
    [
        "hp [nomor telepon], wa juga 081234567890",
        "hp [nomor telepon] (+62 812-345-678-90)",
        "hp [nomor telepon] 0812.3456.7890",
        "hp 62 812 3456 7890",
    ],
)
def test_left_over_finds_a_number_however_it_is_spaced(redacted):
    assert [left.mark for left in left_over(TEXT, [PHONE], redacted)] == [PHONE]


def test_left_over_finds_names_and_firms_in_any_case():
    redacted = "sy [nama] dari [tempat kerja]. kata BUDIMAN, di pt  rimba-anggada gaji telat"
    left = left_over(TEXT, [NAME, FIRM], redacted)
    assert [(mark.mark.kind, redacted[mark.start : mark.end]) for mark in left] == [
        (Kind.NAME, "BUDIMAN"),
        (Kind.WORKPLACE, "pt  rimba-anggada"),
    ]


def test_left_over_finds_one_word_of_a_name_but_no_title():
    text = "Bu Ratmini Solekhah marah"
    mark = Mark(0, 19, Kind.NAME, Why.TITLE, 92)
    redacted = "[nama] marah. bu guru bilang solekhah pulang"
    assert [redacted[left.start : left.end] for left in left_over(text, [mark], redacted)] == ["solekhah"]


def test_left_over_is_quiet_when_all_is_gone():
    marks = find_marks(TEXT)
    assert left_over(TEXT, marks, apply(TEXT, marks, {})[0]) == []
