"""Linocut-like pictures for the demo, drawn on the spot: four inks, bold shapes, carved lines. No photograph, no face."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1280, 800
PAPER, INK, GREY, RED = (234, 223, 201), (27, 23, 18), (141, 127, 105), (184, 54, 42)
Point = tuple[float, float]
Ink = tuple[int, int, int]


class Block:
    """A block of lino, drawn twice as large and pulled down, so that edges are soft."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)  # noqa: S311 — a drawing, no secret
        self.image = Image.new("RGB", (WIDTH * 2, HEIGHT * 2), PAPER)
        self.pen = ImageDraw.Draw(self.image)

    def shape(self, ink: Ink, *points: Point) -> None:
        """A filled shape whose corners wobble a little, as a knife does."""
        wobble = [(x * 2 + self.chance.uniform(-5, 5), y * 2 + self.chance.uniform(-5, 5)) for x, y in points]
        self.pen.polygon(wobble, fill=ink)

    def box(self, ink: Ink, x: float, y: float, w: float, h: float) -> None:
        self.shape(ink, (x, y), (x + w, y), (x + w, y + h), (x, y + h))

    def disc(self, ink: Ink, x: float, y: float, r: float) -> None:
        self.pen.ellipse([(x - r) * 2, (y - r) * 2, (x + r) * 2, (y + r) * 2], fill=ink)

    def line(self, ink: Ink, width: float, *points: Point) -> None:
        self.pen.line([(x * 2, y * 2) for x, y in points], fill=ink, width=int(width * 2), joint="curve")

    def carve(
        self, ink: Ink, x: float, y: float, w: float, h: float, *, step: float = 18, width: float = 4, slope: float = 0
    ) -> None:
        """Rows of short strokes, uneven in length: how an even tone is cut."""
        row = y
        while row < y + h:
            at = x + self.chance.uniform(0, 40)
            while at < x + w:
                length = self.chance.uniform(40, 150)
                end = min(at + length, x + w)
                self.line(ink, width * self.chance.uniform(0.5, 1.1), (at, row), (end, row + slope * (end - at)))
                at = end + self.chance.uniform(14, 60)
            row += step

    def person(self, x: float, y: float, size: float, ink: Ink = INK, *, arm: bool = False) -> None:
        """A standing figure from behind; (x, y) is between the feet."""
        self.disc(ink, x, y - size * 0.88, size * 0.12)
        self.shape(
            ink,
            (x - size * 0.2, y - size * 0.7),
            (x + size * 0.2, y - size * 0.7),
            (x + size * 0.17, y - size * 0.3),
            (x + size * 0.13, y),
            (x - size * 0.13, y),
            (x - size * 0.17, y - size * 0.3),
        )
        if arm:
            self.line(ink, size * 0.09, (x + size * 0.16, y - size * 0.64), (x + size * 0.34, y - size * 1.08))

    def jpeg(self) -> bytes:
        out = io.BytesIO()
        self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(out, "JPEG", quality=88)
        return out.getvalue()


def _sky(b: Block, ink: Ink = GREY, height: float = 420) -> None:
    b.carve(ink, 0, 30, WIDTH, height - 30, step=34, width=4)


def _ground(b: Block, top: float, ink: Ink = INK) -> None:
    b.box(ink, -20, top, WIDTH + 40, HEIGHT)
    b.carve(GREY if ink == INK else PAPER, 0, top + 26, WIDTH, HEIGHT - top, step=30, width=3, slope=0.02)


def _crowd(b: Block, xs: Sequence[float], y: float, size: float) -> None:
    for i, x in enumerate(xs):
        b.person(x, y + b.chance.uniform(-12, 18), size * b.chance.uniform(0.9, 1.1), arm=i % 3 == 1)


