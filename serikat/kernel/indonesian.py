"""Indonesian words in their forms: "pengupahan", "upahnya" and "upah" are one word to who searches.

A form is taken apart (particle, possessive, suffix, up to three prefixes, the consonant that meN- and peN- swallow) until a known root is
left: "menyampaikan" is sampai, "pemogokan" is mogok, "mengirim" is kirim. The list of roots below holds those that the rules alone would get
wrong, which are mostly roots in k, p, s, t and roots that look as if they carried a prefix or suffix. A word without known root falls back to
the Snowball rules. The list is our own, from the vocabulary of work, law and news; a missing root costs some finds and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

import snowballstemmer

_ROOTS = """
    abai abdi acara acu ada adaptasi adat adil adu agama agen ahli air ajak ajar ajaran aju akal akan akar akhir aksara aksi aktif akui akun aku alam alami alas
    alat alih alir alun amal aman ambil ampun ampu ancam anak andal anggap anggar anggota angkat angkut angsur aniaya anjur antar antara antri
    anut apel arah arti asal asas asing asuh asuransi atas atasan atur awal awak awas ayah badan bagi bagian bahas bahasa bahaya baik baju baku balas balai bangga
    bangkit bangun banding banjir bantah bantu banyak bapak barang baru basmi batal batas bawa bawah bayar bayi bebas beban beda bela belah belanja belas
    beli benar benci bencana bentuk berani beras berita beri berangkat bersih besar biasa biaya bicara bijak bikin bimbing bina bisa bisu boleh bongkar boros buah
    buat budaya buka bukti buku bulan bumi buruh buru burung cabang cabut cacat cakap calon camat campur capai cari catat cedera cegah cek cela celaka cepat
    cerai cerita cermin cicil cinta cipta coba cuci cukup curang curi cuti daerah dagang daki damai dampak damping dana dapat darat darurat dasar data
    datang daulat daya debat dekat demo demokrasi denda dengar depan derita desa desak diam didik dinding diri diskusi disiplin dorong dosen dua duduk duga dukung
    dunia duit edar emas empat enam gabung gadai gagal gaji galang gambar ganggu ganti gantung garap gelap gelar gembira gerak gerbang gugat guna gugur
    gunung guru habis hadap hadiah hadir hak hakim halang halaman hambat hamil hancur hapus harap harga hari hasil hati hemat henti hibah hibur hidup hilang
    himpun hina hisap hitung hormat hubung hujan hukum huni hutan hutang ibadah ibu idul ijin iklan ikat ikan ikut ilmu imbal imbau indah informasi ingat ingin injak
    inspeksi isi istri izin jabat jadi jadwal jaga jahit jajah jalan jalin jamin jamu janda janji jarak jatuh jauh jawab jebak jelas jemput jenguk jeruk
    jual judul juang jujur jumlah jumpa kabar kabul kabupaten kader kait kaji kakak kalah kalang kali kampanye kampung kandung kantor kaos kapal kapan karang karena karya karyawan
    kasar kasih kasus kata kaum kawal kawan kawasan kaya kebun kecam kecamatan kecelakaan kecewa kecil kejar kejut kelas kelola keluar keluarga keluh kemas kembali kembang kemuka
    kena kenal kendala kendali kendara kepala kepung kerah kerap keras kering keringat kerja kertas kesal ketat ketik ketua kewajiban khawatir khianat khusus kira kirim kisah klaim
    koalisi kolom komando komentar komunikasi kompensasi kondisi konsumsi kontak kontrak kontrol koperasi korban koran korupsi koreksi kota kotor kuasa kuat kucur kuku kuliah kumpul
    kunci kunjung kuota kupas kurang kurir kurung kursus kutip kutuk kutu lacak ladang lagu lahan lahir lain lakon laksana laku lama lamar lambat lampau lampir
    lampu lancar landas langgan langgar langkah langsung lanjut lantai lantik lapang lapor larang lari latih laut lawan layan layak lebih lebur ledak lelah
    lemah lembaga lembar lembur lempar lengkap lepas letak lewat libat libur lihat limbah lindung lintas lipat lisan listrik lokasi lolos luang luar luas lubang luka lulus lumpuh
    lunas lupa lurus maaf mahal mahasiswa main maju maka makan makna malam malas malu mana manajer mandi mandiri mandor manfaat manusia marah masa masak masalah masih masuk mata matang mati
    maut media mediasi mesin milik mimpi minat minta minum minggu minimum miskin mogok mohon muat muda mudah mula mulai mulia mulut muncul mundur mungkin murah murid
    musyawarah musnah musuh mutasi mutu naik nama nanti nasib nasihat negara negeri nelayan nekat nenek niat niaga nikah nikmat nilai nomor nyala nyaman nyanyi nyata nyawa obat
    olah omong operasi orang organisasi otot pabrik padam padat padu pagar pagi paham pahat pahlawan pajak pakai pakaian paksa paku palsu pandang pandu panen panggil panggung panjang pantau
    panti papar parah partai pasal pasang pasar pasti pasok pasu patok patuh patroli payung pecah pecat pegang pegawai peka pelabuhan pelihara peluk peluang pendam pendek penggal penjara penting
    penuh pencil peran perang perangkat perantau peras percaya percik perempuan pergi periksa perintah perikan peristiwa perkara perkosa perlu permisi pernah
    pers persen pertama perusahaan pesan pesangon pesawat peserta pesta pesisir petak petani petik petisi petugas picu pidana pihak pikat pikir pikul pilah pilih pimpin pindah pinjam pintu
    pisah pokok polisi politik pondok posisi potong prakarya pria produksi program prokes prosedur proses protes publik pukul pula pulang pulih pulau puluh pungut puas puasa
    pusat putar putih putus rahasia rajut rakit rakyat ramah ramai rambah rampas rampok rancang rangka rangkul rantau rapat rasa rata ratu ratus rawat raya rebut redaksi rekam rekan rekrut rela
    rencana rendah renggut rentan resah resmi resiko risiko revisi riset robek roda rokok roti rubah rugi rukun rumah rumus runding runtuh rusak rusuh saat sabar sabun sadar sah sahabat
    saing saji sakit saksi sakti salah salin salur sama samar sambung sambut sampah sampai sanding sandar sangat sanggah sanggup sangka sangkut sanksi santai santun sapa sarana saran sarjana sasar satu
    saudara sawah sayang sebab sebar seberang sebut sedia sedih segar segel sehat sejahtera sejarah sekap sekolah sekretaris sektor selamat selaras selasa selenggara seleksi selesai selidik selip
    seluruh sembunyi sempat sempit sendiri sengaja sengketa sengsara senang seni senjata sentuh senyum sepakat seragam serah serang serap serba seret serikat sering serta seru sesal sesat sesuai setara setia setop setor setrum setuju
    sewa siap siar siasat sidang sifat sikap siksa simpan simpul simulasi sinar singgung singkat sisa sisih sistem siswa solidaritas soal sogok sokong sopan sopir sorak sorot sosial suami suara suap subsidi suci
    sudut suka sulit sumbang sumber sumpah sungguh sungai sunting supir surat suruh surut susah susul susun susu susut syarat tabrak tabung tagih tahan tahap tahun tahu tajam tali
    tambah tambak tambang tampak tampil tampung tanah tanam tandang tanda tandatangan tanding tangan tanggal tanggap tanggung tangis tangkap tani tanpa tantang tanya target tari tarif tarik taruh tatap tata tawar tebak tebang tebus tegak tegang tegas tegur tekan tekad teknik teknologi
    telaah teladan telantar telat telepon teliti telusur teman tembak tembus temu tempat tempel tempuh tempur tenaga tenang tendang tengah tenggat tenggelam tentang tentara tentram tentu tenun tepat tepi tepung terang terap teriak terima
    terjemah terus tetangga tetap tewas tiba tidur tiga tikam tiket tilang timbang timbul timpa tindak tindas tinggal tinggi tinjau tipu titip toko tokoh tolak tolong tonjol tonton topang total transfer
    transparan tua tuan tubuh tuduh tugas tuju tukar tulang tular tuli tulis tumbuh tumpah tumpang tumpuk tunai tunda tunduk tunggak tunggal tunggu tunjang tunjuk tuntas tuntut tuntun turun turut tutup tutur ubah ucap
    uang udara uji ukur ulang umum umur undang undur unggah unggul unggun ungkap upah upaya urai urus urut usaha usia usir usul utama utang utara utus utuh wajah wajib wakil waktu
    wanita warga wartawan warung waris warta wasit wawancara wilayah wisata wujud yakin yatim
