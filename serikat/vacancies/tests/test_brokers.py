"""The signs of brokers: what must be found, and honest adverts of which nothing may be found."""

from __future__ import annotations

import pytest

from serikat.vacancies.rules.brokers import Flag, Known, Told, findings, is_mobile, text_findings

FINE = {"address": "Jl. Raya Industri 5, Cikarang", "wage_low": 5_600_000, "wage_per": "month", "kind": "fixed"}


def flags(text="", **more):
    return {finding.flag for finding in text_findings(Told(**{**FINE, "requirements": text, **more}))}


@pytest.mark.parametrize(
    "text",
    [
        "Biaya administrasi Rp300.000",
        "biaya pendaftaran 50 ribu, seragam 150rb",
        "Siapkan uang pelicin untuk HRD",
        "Ada uang seragam yang dibayar di awal",
        "DP 2 juta, sisanya setelah masuk",
        "deposit Rp 500.000 akan kembali",
        "Wajib transfer 1,5 jt ke rekening penyalur",
        "bayar setelah masuk kerja 6 juta",
        "Tanpa tes, biaya admin 500rb",
        "Tidak mahal, biaya masuk cuma 3 juta",
        "uang jaminan dikembalikan sesudah kontrak",
        "Potong gaji tiga bulan untuk penyalur",
        "gaji pertama dipotong 50%",
        "Administrasi: Rp250.000",
        "Dikenakan biaya bagi yang lolos",
        "jaminan Rp2.000.000",
        "bisa pakai dana talangan",
        "tf dulu 200 ribu",
    ],
)
def test_asking_for_money_is_found(text):
    assert Flag.MONEY in flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lamaran tidak dipungut biaya apa pun.",
        "Seluruh proses gratis.",
        "Kami tidak pernah meminta transfer uang muka, biaya administrasi, atau deposit dalam bentuk apa pun.",
        "Waspada penipuan yang mengatasnamakan perusahaan dan meminta biaya pendaftaran.",
        "Biaya pelatihan ditanggung perusahaan.",
        "Staf administrasi gudang, gaji Rp4.900.000 per bulan.",
        "Administrasi keuangan, bisa komputer.",
        "Gaji ditransfer tiap tanggal 25.",
        "Gaji transfer ke rekening bank setiap tanggal 25",
        "Upah dibayar mingguan, uang makan Rp25.000/hari, uang lembur, bonus kehadiran.",
        "BPJS Kesehatan dan jaminan hari tua.",
        "Gaji dipotong PPh 21 dan BPJS sesuai aturan",
        "Bertanggung jawab atas kas kecil.",
        "Seragam disediakan.",
        "Biaya medical check up dari perusahaan",
        "Upah borongan Rp1.200 per potong",
        "Tidak ada pungutan, uang jaminan, atau potongan untuk penyalur",
    ],
)
def test_honest_words_about_money_are_not_found(text):
    assert Flag.MONEY not in flags(text)


