"""A small extract of the reference data, loaded by the same service as the whole."""

from __future__ import annotations

import lzma

import pytest

EXTRACT = """\
32\tJawa Barat
32.16\tKabupaten Bekasi
32.16.08\tTambelang
32.16.08.2003\tSukamaju
32.16.08.2004\tSukamantri
32.75\tKota Bekasi
32.75.01\tBekasi Timur
32.75.01.1001\tMargahayu
32.76\tKota Depok
32.76.05\tCilodong
32.76.05.1001\tSukamaju
13\tSumatera Barat
13.12\tKabupaten Pasaman Barat
13.12.01\tSungai Beremas
13.12.01.2001\tNagari Air Bangis
35\tJawa Timur
35.29\tKabupaten Sumenep
35.29.20\tRa'as
35.29.20.2001\tDesa Baru
64\tKalimantan Timur
94\tPapua Tengah
"""


@pytest.fixture
def extract_file(tmp_path):
    file = tmp_path / "regions.tsv.xz"
    file.write_bytes(lzma.compress("\n".join(sorted(EXTRACT.splitlines())).encode()))
    return file


@pytest.fixture
def places(db, extract_file):
    from serikat.places.services import load_places  # reason: read before Django is set up

    return load_places(file=extract_file)