"""
ROOTS = frozenset(_ROOTS.split())

_STOP = """
    ada adalah agar akan aku anda antara apa apakah atas atau bagai bagaimana bagi bahwa banyak beberapa belum bisa bukan dalam dan dapat dari
    daripada dengan di dia hanya harus hingga ia ialah ini itu jadi jika juga kami kamu kan karena ke kepada ketika kita lagi lain lalu
    maka masih mereka namun nya oleh pada para pernah pun saat saja sambil sampai sangat saya sebagai sebuah secara sedang sehingga sejak selain
    seorang seperti serta setelah setiap sudah supaya tapi telah tentang tersebut tetapi tidak untuk yaitu yakni yang
    a an and are as at by for from in is it of on or that the this to was were with
"""
STOP = frozenset(_STOP.split())

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_snowball = snowballstemmer.stemmer("indonesian")
LONGEST = 40  # letters of one word that count

TAILS = ("lah", "kah", "tah", "pun")
OWNERS = ("nya", "ku", "mu")
SUFFIXES = ("kan", "an", "i")


def fold(text: str) -> str:
    """Lower case without marks: "Café" is "cafe"."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def words_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word with where it starts and ends. A doubled word ("buruh-buruhnya") counts once; other compounds word by word."""
    for found in _WORD.finditer(text):
        start, whole = found.start(), found.group()
        if "-" not in whole:
            yield start, found.end(), whole
            continue
        parts = whole.split("-")
        if len(parts) == 2 and _is_doubled(fold(parts[0]), fold(parts[1])):  # noqa: PLR2004 - a pair
            yield start, found.end(), parts[0] if len(parts[0]) >= len(parts[1]) else parts[1]
            continue
        for part in parts:
            yield start, start + len(part), part
            start += len(part) + 1