@pytest.mark.parametrize(
    ("flag", "text"),
    [
        (Flag.PAPERS, "Ijazah asli ditahan selama kontrak"),
        (Flag.PAPERS, "menyerahkan ijazah asli"),
        (Flag.PAPERS, "KTP dititipkan di kantor"),
        (Flag.PAPERS, "membawa ijazah dan KTP asli"),
        (Flag.PROMISE, "Dijamin lolos, kenal orang dalam"),
        (Flag.PROMISE, "tanpa tes, langsung kerja"),
        (Flag.PROMISE, "pasti diterima"),
        (Flag.PROMISE, "jalur khusus ke pabrik"),
        (Flag.UNEQUAL, "Wanita maks 22 th"),
        (Flag.UNEQUAL, "Usia 18-24 tahun"),
        (Flag.UNEQUAL, "umur maksimal 25"),
        (Flag.UNEQUAL, "Belum menikah"),
        (Flag.UNEQUAL, "status lajang, sehat"),
        (Flag.UNEQUAL, "Tinggi badan min 155 cm"),
        (Flag.UNEQUAL, "Pria, SMA sederajat"),
        (Flag.UNEQUAL, "Syarat:\n- Perempuan\n- SMK"),
        (Flag.UNEQUAL, "Tidak sedang hamil"),
        (Flag.UNEQUAL, "berpenampilan menarik"),
        (Flag.UNEQUAL, "khusus muslimah"),
        (Flag.NO_LICENCE, "Kerja di Taiwan, berangkat bulan depan"),
        (Flag.HIDDEN_LINK, "Daftar lewat bit.ly/loker-cepat"),
    ],
)
def test_other_signs_are_found(flag, text):
    assert flag in flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "Fotokopi ijazah dan KTP. Ijazah asli ditunjukkan saat wawancara, lalu dikembalikan.",
        "Ijazah tidak ditahan.",
        "Pria atau wanita, usia minimal 18 tahun.",
        "Laki-laki/perempuan, lulusan SMA atau SMK.",
        "Terbuka bagi perempuan dan laki-laki, tidak membedakan umur maupun status menikah.",
        "Tanpa batas usia maksimal 30 tahun atau lebih.",
        "Pengalaman 2-3 tahun, kontrak maksimal 12 bulan.",
        "Ada tes tertulis dan wawancara.",
        "Perusahaan Jepang, bahasa Jepang menjadi nilai lebih.",
        "Melayani pelanggan perempuan di toko.",
        "Tinggi rak 250 cm, biasa bekerja di ketinggian.",
        "Guru agama Islam di yayasan.",
        "Kerja tiga giliran, ada bus jemputan dan makan.",
    ],
)
def test_nothing_is_found_in_honest_requirements(text):
    assert flags(text) == set()


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({}, set()),
        ({"wage_low": None}, {Flag.NO_WAGE}),
        ({"wage_low": None, "wage_note": "HK$5.100 per bulan"}, set()),
        ({"wage_low": 500_000}, {Flag.ODD_WAGE}),
        ({"wage_low": 500_000, "kind": "intern"}, set()),
        ({"wage_low": 5_000_000, "wage_high": 45_000_000}, {Flag.ODD_WAGE}),
        ({"wage_low": 180_000, "wage_per": "day"}, set()),
        ({"wage_low": 20_000, "wage_per": "hour"}, set()),
        ({"phone": "+6281200000001"}, set()),
        ({"phone": "+6281200000001", "address": ""}, {Flag.PRIVATE_CONTACT}),
        ({"mail": "loker.pabrik@gmail.com", "address": ""}, {Flag.PRIVATE_CONTACT}),
        ({"mail": "rekrut@contoh.co.id", "address": ""}, set()),
        ({"phone": "+62218900001", "address": ""}, set()),
        ({"phone": "+6281200000001", "address": "", "mail": "hrd@contoh.co.id"}, set()),
        ({"link": "https://bit.ly/abc"}, {Flag.HIDDEN_LINK}),
        ({"kind": "overseas"}, {Flag.NO_LICENCE}),
        ({"kind": "overseas", "licence": "SIP3MI 12/2025"}, set()),
    ],
)
def test_wage_contact_and_licence(told, found):
    assert flags(**told) == found


def test_what_the_house_knows_is_found():
    told = Told(**FINE)
    assert findings(told, Known(firm=True)) == []
    known = findings(told, Known(firm=False, bad_firm="AAA", bad_contact="BBB", copy_of="CCC"))
    assert [(f.flag, f.found) for f in known] == [
        (Flag.BAD_CONTACT, "BBB"),
        (Flag.BAD_FIRM, "AAA"),
        (Flag.COPY, "CCC"),
        (Flag.UNKNOWN_FIRM, ""),
    ]


def test_a_finding_shows_the_words_it_stands_in():
    told = Told(**{**FINE, "requirements": "SMA. Biaya administrasi Rp300.000 dibayar saat daftar."})
    assert [f.found for f in text_findings(told)] == ["biaya administrasi rp300.000 dibayar"]


@pytest.mark.parametrize(
    ("phone", "mobile"), [("0812 1", True), ("+62 821", True), ("62857", True), ("021-89", False), ("", False)]
)
def test_mobile_numbers_are_known(phone, mobile):
    assert is_mobile(phone) is mobile


def test_a_long_text_is_read_in_time():
    assert flags("biaya uang usia tinggi transfer " * 160 + "biaya admin 50rb") == {Flag.MONEY}


@pytest.mark.parametrize(
    "text",
    [
        "Berangkat dulu pakai visa turis, nanti diurus agen.",
        "Cukup visa kunjungan",
        "Masuk Arab Saudi dengan visa umroh",
        "Langsung terbang, tanpa kontrak.",
        "tidak perlu visa, lewat Batam",
        "Perjanjian kerja menyusul di sana",
        "Visa diurus setelah sampai",
        "jalur non-prosedural, aman",
    ],
)
def test_leaving_without_a_work_visa_is_found(text):
    assert Flag.NO_WORK_VISA in flags(text, kind="overseas", licence="SIP3MI 1")
    assert Flag.NO_WORK_VISA in flags(f"Kerja di Kamboja. {text}")


@pytest.mark.parametrize(
    "text",
    [
        "Visa kerja dan tiket ditanggung pemberi kerja.",
        "Visa kerja diurus perusahaan sebelum berangkat.",
        "Berangkat dengan visa kerja, bukan visa turis.",
        "Kami tidak memberangkatkan dengan visa kunjungan.",
        "Perjanjian kerja ditandatangani di depan dinas.",
        "Kontrak dua tahun, bisa diperpanjang di sana.",
    ],
)
def test_a_work_visa_is_no_sign(text):
    assert Flag.NO_WORK_VISA not in flags(text, kind="overseas", licence="SIP3MI 1")


def test_a_tourist_office_at_home_is_no_sign():
    assert Flag.NO_WORK_VISA not in flags("Staf biro perjalanan: mengurus visa turis.")
