"""How soon a film can be watched: three minutes of 720p become 240p on one core; and what each file weighs.

    taskset -c 0 .venv/bin/python -m benchmarks.video

The film is made first, by ffmpeg from moving test pictures with noise on them, which are dearer than a street. Goal: 240p in under 60 s.
"""

from __future__ import annotations

from benchmarks import scratch  # noqa: F401 a scratch house before Django starts

# isort: split
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from serikat.newsroom import films
from serikat.newsroom.rules.films import Unfit, film_of, targets

SOURCE = (
    "-f",
    "lavfi",
    "-i",
    "testsrc2=size=1280x720:rate=30,noise=alls=6:allf=t",
    "-f",
    "lavfi",
    "-i",
    "sine=frequency=330",
)
CODECS = ("-c:v", "libx264", "-preset", "ultrafast", "-b:v", "4M", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "128k")
SECONDS = 180


def main() -> None:
    if not films.have_ffmpeg():
        sys.exit("There is no ffmpeg on this computer: nothing can be measured.")
    print(f"on {len(os.sched_getaffinity(0))} core(s)")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "film.mp4"
        command = ["ffmpeg", "-nostdin", "-loglevel", "error", *SOURCE, "-t", str(SECONDS), *CODECS, str(source)]
        subprocess.run(command, check=True)
        print(f"{SECONDS} s of 720p, {source.stat().st_size / 1e6:.1f} MB")
        began = time.perf_counter()
        film = film_of(films.probe(source))
        if isinstance(film, Unfit):
            sys.exit(f"The film is {film}.")
        print(f"looked into: {time.perf_counter() - began:.2f} s")
        for target in targets(film):
            out = Path(folder) / target.name
            films.make(source, film, target, out)
            print(f"{target.name}: stands after {time.perf_counter() - began:.1f} s, {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