def _is_doubled(first: str, second: str) -> bool:
    return len(first) > 1 and (second.startswith(first) or first.endswith(second))


@lru_cache(maxsize=30_000)
def stem(word: str) -> str:
    """The root of a word in any form; for an unknown one what the Snowball rules leave."""
    word = "".join(c for c in fold(word) if c.isalnum())[:LONGEST]
    if word in ROOTS or len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    for bare in _without_endings(word):
        root = _root_of(bare, 3)
        if root:
            return root
    return str(_snowball.stemWord(word))


def _without_endings(word: str) -> Iterator[str]:
    """The word with fewer and fewer endings: first as it stands."""
    seen = {word: None}
    for endings in (TAILS, OWNERS, SUFFIXES):
        for form in list(seen):
            for ending in endings:
                if form.endswith(ending) and len(form) - len(ending) >= 3:
                    seen.setdefault(form[: -len(ending)])
    return iter(seen)


def _root_of(form: str, prefixes: int) -> str | None:
    if form in ROOTS:
        return form
    if prefixes == 0:
        return None
    found = (_root_of(rest, prefixes - 1) for rest in _without_prefix(form))
    return next((root for root in found if root), None)


VOWELS = "aiueo"


def _without_prefix(form: str) -> Iterator[str]:
    """What a form may be without its first prefix, the likelier first."""
    plain = ("ber", "ter", "per", "bel", "pel", "di", "ke", "se", "be", "te")
    return chain(_without_nasal(form), (form[len(p) :] for p in plain if form.startswith(p) and len(form) - len(p) >= 3))


def _without_nasal(form: str) -> Iterator[str]:
    """me- and pe- with the sound they put before, or in the place of, the first letter: mengirim is kirim, mengajar is ajar."""
    if form[:2] not in ("me", "pe"):
        return
    rest = form[2:]
    for sound, swallowed in (("ny", ("s",)), ("ng", ("", "k")), ("m", ("p", "")), ("n", ("t", ""))):
        if rest.startswith(sound):
            after = rest[len(sound) :]
            if after[:1] in VOWELS:
                yield from (letter + after for letter in swallowed)
                if sound == "ng" and after.startswith("e"):  # mengesahkan: one syllable takes nge-
                    yield after[1:]
            else:
                yield after
    yield rest


_SHORT = """
    wa=whatsapp wasap=whatsapp watsap=whatsapp fb=facebook ig=instagram hp=ponsel handphone=ponsel tlp=telepon telp=telepon
    gj=gaji lmbr=lembur lembr=lembur krj=kerja krja=kerja psgn=pesangon prsh=perusahaan perush=perusahaan pt=perusahaan
    bln=bulan thn=tahun hr=hari tgl=tanggal sdh=sudah blm=belum tdk=tidak byr=bayar dibyr=dibayar kntrk=kontrak jt=juta rb=ribu
    phk=pemutusan_hubungan_kerja thr=tunjangan_hari_raya umk=upah_minimum_kabupaten ump=upah_minimum_provinsi
    pkwt=perjanjian_kerja_waktu_tertentu pmi=pekerja_migran_indonesia tki=pmi tkw=pmi tki=pekerja_migran tkw=pekerja_migran
    dipecat=phk dipecat=pemutusan_hubungan_kerja gaji=upah outsourcing=alih_daya outsourcing=alihdaya
"""


@lru_cache(maxsize=1)
def _short_forms() -> dict[str, tuple[tuple[str, ...], ...]]:
    """By root: what else the same is written as, each a phrase of roots; of single words both ways."""
    found: dict[str, dict[tuple[str, ...], None]] = {}
    for pair in _SHORT.split():
        short, _equals, meant = pair.partition("=")
        whole = tuple(stem(word) for word in meant.split("_"))
        found.setdefault(stem(short), {})[whole] = None
        if len(whole) == 1:
            found.setdefault(whole[0], {})[(stem(short),)] = None
    return {root: tuple(forms) for root, forms in found.items()}


def also_written(root: str) -> tuple[tuple[str, ...], ...]:
    """The common short form of a word, what a short form stands for ("wa" and "whatsapp"), or the law's word for it ("gaji" and "upah"), as phrases of roots."""
    return _short_forms().get(root, ())


def is_slip(typed: str, meant: str) -> bool:
    """One letter wrong, missing or too many, two neighbours swapped, or letters held down."""
    if len(meant) < 4 or abs(len(typed) - len(meant)) > 1:
        return len(meant) >= 4 and re.sub(r"(.)\1+", r"\1", typed) == re.sub(r"(.)\1+", r"\1", meant)
    same = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    ahead, wanted = typed[same:], meant[same:]
    swapped = len(ahead) > 1 and len(wanted) > 1 and ahead[:2] == wanted[1::-1] and ahead[2:] == wanted[2:]
    return swapped or ahead[1:] == wanted[1:] or ahead[1:] == wanted or ahead == wanted[1:]
