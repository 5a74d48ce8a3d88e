"""What the app writes into an exported chat by itself: files left out or attached, messages taken back, changed or missed, calls, and lines about the
group. Indonesian and English, Malay and Chinese as in Hong Kong and Taiwan, as Android and iOS say it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    TEXT = "text"
    MEDIA = "media"
    DELETED = "deleted"
    WAITING = "waiting"  # never reached the phone that exported
    CALL = "call"
    SYSTEM = "system"


class Sort(StrEnum):
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    STICKER = "sticker"
    DOCUMENT = "document"
    CONTACT = "contact"
    FILE = "file"  # the app does not say


@dataclass(frozen=True, slots=True)
class Media:
    """A file of a message. `name` is empty where it was left out."""

    sort: Sort
    name: str = ""


class Marks(NamedTuple):
    kind: Kind
    text: str
    media: tuple[Media, ...] = ()
    edited: bool = False


LONGEST = 300  # signs of a line that may be a mark

_SORTS = {
    "gambar": Sort.IMAGE, "foto": Sort.IMAGE, "image": Sort.IMAGE, "photo": Sort.IMAGE, "gif": Sort.IMAGE,
    "video": Sort.VIDEO, "pesan video": Sort.VIDEO, "video note": Sort.VIDEO, "catatan video": Sort.VIDEO,
    "audio": Sort.AUDIO, "pesan suara": Sort.AUDIO, "voice message": Sort.AUDIO,
    "stiker": Sort.STICKER, "sticker": Sort.STICKER, "dokumen": Sort.DOCUMENT, "document": Sort.DOCUMENT,
    "kartu kontak": Sort.CONTACT, "kontak": Sort.CONTACT, "contact card": Sort.CONTACT,
    "imej": Sort.IMAGE, "pelekat": Sort.STICKER, "kad kenalan": Sort.CONTACT,
    "view once photo": Sort.IMAGE, "view once video": Sort.VIDEO, "view once voice message": Sort.AUDIO,
    "foto sekali lihat": Sort.IMAGE, "video sekali lihat": Sort.VIDEO, "pesan suara sekali lihat": Sort.AUDIO,
    "圖片": Sort.IMAGE, "圖像": Sort.IMAGE, "gif 圖片": Sort.IMAGE, "影片": Sort.VIDEO, "音訊": Sort.AUDIO,
    "貼圖": Sort.STICKER, "文件": Sort.DOCUMENT, "聯絡人卡片": Sort.CONTACT,
}  # fmt: skip
_OF_SORT = {
    Sort.IMAGE: "jpg jpeg png gif heic",
    Sort.VIDEO: "mp4 3gp mov mkv",
    Sort.AUDIO: "opus m4a mp3 aac amr ogg wav",
    Sort.DOCUMENT: "pdf doc docx xls xlsx ppt pptx txt csv zip",
    Sort.CONTACT: "vcf",
    Sort.STICKER: "webp",
}
_ENDINGS = {ending: sort for sort, endings in _OF_SORT.items() for ending in endings.split()}
_LEFT_OUT = r"(?:tidak disertakan|dihilangkan|omitted|tidak dimasukkan)"
_LEFT_OUT_IN_CHINESE = r"已被?(?:略去|省略|忽略)"
_UNNAMED = re.compile(
    rf"<(?:media|view once media|media sekali lihat)\s?[^<>]{{0,30}}\s{_LEFT_OUT}>|<media {_LEFT_OUT}>|"
    r"<media disingkirkan>|<(?:已?省略多媒體檔案|忽略多媒體檔)>",
    re.I,
)
_OMITTED = re.compile(
    rf"(?:(?P<name>[^\n]{{1,200}}?\.\w{{2,5}})(?:\s•[^\n]{{0,40}}?)?\s)?<?(?P<sort>{'|'.join(sorted(_SORTS, key=len, reverse=True))})(?: {_LEFT_OUT}|\s?{_LEFT_OUT_IN_CHINESE})>?",
    re.I,
)
_ATTACHED = re.compile(
    r"(?P<name>[^\n]{1,200}\.\w{2,5}) \((?:(?:file|berkas) (?:terlampir|attached)|fail dilampirkan|附件檔案)\)", re.I
)
_TAGGED = re.compile(
    r"(?P<before>[^<\n]{0,200})<(?:attached|terlampir|lampiran|dilampir|附件): (?P<name>[^<>\n]{1,200})>", re.I
)
_EDITED = re.compile(r"\s?<(?:pesan ini diedit|this message was edited)>$", re.I)
_DELETED = re.compile(
    r"(?:pesan ini (?:telah )?dihapus(?: oleh admin[^\n]{0,60})?|anda (?:telah )?menghapus pesan ini|this message was deleted(?: by admin[^\n]{0,60})?|"
    r"you deleted this message|mesej ini telah dipadam|anda telah memadam(?:kan)? mesej ini|此訊息已刪除|[您你]已刪除此訊息)[.。]?",
    re.I,
)
_WAITING = re.compile(r"(?:menunggu pesan ini|waiting for this message)[^\n]{0,80}", re.I)
_CALL = re.compile(
    r"(?:panggilan (?:suara|video)(?: grup)?(?: tak terjawab| tidak dijawab| dibatalkan)?|(?:missed )?(?:voice|video|group voice|group video) call|"
    r"panggilan (?:suara|video) terlepas|未接(?:語音|視像)通話|tidak ada jawaban|no answer)(?:[.,\s][^\n]{0,60})?",
    re.I,
)
_BEGIN_LETTERS = frozenset("pamtywvgnPAMTYWVGN此您你未")  # with which one of the three begins
_EVENT = re.compile(
    r"pesan dan panggilan terenkripsi|messages and calls are end-to-end|pesan yang (?:anda kirim|dikirim)[^\n]{0,60}(?:enkripsi|diamankan)|"
    r"(?:membuat|created) (?:grup|group|this group|komunitas)|\b(?:menambahkan|added|mengeluarkan|removed)\s|\bkeluar$|\bleft$|bergabung menggunakan|joined using|"
    r"mengubah (?:subjek|deskripsi|ikon|nama|setelan|pengaturan)|mengganti (?:subjek|nomor|nama|ikon|deskripsi)|changed (?:the|this|their|to)|kode keamanan|security code|"
    r"(?:menyematkan|pinned) (?:pesan|a message)|pesan sementara|disappearing messages|(?:telah berubah|berganti) (?:menjadi|ke)|"
    r"(?:anda )?(?:memblokir|membuka blokir)|you (?:un)?blocked|(?:sekarang|now) (?:seorang )?(?:menjadi )?(?:an )?admin|"
    r"disulitkan hujung ke hujung|kod keselamatan|端對端加密|建立了(?:此|這個)?群組|新增了|加入了群組|離開了?群組|安全代?碼",
    re.I,
)


def is_event(before_colon: str) -> bool:
    """Whether what stands before a colon is no name but the app speaking: `Siti mengubah subjek dari "Upah: 2026" …`."""
    return ('"' in before_colon or "“" in before_colon or len(before_colon) > 60) and _EVENT.search(before_colon) is not None


def read_marks(text: str, *, by_app: bool) -> Marks:
    """A message's text taken apart from the marks in it. `by_app`: it began with the sign that iOS puts before its own words."""
    edited = False
    met = _EDITED.search(text, max(0, len(text) - 60)) if text.endswith(">") else None
    if met:
        text, edited = text[: met.start()], True
    first, line_end, more = text.partition("\n")
    if len(first) > LONGEST:
        return Marks(Kind.TEXT, text, (), edited)
    media = _media(first, by_app=by_app)
    if media:
        caption = media[1] + (line_end if media[1] else "") + more
        return Marks(Kind.MEDIA, caption.strip(), (media[0],), edited)
    if not line_end and first[:1] in _BEGIN_LETTERS:
        for kind, pattern in ((Kind.DELETED, _DELETED), (Kind.WAITING, _WAITING), (Kind.CALL, _CALL)):
            if pattern.fullmatch(first):
                return Marks(kind, text, (), edited)
    if by_app and _EVENT.search(first):
        return Marks(Kind.SYSTEM, text, (), edited)
    return Marks(Kind.TEXT, text, (), edited)


_ENDS = (">", ")", "disertakan", "dihilangkan", "omitted", "dimasukkan", "略去", "省略", "忽略")


def _media(line: str, *, by_app: bool) -> tuple[Media, str] | None:
    """The file that a line stands for, and the words before it in the same line. "Dokumen tidak dimasukkan" is Malay of the app, and what somebody
    complains of in Indonesian: there the app's sign, or a file's name, must tell."""
    if not line.endswith(_ENDS):
        return None
    if _UNNAMED.fullmatch(line):
        return Media(Sort.FILE), ""
    if (met := _OMITTED.fullmatch(line)) and (by_app or met["name"] or not line.endswith("dimasukkan")):
        return Media(_SORTS[met["sort"].lower()], (met["name"] or "").strip()), ""
    if met := _ATTACHED.fullmatch(line):
        return Media(_sort_of(met["name"]), met["name"]), ""
    if met := _TAGGED.fullmatch(line):
        before = met["before"].strip()
        return Media(_sort_of(met["name"]), met["name"]), "" if "•" in before else before
    return None


def _sort_of(name: str) -> Sort:
    return _ENDINGS.get(name.rpartition(".")[2].lower(), Sort.FILE)
