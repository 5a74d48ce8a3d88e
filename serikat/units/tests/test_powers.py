"""The table of who may do what: true in the documentation, in words at the desk."""

from __future__ import annotations

from serikat.units.management.commands.write_permissions import PAGE, current_page
from serikat.units.selectors import table_of_powers


def test_the_documented_table_is_what_the_rooms_register():
    assert PAGE.read_text("utf-8") == current_page(), "Run `serikat write_permissions`."


def test_the_table_at_the_desk_names_the_powers_of_each_role():
    table = {row.who: dict(row.powers) for row in table_of_powers()}
    assert table["sekretaris"]["menyusun surat keputusan"] is False
    assert "mengesahkan surat keputusan" not in table["sekretaris"]
    assert table["ketua"]["menyetujui usul pengangkatan dari orang lain"] is True