def gate(b: Block) -> None:
    _sky(b)
    b.box(INK, 60, 150, 1160, 60)
    for x in range(90, 1220, 62):
        b.box(INK, x, 190, 16, 420)
    b.box(GREY, 540, 280, 200, 150)
    b.carve(PAPER, 560, 310, 160, 110, step=26, width=5)
    _ground(b, 610, GREY)
    b.shape(RED, (180, 470), (1090, 440), (1096, 560), (186, 590))
    b.carve(PAPER, 240, 500, 800, 60, step=30, width=9, slope=-0.03)
    _crowd(b, [110, 230, 380, 520, 690, 840, 980, 1150], 800, 330)


def notebook(b: Block) -> None:
    b.carve(GREY, 0, 20, WIDTH, 780, step=30, width=3, slope=0.08)
    b.shape(INK, (150, 170), (640, 120), (1130, 170), (1150, 700), (640, 650), (130, 700))
    b.shape(PAPER, (180, 200), (630, 152), (630, 620), (165, 668))
    b.shape(PAPER, (650, 152), (1100, 200), (1115, 668), (650, 620))
    for row in range(4):
        y = 260 + row * 90
        for i in range(4):
            b.line(INK, 12, (230 + i * 34, y), (226 + i * 34, y + 54))
        b.line(RED, 12, (212, y + 48), (356, y + 4))
        b.line(INK, 6, (420, y + 26), (590, y + 12))
        b.line(INK, 6, (700, y + 10), (1050, y + 44))
    b.line(INK, 26, (820, 700), (1190, 330))
    b.line(RED, 26, (1190, 330), (1240, 280))


def payslip(b: Block) -> None:
    b.disc(INK, 640, 400, 350)
    b.disc(PAPER, 640, 400, 312)
    for i in range(12):
        _tick(b, i)
    b.line(INK, 20, (640, 400), (640, 150))
    b.line(RED, 20, (640, 400), (840, 510))
    b.shape(INK, (380, 440), (920, 410), (940, 800), (360, 800))
    b.shape(PAPER, (400, 462), (900, 434), (918, 800), (382, 800))
    for y in (520, 580, 640, 700):
        b.line(INK, 9, (440, y), (640, y - 10))
        b.line(RED if y == 700 else INK, 9, (720, y - 14), (860, y - 22))


def _tick(b: Block, hour: int) -> None:
    turn = complex(0, -1) * complex(0.8660254, 0.5) ** hour
    inner, outer = turn * 262, turn * 298
    b.line(INK, 16, (640 + inner.real, 400 + inner.imag), (640 + outer.real, 400 + outer.imag))


def clock(b: Block) -> None:
    _sky(b, height=300)
    b.disc(INK, 640, 250, 210)
    b.disc(PAPER, 640, 250, 180)
    b.line(INK, 18, (640, 250), (640, 110))
    b.line(RED, 18, (640, 250), (740, 310))
    _ground(b, 560, GREY)
    for x in (80, 380, 690, 990):
        b.box(INK, x, 420, 210, 260)
        b.box(PAPER, x + 30, 450, 150, 60)
        b.shape(RED, (x + 60, 560), (x + 150, 560), (x + 140, 620), (x + 70, 620))
    b.person(330, 800, 290)
    b.person(930, 800, 290)


def boat(b: Block) -> None:
    b.disc(RED, 900, 380, 150)
    _sky(b, height=380)
    b.shape(INK, (210, 420), (1010, 400), (900, 590), (330, 600))
    b.shape(PAPER, (280, 450), (940, 434), (925, 462), (294, 480))
    b.box(INK, 520, 260, 190, 160)
    b.box(PAPER, 548, 290, 50, 50)
    b.box(PAPER, 626, 290, 50, 50)
    b.line(INK, 16, (400, 420), (400, 120))
    b.line(INK, 7, (400, 130), (240, 420))
    b.line(INK, 7, (400, 130), (860, 410))
    b.box(INK, -20, 580, WIDTH + 40, 240)
    b.carve(PAPER, 0, 590, WIDTH, 210, step=26, width=7)
    b.carve(RED, 760, 600, 260, 150, step=40, width=6)


