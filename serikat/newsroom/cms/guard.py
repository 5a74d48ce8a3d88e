"""The rule of the second person at Wagtail's deepest points: writing a live page, publishing or scheduling a revision, setting pages live in
bulk, overwriting what was approved. Buttons, schedules, addresses, copies, aliases and code all pass here.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page
from wagtail.query import PageQuerySet

from serikat.newsroom.services import approval


def install() -> None:
    Page.save = _guarded_save(Page.save)
    Page.save_revision = _guarded_save_revision(Page.save_revision)
    PublishPageRevisionAction.execute = _guarded_publish(PublishPageRevisionAction.execute)
    PageQuerySet.update = _guarded_update(PageQuerySet.update)


def _guarded_save(save: Any) -> Any:
    @wraps(save)
    def guarded(page: Page, *args: Any, **kwargs: Any) -> Any:
        approval.check_saving(page=page, update_fields=kwargs.get("update_fields"))
        return save(page, *args, **kwargs)

    guarded.alters_data = True  # type: ignore[attr-defined]
    return guarded


def _guarded_save_revision(save_revision: Any) -> Any:
    @wraps(save_revision)
    def guarded(page: Page, *args: Any, **kwargs: Any) -> Any:
        if (overwritten := kwargs.get("overwrite_revision")) is not None:
            approval.forget_approval(revision=overwritten)
        return save_revision(page, *args, **kwargs)

    guarded.alters_data = True  # type: ignore[attr-defined]
    return guarded


def _guarded_publish(execute: Any) -> Any:
    @wraps(execute)
    def guarded(action: PublishPageRevisionAction, *args: Any, **kwargs: Any) -> Any:
        with approval.publishing(revision=action.revision):
            return execute(action, *args, **kwargs)

    return guarded


def _guarded_update(update: Any) -> Any:
    @wraps(update)
    def guarded(pages: Any, **values: Any) -> int:
        approval.check_bulk_update(values=values)
        return update(pages, **values)  # type: ignore[no-any-return]

    guarded.alters_data = True  # type: ignore[attr-defined]
    return guarded
