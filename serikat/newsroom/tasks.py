"""What the newsroom does by the clock, and after a picture or document was changed."""

from __future__ import annotations

from serikat.kernel.jobs import daily, every, job
from serikat.newsroom.services import (
    bulletins,
    cooking,
    delivering,
    digests,
    following,
    publishing,
    reading,
    request_retention,
    spreading,
    uploads,
)
from serikat.newsroom.services.editing import publish_due


@every(seconds=20)
@job("newsroom.publish_due")
def publish_due_pages() -> None:
    """Put live what is due; what was due while nothing ran goes live at the first turn."""
    publish_due()


@daily(at="02:40")
@job("newsroom.fold_reads")
def fold_reads() -> None:
    """Old hours of what was read become days, old days months."""
    reading.fold_reads()


@job("newsroom.redraw_pages_with")
def redraw_pages_with(kind: str, pk: int) -> None:
    """What shows a changed picture or document is drawn anew: the old file is gone."""
    publishing.redraw_pages_with(kind=kind, pk=pk)


@job("newsroom.redraw_pages_naming")
def redraw_pages_naming(path: str) -> None:
    """What shows a clip is drawn anew: it was published or withdrawn."""
    publishing.redraw_pages_naming(path=path)


@job("newsroom.draw_bulletin", slow=True)
def draw_bulletin(pk: int) -> None:
    """A wall bulletin is put on paper."""
    bulletins.draw_bulletin(pk=pk)


@job("newsroom.cook_clip", slow=True)
def cook_clip(pk: int) -> None:
    """The files of a video or sound are made."""
    cooking.cook_clip(pk=pk)


@every(seconds=3600)
@job("newsroom.sweep_uploads")
def sweep_uploads() -> None:
    """Uploads that nobody went on with are taken away, and files that no clip holds."""
    uploads.sweep_uploads()
    cooking.sweep_clip_files()


@every(seconds=1800)
@job("newsroom.remind_of_requests")
def remind_of_requests() -> None:
    """Who may answer a request is told when its time runs out."""
    request_retention.remind()


@daily(at="03:20")
@job("newsroom.empty_old_requests")
def empty_old_requests() -> None:
    """Who sent a request that was decided long ago is nobody's business any more."""
    request_retention.empty_old_requests()


@every(seconds=20)
@job("newsroom.send_due_variants")
def send_due_variants() -> None:
    """What was approved for this hour goes to its channel."""
    spreading.send_due_variants()
    delivering.settle_variants()


@job("newsroom.queue_variant")
def queue_variant(variant_id: int) -> None:
    """What was approved for subscribers: a message for each of them into the queue."""
    delivering.queue_variant(variant_id=variant_id)


@every(seconds=600)
@job("newsroom.send_digest")
def send_digest() -> None:
    """The week's digest, when its turn has come."""
    digests.send_digest()


@job("newsroom.follow_article")
def follow_article(article_id: int) -> None:
    """A correction, or a withdrawal, is drafted for every channel that carried the error."""
    following.follow_article(article_id=article_id)
