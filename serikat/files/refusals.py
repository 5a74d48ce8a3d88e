"""How a file is refused: each sentence says what is wrong and what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from serikat.kernel.errors import Refused


class FileRefused(Refused):
    message = _("Berkas ini tidak dapat diterima.")
    code = "file_refused"


class EmptyFile(FileRefused):
    message = _("Berkas ini kosong. Pilih lagi berkasnya.")


class TooLarge(FileRefused):
    message = _("Berkas ini terlalu besar.")
    http_status = 413


class UnknownType(FileRefused):
    message = _("Jenis berkas ini tidak diterima. Kirim foto, PDF, dokumen, tabel, rekaman suara atau video.")


class NoVector(FileRefused):
    message = _("Gambar SVG tidak diterima karena dapat berisi program. Simpan sebagai PNG atau JPG, lalu kirim lagi.")


class NoHeic(FileRefused):
    message = _("Foto HEIC belum dapat dibaca di sini. Simpan sebagai JPG, lalu kirim lagi.")


class BrokenFile(FileRefused):
    message = _("Berkas ini tidak utuh atau rusak. Mungkin pengirimannya terputus: coba kirim lagi.")


class TooManyPixels(FileRefused):
    message = _("Ukuran gambar ini terlalu besar untuk dibuka. Perkecil dahulu, lalu kirim lagi.")


class HidesSomething(FileRefused):
    message = _(
        "Berkas ini berisi hal tersembunyi yang dapat membahayakan pembacanya. Simpan ulang tanpa makro atau program, lalu kirim lagi."
    )


class Swollen(FileRefused):
    message = _("Isi berkas ini jauh lebih besar daripada ukurannya, seperti bom arsip. Berkas ditolak.")
