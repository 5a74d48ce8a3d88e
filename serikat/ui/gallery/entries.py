"""The entries of the gallery, chapter by chapter. The calls are template text: they are run, and printed as they are."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from serikat.ui.components import actions, frame, lists, marks, matter, reading, words
from serikat.ui.gallery import Chapter, Entry, State

ACTIONS = (
    Entry(
        actions.button,
        _("Mengerjakan sesuatu. Satu yang merah di tiap halaman."),
        (
            State(_("utama"), '{% button "Kirim ke redaksi" kind="main" icon="go" %}'),
            State(_("biasa"), '{% button "Simpan" %}'),
            State(_("kecil, tetap 44 px"), '{% button "Ubah" kind="less" icon="edit" %}'),
            State(_("seperti tautan"), '{% button "Batal" kind="plain" type="button" %}'),
            State(_("tak dapat ditarik"), '{% button "Hapus akun ini" kind="danger" icon="trash" %}'),
            State(
                _("belum bisa, dengan sebabnya"), '{% button "Terbitkan" why_not="Tunggu persetujuan satu redaktur lain." %}'
            ),
            State(_("sedang bekerja"), '{% button "Mengirim, 3 dari 9" busy=True %}'),
        ),
    ),
    Entry(
        actions.link_button,
        _("Pergi ke tempat lain; tidak mengubah apa-apa."),
        (
            State(_("utama"), '{% link_button "Tulis naskah baru" "#" kind="main" icon="edit" %}'),
            State(_("biasa"), '{% link_button "Buka berkas" "#" icon="case" %}'),
        ),
    ),
    Entry(
        actions.search_field,
        _("Mencari; alamat hasilnya dapat disimpan dan dibagikan."),
        (
            State(_("kosong"), '{% search_field "/ui/" label="Cari berita" hint="Contoh: pesangon kontrak" %}'),
            State(_("terisi"), '{% search_field "/ui/lagi/" value="pertanggungjawaban" %}'),
        ),
    ),
    Entry(
        actions.copyable,
        _("Kode atau teks pendek untuk disalin."),
        (
            State(_("kode"), '{% copyable "7302 8841 5560 9042" label="Kode akses" %}'),
            State(_("teks untuk SMS"), '{% copyable "LAPOR <spasi> isi laporan Anda" %}'),
        ),
    ),
    Entry(actions.share, _("Membagikan halaman."), (State(_("biasa"), '{% share "https://contoh.test/s/k4r7" "#" %}'),)),
    Entry(
        actions.keep_button,
        _("Menyimpan tulisan di ponsel, untuk dibaca tanpa jaringan."),
        (State(_("biasa; muncul bila peramban mampu"), "{% keep_button %}"),),
    ),
    Entry(
        actions.quick_exit,
        _("Meninggalkan halaman seketika, bagi yang tidak boleh ketahuan."),
        (State(_("biasa"), "{% quick_exit %}"),),
    ),
    Entry(
        actions.sheet,
        _("Bertanya sekali lagi di atas halaman."),
        (
            State(
                _("dengan tombol pembuka"),
                '{% sheet "akhiri" title="Akhiri sesi di ponsel lain?" opener="Akhiri sesi" %}\n'
                "  <p>Ponsel itu keluar sekarang juga. Tulisan yang belum dikirim tetap tersimpan.</p>\n"
                '  <p class="row">{% button "Ya, akhiri" %}'
                '<button class="btn plain" type="button" popovertarget="akhiri" popovertargetaction="hide">Batal</button></p>\n'
                "{% endsheet %}",
            ),
        ),
    ),
)

MARKS = (
    Entry(
        marks.badge,
        _("Keadaan dalam satu dua kata: kata, ikon, baru warna."),
        (
            State(
                _("semua tingkat"),
                '<p class="row">{% badge "kontrak" %} {% badge "menang" "full" %} {% badge "terkirim" "teal" %} '
                '{% badge "3 hari kerja lagi" "amber" %} {% badge "lewat tenggat" "red" %} '
                '{% badge "belum terverifikasi" "amber" icon="alert" unsure=True %}</p>',
            ),
        ),
    ),
    Entry(
        marks.alert,
        _("Pemberitahuan di tempatnya. Yang merah menyebut apa yang dapat dilakukan."),
        (
            State(
                _("keterangan"),
                '{% alert title="Keterangan" %}<p>Naskah ini dilihat orang lain pukul 10.12.</p>{% endalert %}',
            ),
            State(_("berhasil"), '{% alert title="Tersimpan" level="teal" %}<p>Di ponsel ini, 10.42 WIB.</p>{% endalert %}'),
            State(
                _("waktu menipis"),
                '{% alert title="Waktu menipis" level="amber" %}<p>Tenggat Senin, 30 November 2026.</p>{% endalert %}',
            ),
            State(
                _("gagal"),
                '{% alert title="Tidak terkirim" level="red" %}<p>Nomor menolak pesan. Tulisan Anda masih ada. '
                '<a href="#">Coba saluran lain</a></p>{% endalert %}',
            ),
        ),
    ),
    Entry(
        marks.turus,
        _("Satu garis satu hari kerja atau satu langkah. Selalu bersama kata."),
        (
            State(_("tujuh"), "{% turus 7 %} tujuh"),
            State(_("besar"), '{% turus 13 "big" %} tiga belas'),
            State(_("lewat"), '{% turus 1 "late" %} lewat'),
        ),
    ),
    Entry(
        marks.due,
        _("Tenggat dalam hari kerja, dengan hari dan tanggalnya."),
        (
            State(_("lewat"), "{% due -1 deadline_late %}"),
            State(_("hari ini"), "{% due 0 today %}"),
            State(_("dekat"), "{% due 2 deadline %}"),
            State(_("menipis"), "{% due 5 %}"),
            State(_("masih jauh"), "{% due 13 deadline_far %}"),
        ),
    ),
    Entry(marks.chips, _("Menyaring daftar."), (State(_("biasa"), '{% chips filters "Saring menurut jenis" %}'),)),
    Entry(
        marks.person,
        _("Seseorang dalam satu baris; nama samaran bila ancamannya tinggi."),
        (
            State(_("lengkap"), '{% person "Wening Larasati" role="paralegal" note="Cabang Karawang" url="#" %}'),
            State(_("nama samaran"), '{% person "Melati 3" note="nama samaran" %}'),
        ),
    ),
)

LISTS = (
    Entry(
        lists.table,
        _("Tabel yang menjadi kartu di tempat sempit."),
        (
            State(_("dengan jumlah"), '{% table columns rows "Perkara saya" foot=foot %}'),
            State(_("tetap tabel"), '{% table columns rows "Perkara saya, tetap tabel" cards=False %}'),
        ),
    ),
    Entry(
        lists.facts,
        _("Nama dan nilainya."),
        (State(_("kata"), "{% facts pairs %}"), State(_("jumlah"), "{% facts sums sum=True %}")),
    ),
    Entry(
        lists.file_row,
        _("Berkas untuk dibuka atau diunduh."),
        (
            State(
                _("lengkap"),
                '{% file_row "Laporan-pertanggungjawaban-pengurus-2026.pdf" "#" 1420000 kind="PDF" note="2 halaman" %}',
            ),
            State(_("tanpa ukuran"), '{% file_row "slip-gaji.jpg" "#" %}'),
        ),
    ),
    Entry(lists.notices, _("Pemberitahuan kepada seseorang."), (State(_("baru dan lama"), "{% notices notices %}"),)),
    Entry(
        lists.tabs,
        _("Bagian-bagian satu hal, masing-masing dengan alamatnya."),
        (State(_("biasa"), '{% tabs parts "Bagian berkas" %}'),),
    ),
    Entry(lists.trail, _("Jalan kembali ke atas."), (State(_("biasa"), "{% trail way %}"),)),
    Entry(lists.pages, _("Halaman-halaman sebuah daftar."), (State(_("di tengah"), "{% pages page %}"),)),
)

MATTER = (
    Entry(
        matter.timeline,
        _("Dari yang akan datang, lewat “Hari ini”, ke yang sudah."),
        (State(_("biasa"), "{% timeline moments today %}"),),
    ),
    Entry(matter.path, _("Tahap sebuah perkara."), (State(_("di tahap kedua"), '{% path stages 2 "Tahap perkara" %}'),)),
    Entry(matter.steps, _("Langkah sebuah formulir."), (State(_("langkah kedua"), "{% steps 2 5 %}"),)),
    Entry(
        matter.job,
        _("Pekerjaan panjang: apa yang selesai, apa yang tersisa."),
        (
            State(_("berjalan"), '{% job "Mengirim kabar ke 412 anggota" 318 412 note="Kira-kira 2 menit." id="job-a" %}'),
            State(_("dijeda"), '{% job "Mengimpor arsip" 40 107 state="paused" id="job-b" %}'),
            State(_("gagal"), '{% job "Mengimpor arsip" 40 107 state="failed" note="Cakram penuh." id="job-c" %}'),
            State(_("selesai"), '{% job "Mengimpor arsip" 107 107 state="done" id="job-d" %}'),
        ),
    ),
    Entry(
        matter.ranking,
        _("Peringkat: tabel dengan batang di samping angkanya."),
        (State(_("biasa"), '{% ranking ranked "Tag yang paling banyak dibaca" "Tag" "Dibaca" %}'),),
    ),
    Entry(
        matter.bar_chart,
        _("Batang, dengan tabelnya di bawah."),
        (State(_("biasa"), '{% bar_chart bars "Laporan per bulan, Juni sampai November 2026" "Laporan" "laporan" %}'),),
    ),
)

READING = (
    Entry(
        reading.story,
        _("Sebuah berita dalam daftar."),
        (
            State(
                _("utama"),
                '{% story "Gerbang ditutup pukul enam, 412 penjahit menunggu haknya di trotoar" "#" kind="lead" rubric="PHK" '
                'rubric_url="#" say="Pengumuman ditempel di pagar sebelum sif pagi. Kini pekerja menghitung sendiri hak mereka, '
                'pasal demi pasal." meta="Ratri Pamungkas, Karawang · 9 menit baca" picture=picture %}',
            ),
            State(
                _("dengan gambar kecil"),
                '{% story "Gaji sebelas bulan tertahan, awak kapal pulang dengan surat pernyataan" "#" kind="side" '
                'rubric="Buruh migran" meta="22 November, 10.40 WIB" picture=picture %}',
            ),
            State(
                _("dengan gambar di atas"),
                '{% story "Koperasi benih dari uang klaim bersama" "#" kind="top" rubric="Desa &amp; koperasi" picture=picture %}',
            ),
            State(
                _("polos, kata panjang"),
                '{% story "Ketidakseimbangan pertanggungjawaban ketenagakerjaan" "#" rubric="Upah" meta="21 November" %}',
            ),
        ),
    ),
    Entry(
        reading.section,
        _("Bagian halaman di bawah garis tebal."),
        (
            State(
                _("dengan tautan"),
                '{% section "Terbaru" "contoh-terbaru" more_url="#" more="Semua berita" %}<p>Isi bagian ini.</p>{% endsection %}',
            ),
            State(
                _("dengan keterangan"),
                '{% section "Hitung hak Anda" "contoh-hitung" note="Tidak ada yang disimpan" %}<p>Isi.</p>{% endsection %}',
            ),
        ),
    ),
    Entry(
        reading.law,
        _("Aturan dalam kata sehari-hari, pasalnya satu ketukan jauhnya."),
        (
            State(
                _("biasa"),
                '{% law "Apa kata aturan?" "contoh-aturan" article="PP 35/2021, Pasal 43 ayat (2)" '
                'text="Berlaku sejak 2 Februari 2021. Ditinjau 14 November 2026." %}\n'
                "  <p>Bila perusahaan mengurangi pekerja untuk mencegah kerugian, pekerja berhak atas "
                "<b>uang pesangon satu kali ketentuan</b>.</p>\n{% endlaw %}",
            ),
        ),
    ),
    Entry(
        reading.fold,
        _("Yang satu ketukan jauhnya."),
        (
            State(
                _("tertutup"),
                '{% fold "Apa itu bipartit?" %}<p>Perundingan langsung antara pekerja dan pengusaha.</p>{% endfold %}',
            ),
            State(
                _("terbuka"),
                '{% fold "Siapa yang membaca isian saya?" open=True %}<p>Operator jaga dan satu paralegal.</p>{% endfold %}',
            ),
        ),
    ),
    Entry(
        reading.pull,
        _("Kata-kata yang patut dihentikan sejenak."),
        (
            State(
                _("biasa"),
                '{% pull by="Mbak Tun, penjahit kerah" %}“Kami tidak minta dikasihani. Kami minta yang tertulis.”{% endpull %}',
            ),
        ),
    ),
    Entry(
        reading.empty,
        _("Belum ada apa-apa: sebabnya, dan apa yang dapat dilakukan."),
        (
            State(
                _("dengan tombol"),
                '{% empty "Semua pesan sudah dijawab" %}<p>Pesan baru muncul di sini.</p>'
                '{% link_button "Lihat yang sudah ditutup" "#" kind="less" %}{% endempty %}',
            ),
            State(
                _("pencarian tanpa hasil"),
                '{% empty "Tidak ada berita dengan kata itu" icon="search" %}<p>Coba kata yang lebih pendek.</p>{% endempty %}',
            ),
        ),
    ),
)

WORDS = (
    Entry(words.day, _("Hari dan tanggal."), (State("", "{{ today|day }}"),)),
    Entry(words.date_only, _("Tanggal saja."), (State("", "{{ today|date_only }}"),)),
    Entry(words.day_short, _("Pendek, hanya di dalam daftar."), (State("", "{{ today|day_short }}"),)),
    Entry(words.clock, _("Jam dengan zonanya."), (State("", "{{ at|clock }}"),)),
    Entry(words.moment, _("Hari, tanggal, jam."), (State("", "{{ at|moment }}"),)),
    Entry(words.near, _("Dekat hari ini tanpa tanggal; untuk daftar kerja."), (State("", "{{ at|near }}"),)),
    Entry(words.distance, _("Jaraknya dari hari ini, dalam hari kalender."), (State("", "{{ today|distance }}"),)),
    Entry(words.rupiah, _("Uang."), (State("", "{{ 12345678|rupiah }}"),)),
    Entry(words.number, _("Bilangan."), (State("", "{{ 12345678|number }}"),)),
    Entry(words.size, _("Berat berkas."), (State("", "{{ 1420000|size }}"),)),
    Entry(words.when, _("Waktu yang juga dibaca mesin."), (State("", '{% when at %} · {% when today "day_short" %}'),)),
    Entry(
        frame.icon,
        _("Ikon; di samping kata tanpa label, sendirian dengan label."),
        (State("", '{% icon "home" %}'), State(_("sendirian"), '{% icon "shield" "Dilindungi" %}')),
    ),
)

CHAPTERS = [
    Chapter("tindakan", _("Tindakan"), ACTIONS),
    Chapter("tanda", _("Tanda"), MARKS),
    Chapter("perkara", _("Perkara dalam waktu"), MATTER),
    Chapter("daftar", _("Daftar"), LISTS),
    Chapter("bacaan", _("Bacaan"), READING),
    Chapter("kata", _("Waktu, uang, ikon"), WORDS, compact=True),
]