def city(b: Block) -> None:
    _sky(b, height=350)
    tops = [(40, 260), (180, 140), (330, 310), (450, 70), (600, 220), (740, 120), (890, 280), (1020, 170), (1160, 320)]
    for i, (x, top) in enumerate(tops):
        b.box(INK if i % 2 else GREY, x, top, 118, 460 - top + 180)
        for y in range(top + 34, 590, 52):
            for wx in (x + 24, x + 70):
                b.box(RED if (x, y) == (450, 312) else PAPER, wx, y, 22, 26)
    b.box(RED, 520, 330, 26, 30)
    b.box(INK, -20, 620, WIDTH + 40, 200)
    b.carve(PAPER, 0, 640, WIDTH, 160, step=26, width=6)


def court(b: Block) -> None:
    b.carve(GREY, 0, 20, WIDTH, 300, step=30, width=4)
    for x in (400, 640, 880):
        b.shape(INK, (x - 80, 110), (x + 80, 110), (x + 90, 400), (x - 90, 400))
        b.shape(RED, (x - 48, 150), (x + 48, 150), (x + 52, 330), (x - 52, 330))
    b.box(INK, 200, 330, 880, 150)
    b.carve(PAPER, 230, 360, 820, 100, step=34, width=5)
    _ground(b, 640)
    for x in (110, 850):
        b.shape(INK, (x, 520), (x + 320, 520), (x + 350, 580), (x - 30, 580))
        b.box(INK, x + 20, 560, 26, 180)
        b.box(INK, x + 270, 560, 26, 180)
        b.box(PAPER, x + 110, 500, 90, 24)


def village(b: Block) -> None:
    _sky(b, height=300)
    b.line(INK, 26, (1060, 640), (1030, 180))
    for dx, dy in ((-170, 50), (-120, -60), (20, -120), (150, -40), (170, 70)):
        b.line(INK, 22, (1030, 180), (1030 + dx * 0.6, 170 + dy - 40), (1030 + dx, 180 + dy))
    b.shape(INK, (140, 330), (480, 120), (820, 330))
    b.shape(RED, (210, 330), (480, 170), (750, 330))
    for x in (190, 380, 560, 750):
        b.box(INK, x, 330, 24, 300)
    _ground(b, 620)
    for x, y in ((230, 740), (360, 700), (500, 690), (640, 700), (770, 740), (420, 790), (600, 790)):
        b.disc(PAPER, x, y - 92, 30)
        b.shape(PAPER, (x - 62, y), (x - 40, y - 62), (x + 40, y - 62), (x + 62, y))


def dye(b: Block) -> None:
    for x in (90, 480, 870):
        b.shape(INK, (x, 420), (x + 320, 420), (x + 290, 720), (x + 30, 720))
        b.shape(RED if x == 480 else GREY, (x + 20, 400), (x + 300, 400), (x + 320, 440), (x, 440))
        for i in range(4):
            sx = x + 50 + i * 68
            b.line(INK, 14, (sx, 380), (sx + 34, 300), (sx - 16, 220), (sx + 30, 110))
    _ground(b, 720)
    b.disc(INK, 1130, 130, 90)
    b.disc(PAPER, 1130, 130, 70)
    for dx, dy in ((50, 0), (-50, 0), (0, 50), (0, -50)):
        b.line(INK, 22, (1130, 130), (1130 + dx, 130 + dy))


def sewing(b: Block) -> None:
    b.carve(GREY, 0, 30, WIDTH, 520, step=36, width=4)
    b.box(INK, 300, 210, 640, 130)
    b.box(INK, 800, 210, 150, 380)
    b.box(INK, 300, 210, 110, 250)
    b.line(INK, 12, (354, 450), (354, 600))
    b.disc(RED, 960, 270, 74)
    b.disc(PAPER, 960, 270, 24)
    b.box(INK, 180, 590, 920, 60)
    b.shape(RED, (-20, 560), (300, 590), (560, 590), (420, 690), (120, 760), (-20, 800))
    b.carve(PAPER, 0, 620, 380, 130, step=34, width=6, slope=0.1)
    _ground(b, 740)


