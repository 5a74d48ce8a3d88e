"""From a phone's picture to the page in three taps, the one in the phone's own gallery counted: as the cover, and in the body."""

from __future__ import annotations

from playwright.sync_api import expect

from serikat.newsroom.models import Picture
from serikat.newsroom.tests import builders
from tests.journeys.browser import assert_accessible, assert_fits, save_in_editor, shot
from tests.journeys.test_cms_words import editors, sign_in  # noqa: F401 fixtures


def photo(name, content=None):
    return {"name": name, "mimeType": "image/jpeg", "buffer": content or builders.image_file(900, 500 + len(name)).read()}


class Taps:
    """What a thumb does, counted."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def on(self, target):
        self.count += 1
        target.click()

    def pick(self, file):
        """The sheet's one button, then a picture in the phone's gallery."""
        button = self.page.locator(".modal.in").get_by_text("Ambil atau pilih foto")
        button.wait_for()
        with self.page.expect_file_chooser() as gallery:
            self.on(button)
        gallery.value.set_files([file])
        self.count += 1


def test_a_cover_and_a_picture_in_the_body_stand_after_three_taps(sign_in, editors):  # noqa: F811
    editors.cover = None
    editors.save_revision()
    page = sign_in("jati", 360)
    page.goto(f"/cms/pages/{editors.pk}/edit/")
    taps, cover = Taps(page), page.locator("#id_cover-chooser")
    cover.scroll_into_view_if_needed()
    taps.on(cover.get_by_role("button", name="Pilih gambar"))
    page.wait_for_timeout(300)
    shot(page, "foto-dari-hp")
    assert_fits(page)
    taps.pick(photo("gerbang pagi.jpg"))
    expect(cover.get_by_text("gerbang pagi")).to_be_visible()
    assert taps.count == 3
    expect(page.locator("#id_cover_alt")).to_be_focused()  # what can be seen is asked in place
    page.keyboard.type("Gerbang yang terbuka")

    taps = Taps(page)
    page.get_by_role("button", name="Sisipkan bagian").last.scroll_into_view_if_needed()
    page.get_by_role("button", name="Sisipkan bagian").last.click()  # where in the text it goes
    taps.on(page.get_by_role("option", name="Gambar", exact=True))
    taps.pick(photo("rusak.jpg", b"bukan gambar"))
    expect(page.locator(".modal.in").get_by_text("Jenis berkas ini tidak diterima.", exact=False)).to_be_visible()
    taps = Taps(page)
    taps.count = 1  # the part was chosen
    taps.pick(photo("rapat.jpg"))
    part = page.locator("[data-streamfield-child]").filter(has_text="rapat").last
    expect(part.get_by_text("rapat", exact=True)).to_be_visible()
    assert taps.count == 3
    expect(part.get_by_role("textbox", name="Teks pengganti")).to_be_focused()
    save_in_editor(page)
    editors.refresh_from_db()
    newest = editors.get_latest_revision_as_object()
    assert (newest.cover.title, newest.cover_alt) == ("gerbang pagi", "Gerbang yang terbuka")
    assert Picture.objects.filter(title="rapat").exists()


def test_the_editor_can_be_used_on_a_phone(sign_in, editors):  # noqa: F811
    page = sign_in("jati", 360)
    page.goto(f"/cms/pages/{editors.pk}/edit/")
    page.wait_for_timeout(500)
    shot(page, "menyunting-di-hp")
    assert_fits(page)
    assert_accessible(page, looks=[(360, "light")])
