"""What a word looks like to the chains: the lists it stands in, its shape, what the rules made of it, and all this of the words around it."""

from __future__ import annotations

from collections.abc import Iterable

from .combinations import told
from .firmwords import BRANCHES, COUNTED, ENDINGS, SECTIONS, SHIPS, SIGNS, TRADES
from .marks import Kind, Mark
from .placewords import AFTER, BESIDE, BUILT, HOUSES, PARTS, SIDES, STREETS, VILLAGE_WORDS, VILLAGES
from .titles import TITLES
from .tokens import Page, Token
from .words import set_of

AROUND = 3  # words on each side
NEAR = 2  # words on each side of which the word itself counts
FAR = 9  # words back to the last that opened an address or a job

HOME = set_of(
    "tinggal tingga tinggai rumah rmh omah omahku griyo griya imah umah alamat alamatnya almt kos kost ngekos ngekost mess domisili asal dari dr"
    " kontrakan kontrak ngontrak nginap nginep tidur dorm asrama lokasi kantor kampung warga orang numpang temui ketemu"
)
WORK = set_of(
    "kerja krj kerjo karajo kerjaan bekerja damel gawe begawi karja makaryo magang karyawan buruh satpam sopir supir kurir admin kasir guru perawat staf"
    " staff agen agensi agency majikan bos boss vendor penyalur pt perusahaan pabrik kapal toko ngajar mengajar jaga operator helper"
)
_CUES = {
    "village": VILLAGES, "street": STREETS, "house": HOUSES, "part": PARTS, "after": AFTER, "villageword": VILLAGE_WORDS, "side": SIDES,
    "built": BUILT, "beside": BESIDE, "sign": SIGNS, "ship": SHIPS, "trade": TRADES, "ending": ENDINGS, "section": SECTIONS,
    "branch": BRANCHES, "counted": COUNTED, "title": TITLES, "home": HOME, "work": WORK,
}  # fmt: skip
WIDE = 12  # words on each side in which the signs of a clause are looked for
_LISTS = ("names", "sure_names", "stop", "plain", "firm", "roles", "wares", "english")
WHERE = frozenset({Kind.PLACE, Kind.ADDRESS, Kind.WORKPLACE})


def looks(page: Page, marks: Iterable[Mark]) -> list[list[str]]:
    """For each word its signs. `marks` are what the rules found; the training leaves some out, so that the chains do not lean on them."""
    tokens = page.tokens
    own = [_classes(page, token) for token in tokens]
    ruled = _ruled(tokens, marks)
    opened = _opened(tokens)
    many = len(tokens)
    found: list[list[str]] = []
    for i, token in enumerate(tokens):
        signs = ["any", f"opened {opened[i]}", f"quiet {page.quiet} {token.cap}"]
        for d in range(-AROUND, AROUND + 1):
            j = i + d
            if not 0 <= j < many:
                signs.append(f"{d} edge")
                continue
            signs.append(f"{d} ruled {ruled[j]}")
            signs += [f"{d} {name}" for name in own[j]]
            if abs(d) <= NEAR:
                signs.append(f"{d} = {tokens[j].low}")
        for d, other in ((1, own[i + 1] if i + 1 < many else ()), (-1, own[i - 1] if i else ())):
            signs += [f"{d} {theirs} by {mine}" for mine in own[i] for theirs in other]
        if token.word:
            signs += [f"begins {token.low[:3]}", f"ends {token.low[-3:]}"]
        found.append(signs)
    return found


def _classes(page: Page, token: Token) -> list[str]:
    lexicon, low = page.lexicon, token.low
    found = [name for name, words in _CUES.items() if low in words]
    found += [name for name in _LISTS if low in getattr(lexicon, name)]
    if token.word and not (found or token.tag or lexicon.is_word(low)):
        found.append("unknown")
    if token.tag:
        found.append(token.tag)
    if token.number:
        found.append(f"number {min(len(token.text), 5)}")
    if token.sign:
        found.append(token.text)
    if token.cap:
        found.append("capital")
    if token.text.isupper() and not page.quiet:
        found.append("capitals")
    if token.first:
        found.append("first")
    if token.word and len(token.text) == 1:
        found.append("letter")
    return found


def _ruled(tokens: list[Token], marks: Iterable[Mark]) -> list[str]:
    """What the rules say of each word: "-", or first and further words of what kind."""
    found = ["-"] * len(tokens)
    spans = sorted((m for m in marks if m.kind is not Kind.COMBINATION), key=lambda m: m.start)
    i = 0
    for mark in spans:
        while i < len(tokens) and tokens[i].end <= mark.start:
            i += 1
        name = f"where {mark.kind}" if mark.kind in WHERE else "name" if mark.kind is Kind.NAME else "number"
        k = i
        while k < len(tokens) and tokens[k].start < mark.end:
            found[k] = f"{name} {'first' if k == i else 'on'}"
            k += 1
    return found


def _opened(tokens: list[Token]) -> list[str]:
    """For each word, what the last word that opens an address or a job was, and about how far back it stands."""
    found: list[str] = []
    last, at = "-", -FAR
    for i, token in enumerate(tokens):
        back = i - at
        found.append(f"{last} {'near' if back <= FAR // 3 else 'far'}" if back <= FAR else "-")
        if token.low in HOME:
            last, at = "home", i
        elif token.low in WORK:
            last, at = "work", i
    return found


def clause_looks(page: Page, signs: list[list[str]], clauses: Iterable[Mark]) -> list[list[str]]:
    """The signs once more, with what tells that a clause fits one person only: what stands in the same sentence before and behind."""
    tokens, told_of = page.tokens, told(page)
    covered = bytearray(len(page.text))
    for mark in clauses:
        covered[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    ruled = [bool(covered[token.start]) for token in tokens]
    for i, token in enumerate(tokens):
        if token.low in page.lexicon.roles:
            told_of[i].add("job")
    found: list[list[str]] = []
    for i, own in enumerate(signs):
        more = [f"clause {ruled[i]}"]
        if i and ruled[i] != ruled[i - 1]:
            more.append("clause turns")
        more += [f"told {name}" for name in sorted(told_of[i])]
        for side, nearby in (
            ("before", range(i - 1, max(-1, i - WIDE - 1), -1)),
            ("behind", range(i + 1, min(len(tokens), i + WIDE + 1))),
        ):
            seen: set[str] = set()
            for j in nearby:
                if tokens[j].tag == "stop" or (side == "before" and tokens[j + 1].first):
                    break
                far = "near" if abs(j - i) <= AROUND else "far"
                for name in sorted(told_of[j] - seen):
                    seen.add(name)
                    more.append(f"{side} {far} {name}")
            more.append(f"{side} {len(seen)}")
        found.append(own + more)
    return found
