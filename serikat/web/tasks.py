"""What the web room registers at startup: how the demo's content goes again."""

from __future__ import annotations

from serikat.kernel.demo import on_clear_demo


@on_clear_demo
def clear_pages() -> int:
    from serikat.web.services.demo import clear_demo_pages  # reason: the demo's texts are loaded only when they are wanted

    return clear_demo_pages()
