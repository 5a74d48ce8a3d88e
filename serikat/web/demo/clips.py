"""The demo's clips: a film of cut pictures with words above them, and a minute-sign of tones, both made on the spot by ffmpeg. Nobody speaks in them."""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from serikat.web.demo import cukil

SERIES = (
    "Kabar setengah menit",
    "Klip pendek untuk papan pengumuman dan grup percakapan. Seri ini karangan, seperti semua isi peragaan.",
)
SERIES_PICTURE = "phone"
WIDTH, HEIGHT = 640, 360
BAND = 96  # pixels above the picture, where the words stand: a player lays its buttons over the lower edge
EACH = 4  # seconds
PAUSE = 2  # a second's fraction of silence between tones: 1/PAUSE
CREDIT = "Pusat Media Muara"


@dataclass(frozen=True, slots=True)
class DemoClip:
    """`slides` are a scene of `cukil` and the words above it; without slides it is sound alone, of these tones (hertz)."""

    title: str
    about: str
    tones: tuple[int, ...]
    slides: tuple[tuple[str, str], ...] = ()
    transcript: str = ""

    @property
    def captions(self) -> str:
        """As an editor types them."""
        return "\n".join(f"0:{n * EACH:02} 0:{(n + 1) * EACH:02} {words}" for n, (_scene, words) in enumerate(self.slides))


CLIPS = (
    DemoClip(
        title="Nada pembuka siaran",
        about="Enam nada sebelum siaran dimulai. Rekaman ini dibuat komputer untuk peragaan: tidak ada yang berbicara.",
        tones=(392, 440, 523, 440, 523, 659),
        transcript="[Enam nada naik, tanpa suara orang.]",
    ),
    DemoClip(
        title="Hari pertama sesudah PHK, lima hal untuk dicatat",
        about="Ringkasan dari berita kami dengan judul yang hampir sama. Tanpa pembaca: kata-katanya ada di gambar dan di takarir, "
        "suaranya hanya nada.",
        tones=(330, 330, 330, 330, 392),
        slides=(
            ("clock", "Kapan dan dari siapa Anda pertama kali mendengar kabar itu."),
            ("notebook", "Bunyi suratnya, kata demi kata. Foto kedua sisinya."),
            ("gate", "Siapa yang hadir, dan siapa yang melihat."),
            ("payslip", "Upah pokok, tunjangan tetap, dan potongan terakhir."),
            ("court", "Jangan buru-buru menandatangani. Bawa pulang, baca bersama."),
        ),
    ),
)


def make(clip: DemoClip, folder: Path) -> tuple[str, bytes]:
    """The name and the bytes of a clip as somebody would upload it. Raises OSError or CalledProcessError where ffmpeg cannot."""
    out = folder / ("klip.mp4" if clip.slides else "klip.m4a")
    tones = "+".join(
        f"0.2*sin(2*PI*{hertz}*t)*between(t,{n * EACH},{n * EACH + 1 / PAUSE})" for n, hertz in enumerate(clip.tones)
    )
    length = EACH * len(clip.tones)
    command = ["ffmpeg", "-nostdin", "-y", "-loglevel", "error"]
    for number, (scene, words) in enumerate(clip.slides):
        picture = folder / f"{number}.png"
        picture.write_bytes(slide(scene, words))
        command += ["-loop", "1", "-framerate", "5", "-t", str(EACH), "-i", str(picture)]
    command += ["-f", "lavfi", "-i", f"aevalsrc={tones.replace(',', chr(92) + ',')}:d={length}:s=22050"]
    if clip.slides:
        count = len(clip.slides)
        joined = "".join(f"[{n}:v]" for n in range(count)) + f"concat=n={count}:v=1[v]"
        command += ["-filter_complex", joined, "-map", "[v]", "-map", f"{count}:a", "-c:v", "libx264", "-pix_fmt", "yuv420p"]
    command += ["-c:a", "aac", "-b:a", "48k", str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 our own words alone
    return out.name, out.read_bytes()


def slide(scene: str, words: str) -> bytes:
    """A picture of the demo with words in a band above it."""
    image = Image.new("RGB", (WIDTH, HEIGHT), cukil.INK)
    drawn = Image.open(io.BytesIO(cukil.draw(scene)))
    height = HEIGHT - BAND
    across = drawn.resize((WIDTH, drawn.height * WIDTH // drawn.width), Image.Resampling.LANCZOS)
    top = (across.height - height) // 2
    image.paste(across.crop((0, top, WIDTH, top + height)), (0, BAND))
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(24)
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= WIDTH - 48:
            lines[-1] = longer
        else:
            lines.append(word)
    pen.multiline_text((24, BAND / 2), "\n".join(lines), fill=cukil.PAPER, font=font, anchor="lm", spacing=8)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def cover() -> bytes:
    """The square picture of the series."""
    return cukil.draw(SERIES_PICTURE)
