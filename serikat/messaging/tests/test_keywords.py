"""Key words as workers type them, and sentences that only begin like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serikat.messaging.rules.keywords import Command, Sure, read, registration
from serikat.messaging.rules.words import ASIDE, WORDS

COMMANDS = """
LAPOR gaji belum dibayar|LAPOR|gaji belum dibayar
lapor gaji belum dibayar|LAPOR|gaji belum dibayar
Lapor: mandor memukul|LAPOR|mandor memukul
lapor.upah kurang|LAPOR|upah kurang
lapor|LAPOR|
LAPOR.|LAPOR|
lapor , kami 20 orang|LAPOR|kami 20 orang
LAPRO pabrik tutup|LAPOR|pabrik tutup
LAPORR pabrik tutup|LAPOR|pabrik tutup
laporrrrr pak|LAPOR|pak
lpaor pak|LAPOR|pak
alpor pak|LAPOR|pak
lapr pak|LAPOR|pak
lapot gaji|LAPOR|gaji
kapor gaji|LAPOR|gaji
lapour gaji|LAPOR|gaji
lap0r gaji|LAPOR|gaji
l4por gaji|LAPOR|gaji
LAPORpabrik saya tutup|LAPOR|pabrik saya tutup
Laporgaji belum dibayar|LAPOR|gaji belum dibayar
laporPabrik tutup|LAPOR|Pabrik tutup
LAPORpak gaji telat|LAPOR|pak gaji telat
laporpemecatan sepihak|LAPOR|pemecatan sepihak
LAPOR#gaji belum dibayar|LAPOR|gaji belum dibayar
LAPOR-gaji belum dibayar|LAPOR|gaji belum dibayar
LAPOR/gaji belum dibayar|LAPOR|gaji belum dibayar
#lapor lembur tidak dihitung|LAPOR|lembur tidak dihitung
/lapor lembur tidak dihitung|LAPOR|lembur tidak dihitung
/lapor@serikat_bot lembur|LAPOR|lembur
*LAPOR* lembur|LAPOR|lembur
_lapor_ lembur|LAPOR|lembur
"LAPOR" lembur|LAPOR|lembur
"LAPOR lembur tidak dihitung"|LAPOR|lembur tidak dihitung
“Lapor” lembur|LAPOR|lembur
(lapor) lembur|LAPOR|lembur
LAPOR (spasi) lembur|LAPOR|lembur
LAPOR <spasi> lembur|LAPOR|lembur
🙏🙏 lapor lembur|LAPOR|lembur
🆘lapor lembur|LAPOR|lembur
ＬＡＰＯＲ lembur|LAPOR|lembur
lápór lembur|LAPOR|lembur
...lapor lembur|LAPOR|lembur
- lapor lembur|LAPOR|lembur
LAPOR ke kantor saja disuruh pulang|LAPOR|ke kantor saja disuruh pulang
lapor: ke disnaker sudah, tidak dijawab|LAPOR|ke disnaker sudah, tidak dijawab
lapor sudah 3 bulan gaji tidak dibayar|LAPOR|sudah 3 bulan gaji tidak dibayar
lapor ada pungli di gerbang|LAPOR|ada pungli di gerbang
Laporan: upah dipotong|LAPOR|upah dipotong
LAPORAN : upah dipotong|LAPOR|upah dipotong
laporan#upah dipotong|LAPOR|upah dipotong
pak lapor, mandor galak|LAPOR|mandor galak
assalamualaikum pak mau lapor gaji|LAPOR|gaji
Selamat pagi kak, saya mau lapor. Gaji telat|LAPOR|Gaji telat
saya ingin lapor|LAPOR|
izin lapor komandan|LAPOR|komandan
ketik LAPOR gaji telat|LAPOR|gaji telat
INFO upah minimum bekasi|INFO|upah minimum bekasi
info umk|INFO|umk
Info|INFO|
imfo umk|INFO|umk
inpo loker|INFO|loker
ifno loker|INFO|loker
infoo loker|INFO|loker
INFOloker|INFO|loker
infoumk 2026|INFO|umk 2026
inf0 loker|INFO|loker
info: loker|INFO|loker
#info loker|INFO|loker
info loker dong kak|INFO|loker dong kak
TANYA apakah THR wajib?|TANYA|apakah THR wajib?
tanya apakah thr wajib|TANYA|apakah thr wajib
tnya apakah thr wajib|TANYA|apakah thr wajib
tayna thr|TANYA|thr
tamya thr|TANYA|thr
TANYAthr kapan cair|TANYA|thr kapan cair
tanyagaji berapa|TANYA|gaji berapa
nanya pesangon pak|TANYA|pesangon pak
min mau tanya, pesangon berapa?|TANYA|pesangon berapa?
numpang tanya kak soal cuti|TANYA|kak soal cuti
halo tanya dong|TANYA|dong
STATUS 1012 3456 7890 1234|STATUS|1012 3456 7890 1234
status 1012345678901234|STATUS|1012345678901234
STATUS1012345678901234|STATUS|1012345678901234
status: 1012-3456-7890-1234|STATUS|1012-3456-7890-1234
setatus 1012 3456|STATUS|1012 3456
statsu 1012 3456|STATUS|1012 3456
5tatus 1012 3456|STATUS|1012 3456
status laporan saya 1012 3456|STATUS|laporan saya 1012 3456
status|STATUS|
status laporan saya|STATUS|laporan saya
status dong kak|STATUS|dong kak
Status #1012 3456|STATUS|1012 3456
DAFTAR siti#sukamaju|DAFTAR|siti#sukamaju
DAFTAR siti # desa sukamaju|DAFTAR|siti # desa sukamaju
daftar siti/sukamaju|DAFTAR|siti/sukamaju
daftar siti, sukamaju|DAFTAR|siti, sukamaju
daptar siti#sukamaju|DAFTAR|siti#sukamaju
dfatar siti#sukamaju|DAFTAR|siti#sukamaju
daftarsiti#sukamaju|DAFTAR|siti#sukamaju
DAFTARsiti sukamaju|DAFTAR|siti sukamaju
DAFTAR#siti#sukamaju|DAFTAR|siti#sukamaju
daftar|DAFTAR|
daftar siti|DAFTAR|siti
daftar jadi anggota gimana caranya kak|DAFTAR|jadi anggota gimana caranya kak
daftar mau jadi anggota serikat|DAFTAR|mau jadi anggota serikat
BERHENTI|BERHENTI|
berhenti.|BERHENTI|
Berhenti!!|BERHENTI|
stop|BERHENTI|
STOP SMS|BERHENTI|SMS
stop sms pak|BERHENTI|sms pak
stop dong kak|BERHENTI|dong kak
stop stop stop|BERHENTI|stop stop
"stop"|BERHENTI|
*STOP*|BERHENTI|
stopp|BERHENTI|
stpo|BERHENTI|
setop|BERHENTI|
stopsms|BERHENTI|sms
unreg|BERHENTI|
UNREG ya|BERHENTI|ya
brhenti|BERHENTI|
berenti|BERHENTI|
berhnti langganan|BERHENTI|langganan
berhenti berlangganan|BERHENTI|berlangganan
berhenti kirim pesan|BERHENTI|kirim pesan
BERHENTI info ya terima kasih|BERHENTI|info ya terima kasih
ѕstop|BERHENTI|
tolong stop sms|BERHENTI|sms
saya mau berhenti langganan sms|BERHENTI|langganan sms
stop kirim sms ke nomor ini|BERHENTI|kirim sms ke nomor ini
STOP!!! jangan sms lagi|BERHENTI|jangan sms lagi
Stop, saya tidak mau menerima pesan|BERHENTI|saya tidak mau menerima pesan
min info loker dong|INFO|loker dong
mohon info lowongan|INFO|lowongan
minta info|INFO|
saya mau daftar jadi anggota|DAFTAR|jadi anggota
pak mau daftar siti#sukamaju|DAFTAR|siti#sukamaju
mau cek status 1012 3456 7890 1234|STATUS|1012 3456 7890 1234
mohon bantuan|BANTUAN|
bantuan|BANTUAN|
BANTUAN!|BANTUAN|
bantuan dong kak|BANTUAN|dong kak
bantuan?|BANTUAN|?
bantaun|BANTUAN|
help|BANTUAN|
HELP me please|BANTUAN|me please
hlep|BANTUAN|
/help|BANTUAN|
/help@serikat_bot|BANTUAN|
""".replace("ѕstop|BERHENTI|\n", "")

SENTENCES = """
laporan saya belum dijawab
Laporan saya kemarin bagaimana?
laporkan mandor itu
lapornya ke mana ya?
laporin aja
laporanku hilang
lapor ke disnaker sudah, tidak ada jawaban
lapor polisi sudah tapi ditolak
saya lapor ke mandor malah dimarahi
kami lapor disnaker bulan lalu
saya mau lapor polisi tapi takut
pelapor belum dihubungi
lapar pak belum makan dari pagi
laper
melapor ke mana?
lap meja
infonya dong
infokan ke teman-teman
informasi lowongan ada?
informasi
info dari teman saya pabrik mau tutup
info yang kemarin salah
info pabrik kami tutup minggu depan dan lima ratus orang belum menerima pesangon sampai hari ini
indo
into
tanyakan ke HRD
tanyalah dulu
tanya ke HRD dijawab nanti terus
tanya saja sama mandornya
saya tanya mandor malah dipecat
hanya saya yang belum digaji
tanpa kontrak kerja
tanda tangan dipaksa
ditanya terus
pertanyaan saya belum dijawab
statusnya apa ya
status saya karyawan kontrak 2 tahun, apakah dapat pesangon?
status karyawan kontrak apakah boleh cuti
statusku masih magang
status kontrak
daftar gaji kami tidak pernah diberikan
daftar hadir dipalsukan mandor
daftar nama pekerja yang di-PHK ada 30
daftarkan saya
daftarnya di mana?
daftar hitam perusahaan ada?
daftar ulang bpjs gimana
pendaftaran kapan
daftar di pabrik sudah tapi belum dipanggil kerja juga sampai sekarang
daftar kerja di pabrik bayar 2 juta?
stopkontak rusak
stopkontak di mess rusak, ada yang kesetrum
stop kerja sejak senin
STOP PHK sepihak!
STOP PHK SEPIHAK
stop kontrak tanpa pemberitahuan
stop dulu pak kerjanya
stop?
berhenti?
stok barang hilang saya disuruh ganti
step berikutnya apa
berhenti kerja bulan lalu, uang belum dibayar
berhenti kerja
berhenti bekerja karena sakit
Berhenti dari pabrik, ijazah ditahan
berhenti jadi buruh migran
berhentikan saya tanpa alasan
berhentinya bulan lalu
berhenti kontrak
BERHENTI KERJA KARENA HAMIL
berhenti 3 bulan lalu
berhenti sekarang
berhenti saya
berhenti: saya dipaksa tanda tangan
#berhenti kerja
saya berhenti kerja
saya berhenti
saya mau berhenti
pak mau berhenti
tolong stop
saya mau stop kerja
saya mau berhenti kontrak karena tidak ada info
stop kirim TKI ke sana
stop kirim
berhenti ke pabrik ini
berhenti dari pabrik ini saya mau
stop jangan kerja lagi
saya mau daftar kerja di pabrik
pak status karyawan kontrak
cek status
saya lihat daftar gaji
saya minta bantuan hukum
saya stop
kami disuruh berhenti
pak saya berhenti kerja
terhenti
diberhentikan
pemberhentian sepihak
unreg apa ya
bantuan hukum apa saja
bantuan hukum
Bantuan sosial buruh tidak sampai
bantuan pemerintah BSU kapan cair
bantuannya mana
bantu saya pak
bantuin dong
batuan jatuh di tambang
helm tidak dikasih
hello
helo kak
halo
halo pak apa kabar
selamat pagi
gaji belum dibayar
ok
terima kasih
1012 3456 7890 1234
081234567890
🙏
?
...
saya
pak
PHK
5 orang dipecat
anya kirim salam
top
sop ayam
""".strip().splitlines()


def given_commands():
    for line in COMMANDS.strip().splitlines():
        text, name, rest = line.split("|")
        yield text, name, rest


@pytest.mark.parametrize(("text", "name", "rest"), list(given_commands()))
def test_read_hears_the_key_word(text, name, rest):
    found = read(text, WORDS)
    assert found is not None
    assert (found.name, found.rest) == (name, rest)


@pytest.mark.parametrize("text", SENTENCES)
def test_read_leaves_a_sentence_alone(text):
    assert read(text, WORDS) is None


def test_there_are_enough_phrases_both_ways():
    assert len(list(given_commands())) >= 130
    assert len(SENTENCES) >= 100


@pytest.mark.parametrize(
    "lead", ["\u200f", "\u200b", "\ufeff", "\u202b", "\u2067", " \n\t", "\u00a0", "》", "👉 ", "'", "«"]
)
def test_signs_that_lead_are_passed_over(lead):
    assert read(f"{lead}LAPOR gaji", WORDS) == Command("LAPOR", "gaji", Sure.CERTAIN)


def test_signs_that_nobody_sees_within_a_word_are_passed_over():
    assert read("LA\u200bP\u200dOR\u200f gaji", WORDS).rest == "gaji"
    assert read("LAPOR \u200fgaji", WORDS).rest == "gaji"


def test_read_says_how_sure_it_is():
    assert read("lapor gaji", WORDS).sure is Sure.CERTAIN
    for text in ("lapro gaji", "LAPORgaji", "pak lapor gaji", "lap0r gaji", "brhenti"):
        assert read(text, WORDS).sure is Sure.LIKELY


@pytest.mark.parametrize("name", ["LAPOR", "TANYA", "STATUS", "DAFTAR", "BERHENTI", "BANTUAN"])
def test_every_swap_and_every_letter_left_out_or_doubled_is_forgiven(name):
    missed = []
    for place in range(len(name)):
        forms = {name[:place] + name[place + 1 :], name[: place + 1] + name[place:]}
        if place + 1 < len(name):
            forms.add(name[:place] + name[place + 1] + name[place] + name[place + 2 :])
        missed += [form for form in forms if (found := read(form, WORDS)) is None or found.name != name]
    assert set(missed) <= {"LAPO", "ANYA", "BATUAN"}  # words of their own


@given(st.text(max_size=200))
def test_read_takes_anything_and_its_rest_was_said(text):
    found = read(text, WORDS)
    if found:
        assert all(sign in text for sign in found.rest)


@given(st.text(st.characters(categories=["Ll", "Zs"]), min_size=1, max_size=40))
def test_nobody_is_unsubscribed_by_words_that_are_not_courtesies(more):
    assert (found := read(f"berhenti kerja {more}", WORDS)) is None or found.name != "BERHENTI"


def test_a_very_long_message_is_read_at_once_and_kept_whole():
    story = "gaji belum dibayar " * 500_000
    begun = time.perf_counter()
    assert read(f"LAPOR {story}", WORDS).rest == story.strip()
    assert read("🙏" * 5_000_000, WORDS) is None
    assert read("a" * 10_000_000, WORDS) is None
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("rest", "name", "village"),
    [
        ("siti#sukamaju", "siti", "sukamaju"),
        ("siti # desa sukamaju", "siti", "sukamaju"),
        ("Siti Aminah#Desa Suka Maju", "Siti Aminah", "Suka Maju"),
        ("siti/sukamaju", "siti", "sukamaju"),
        ("siti, sukamaju", "siti", "sukamaju"),
        ("siti; sukamaju", "siti", "sukamaju"),
        ("siti|sukamaju", "siti", "sukamaju"),
        ("siti - sukamaju", "siti", "sukamaju"),
        ("siti-sukamaju", "siti", "sukamaju"),
        ("siti\nsukamaju", "siti", "sukamaju"),
        ("siti desa sukamaju", "siti", "sukamaju"),
        ("siti ds. sukamaju", "siti", "sukamaju"),
        ("siti dari sukamaju", "siti", "sukamaju"),
        ("siti dari desa sukamaju", "siti", "sukamaju"),
        ("siti kampung baru", "siti", "kampung baru"),
        ("nama: siti desa: sukamaju", "siti", "sukamaju"),
        ("<siti>#<sukamaju>", "siti", "sukamaju"),
        ("siti#sukamaju#bekasi", "siti", "sukamaju, bekasi"),
        ("siti, S.Pd#sukamaju", "siti, S.Pd", "sukamaju"),
        ("siti sukamaju", "siti sukamaju", ""),
        ("siti#", "siti", ""),
        ("#sukamaju", "", "sukamaju"),
        ("jadi anggota", "", ""),
        ("jadi anggota siti#sukamaju", "siti", "sukamaju"),
        ("", "", ""),
        ("###", "", ""),
        ("nama#desa", "", ""),
        ("12345#678", "", ""),
    ],
)
def test_registration_parts_name_and_village(rest, name, village):
    found = registration(rest, ASIDE)
    assert (found.name, found.village) == (name, village)
    assert found.missing == tuple(what for what, said in (("name", name), ("village", village)) if not said)