def phone(b: Block) -> None:
    _sky(b, height=800)
    b.shape(INK, (470, 90), (800, 90), (820, 620), (450, 620))
    b.shape(PAPER, (500, 140), (770, 140), (780, 400), (490, 400))
    for i in range(5):
        b.box(INK if i < 2 else GREY, 520 + i * 46, 250 - i * 20, 30, 50 + i * 20)
    b.line(RED, 10, (520, 340), (740, 340))
    for y in (450, 505, 560):
        for x in (510, 610, 710):
            b.box(PAPER, x, y, 56, 30)
    b.shape(INK, (300, 800), (380, 560), (450, 520), (470, 640), (800, 640), (850, 500), (940, 560), (930, 800))
    b.carve(PAPER, 360, 660, 520, 120, step=30, width=5)


def forklift(b: Block) -> None:
    for x in (40, 200):
        b.box(INK, x, 60, 20, 700)
    for x in (980, 1200):
        b.box(INK, x, 60, 20, 700)
    for y in (200, 400):
        b.box(INK, 40, y, 180, 16)
        b.box(INK, 980, y, 240, 16)
        b.box(RED if y == 200 else GREY, 70, y - 110, 110, 108)
        b.box(GREY, 1020, y - 120, 150, 118)
    b.box(INK, 520, 160, 30, 520)
    b.box(INK, 360, 330, 190, 20)
    b.box(RED, 360, 190, 150, 140)
    b.shape(INK, (560, 430), (880, 400), (930, 640), (560, 640))
    b.line(INK, 18, (620, 430), (640, 210), (850, 210), (880, 400))
    b.disc(INK, 740, 300, 42)
    b.disc(INK, 640, 660, 80)
    b.disc(PAPER, 640, 660, 34)
    b.disc(INK, 870, 660, 80)
    b.disc(PAPER, 870, 660, 34)
    _ground(b, 730)


def lesson(b: Block) -> None:
    b.box(INK, 220, 90, 840, 360)
    b.carve(PAPER, 280, 150, 700, 250, step=50, width=8)
    b.line(RED, 10, (280, 390), (620, 390))
    b.line(INK, 6, (640, 0), (640, 60))
    b.shape(RED, (560, 90), (600, 50), (680, 50), (720, 90))
    _ground(b, 560, GREY)
    _crowd(b, [140, 330, 520, 740, 930, 1130], 820, 300)


def coins(b: Block) -> None:
    b.carve(GREY, 0, 30, WIDTH, 700, step=40, width=4)
    for step in range(5):
        x = 120 + step * 220
        for i in range(2 + step * 2):
            y = 700 - i * 48
            ink = RED if step == 4 and i == 9 else INK
            b.pen.ellipse([x * 2, (y - 34) * 2, (x + 180) * 2, (y + 34) * 2], fill=ink)
            b.pen.ellipse([(x + 10) * 2, (y - 36) * 2, (x + 170) * 2, (y + 16) * 2], fill=PAPER)
            b.pen.ellipse([(x + 22) * 2, (y - 30) * 2, (x + 158) * 2, (y + 10) * 2], fill=ink)
    _ground(b, 736)


SCENES: dict[str, Callable[[Block], None]] = {
    "gate": gate, "notebook": notebook, "payslip": payslip, "clock": clock, "boat": boat, "city": city, "court": court,
    "village": village, "dye": dye, "sewing": sewing, "phone": phone, "forklift": forklift, "class": lesson, "coins": coins,
}  # fmt: skip


def draw(scene: str) -> bytes:
    """The named scene as a JPEG of 1280 by 800; the same each time."""
    block = Block(scene)
    SCENES[scene](block)
    return block.jpeg()
