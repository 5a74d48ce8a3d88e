"""The demo organisation on paper: units, rubrics, and who works there. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass

from serikat.kernel.access import Role
from serikat.units.models import Kind

NAME = "Perserikatan Buruh Muara"
TAGLINE = "Kabar, hak, dan bantuan bagi pekerja"
IMPRINT = "Diterbitkan oleh Perserikatan Buruh Muara, sebuah organisasi peragaan. Isi boleh dikutip dengan menyebut sumber."
HOURS = "Kantor buka Senin sampai Jumat, 09.00–17.00 WIB."
TAGLINE_EN = "News, rights and help for workers"
IMPRINT_EN = "Published by Perserikatan Buruh Muara, a made-up organisation. You may quote from it if you name the source."
HOURS_EN = "The office is open Monday to Friday, 09:00–17:00 WIB."
PASSWORD = "peragaan-muara"  # noqa: S105 — printed at each start; the demo holds nobody's data

# code, parent, kind, name, region
UNITS = [
    ("karawang", "pusat", Kind.BRANCH, "Cabang Karawang", "32.15"),
    ("bekasi", "pusat", Kind.BRANCH, "Cabang Bekasi", "32.16"),
    ("basis-rajut", "karawang", Kind.FACTORY, "Basis Kencana Rajut", "32.15"),
    ("indramayu", "pusat", Kind.BRANCH, "Cabang Indramayu", "32.12"),
    ("tanjungsari", "indramayu", Kind.VILLAGE, "Desa Tanjungsari", "32.12"),
    ("hongkong", "pusat", Kind.OVERSEAS, "Perwakilan Hong Kong", ""),
]
RUBRICS = [
    ("upah", "Upah", "Wages"),
    ("phk", "PHK", "Dismissals"),
    ("buruh-migran", "Buruh migran", "Migrant workers"),
    ("k3", "K3", "Health & safety"),
    ("perempuan", "Perempuan", "Women"),
    ("organisasi", "Organisasi", "Organising"),
    ("desa-koperasi", "Desa & koperasi", "Villages & co-ops"),
    ("tanya-jawab", "Tanya jawab", "Questions answered"),
]
TAGS_EN = {"upah": "wages", "denda": "penalties", "panduan": "guide", "hong kong": "Hong Kong"}


@dataclass(frozen=True, slots=True)
class DemoUser:
    username: str
    name: str
    mandates: tuple[tuple[Role, str], ...]


USERS = [
    DemoUser("admin", "Tirta Wibawa", ((Role.ADMINISTRATOR, "pusat"),)),
    DemoUser("ketua", "Suryani Lestari", ((Role.CHAIR, "pusat"),)),
    DemoUser("redaktur", "Laras Widuri", ((Role.EDITOR, "pusat"),)),
    DemoUser("redaktur2", "Galih Sasmita", ((Role.EDITOR, "pusat"), (Role.MODERATOR, "pusat"))),
    DemoUser("karawang", "Jati Pamenang", ((Role.EDITOR, "karawang"),)),
    DemoUser("penulis", "Arum Kinanti", ((Role.CONTRIBUTOR, "basis-rajut"),)),
    DemoUser("sekretaris", "Ningrum Asih", ((Role.SECRETARY, "indramayu"),)),
    DemoUser("operator", "Ratih Kusumawati", ((Role.OPERATOR, "pusat"),)),
    DemoUser("paralegal", "Wahyu Segara", ((Role.PARALEGAL, "pusat"),)),
    DemoUser("advokat", "Damar Wicaksana", ((Role.ADVOCATE, "pusat"),)),
    DemoUser("data", "Sekar Tanjung", ((Role.DATA_OFFICER, "pusat"),)),
    DemoUser("pengawas", "Bayu Permadi", ((Role.SUPERVISOR, "pusat"),)),
]
