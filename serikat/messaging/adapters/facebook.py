"""A page on Facebook by Meta's Graph API: a post with a link (/{page}/feed) or with one picture (/{page}/photos, whose `alt_text_custom` says what it
shows; developers.facebook.com/docs/graph-api/reference/page/photos)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from serikat.messaging.adapters import Adapter, Health, Limits, Outcome, Parcel, Scheme, Setting, Sort, adapter
from serikat.messaging.adapters.calling import Caller, ask, deliver, words_at
from serikat.messaging.adapters.graph import named, refusal


@adapter
class Facebook(Adapter):
    kind = "facebook"
    name = _("Halaman Facebook")
    about = _("Berita tampil di halaman Facebook organisasi, dengan gambar sampulnya.")
    needs = _(
        "Halaman yang Anda kelola. Di developers.facebook.com: buat aplikasi, minta izin pages_manage_posts, lalu ambil token halaman yang tidak berakhir. Gratis; Meta meninjau aplikasinya lebih dulu."
    )
    scheme = Scheme.WALL
    limits = Limits(longest=5000, files=True, pictures=True, largest_file=4_000_000, a_second=0.05)
    settings = (
        Setting("page_id", _("ID halaman")),
        Setting("token", _("Token halaman"), _("Page access token di Meta, dengan izin pages_manage_posts."), secret=True),
        Setting("base", _("Alamat penyedia"), kind="url", initial="https://graph.facebook.com/v23.0"),
    )

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self._graph = Caller(values.get("base", ""), {"authorization": f"Bearer {values.get('token', '')}"})

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        return deliver(parcels, self._send)

    def _send(self, parcel: Parcel) -> Outcome:
        page = f"/{self.values.get('page_id', '')}"
        picture = parcel.picture or next((f for f in parcel.files if f.mime.startswith("image/")), None)
        if picture is not None:
            text = f"{parcel.text}\n{parcel.link}" if parcel.link and parcel.link not in parcel.text else parcel.text
            parts: list[tuple[str, str | tuple[str, bytes, str]]] = [
                ("caption", text),
                ("source", (picture.name, picture.content, picture.mime)),
            ]
            if picture.alt:
                parts.append(("alt_text_custom", picture.alt))
            answer = self._graph.call("POST", f"{page}/photos", parts=parts, patience=60)
        else:
            form = {"message": parcel.text} | ({"link": parcel.link} if parcel.link else {})
            answer = self._graph.call("POST", f"{page}/feed", form=form)
        told = answer.json()
        found = words_at(told, "post_id") or words_at(told, "id")
        if answer.status != 200 or not found:
            raise refusal(answer, self.values.get("token", ""))
        return Outcome(Sort.SENT, found[:200], f"https://www.facebook.com/{found}"[:500])

    def check(self) -> Health:
        return ask(self._question)

    def _question(self) -> str:
        answer = self._graph.call("GET", f"/{self.values.get('page_id', '')}", query={"fields": "name"}, patience=8)
        return f"Facebook knows the page {named(answer, 'name')}."

    def close(self) -> None:
        self._graph.close()
