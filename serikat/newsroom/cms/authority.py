"""Mandates projected into Wagtail's permission policies, one way and at every request.

Wagtail asks these objects everywhere; they ask `kernel.access`. Nothing is stored: a mandate that ends turns the power off at the next
request. Groups, Django's permissions and `is_superuser` are never looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import wraps
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin import auth as wagtail_auth
from wagtail.admin.ui.sidebar import LinkMenuItem, MainMenuModule
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images import permissions as image_permissions
from wagtail.models import Collection, Page, PagePermissionTester
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import page_permission_policy

from serikat.kernel.access import Actor, Role, actor_of, library_permission, unit_path_of, who_may
from serikat.kernel.errors import Denied
from serikat.newsroom import permissions
from serikat.newsroom.models import ArticleIndex, HomePage
from serikat.newsroom.selectors.editing import approval_required, media_in_reach, pages_in_reach, pages_to_walk

PAGE_ACTIONS = frozenset({"add", "change", "publish"})
MEDIA_ACTIONS = frozenset({"add", "change", "delete", "choose"})


def actor_for(user: Any) -> Actor:
    """The actor of this request, or worked out anew outside one."""
    actor = getattr(user, "desk_actor", None)
    return actor if isinstance(actor, Actor) else actor_of(user)


def _users(ids: Iterable[int]) -> QuerySet[Any]:
    return get_user_model()._default_manager.filter(pk__in=list(ids))


class PageTester(PagePermissionTester):  # type: ignore[misc]
    """What a user may do with one page. The page's own unit counts, wherever it stands in the page tree."""

    def __init__(self, user: Any, page: Page) -> None:
        self.user = user
        self.page = page
        self.page_is_root = page.depth == 1
        self.actor = actor_for(user)
        self.permission_policy = page_permission_policy

    @property
    def specific(self) -> Any:
        return self.page.specific_deferred

    @property
    def in_reach(self) -> bool:
        path = None if self.page_is_root else unit_path_of(self.specific)
        return path is not None and self.actor.holds(Role.EDITOR, at=path)

    @property
    def permissions(self) -> set[str]:
        return set(PAGE_ACTIONS) if self.in_reach else set()

    def _takes_children(self) -> bool:
        kind = self.page.specific_class
        return kind is not None and any(model.can_create_at(self.page) for model in kind.creatable_subpage_models())

    def can_add_subpage(self) -> bool:
        """News of every unit stands in the one stream of articles; elsewhere the parent must be in reach."""
        if self.page_is_root or not self._takes_children():
            return False
        return self.in_reach or (self.page.specific_class is ArticleIndex and self.actor.holds(Role.EDITOR))

    def can_edit(self) -> bool:
        return self.in_reach

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Drafts only: what readers have seen is withdrawn, not deleted."""
        if not self.in_reach:
            return False
        family = self.page.get_descendants(inclusive=True)
        if family.exclude(first_published_at=None).exists() or family.filter(live=True).exists():
            return False
        return not family.exclude(pk__in=pages_in_reach(self.actor).values("pk")).exists()

    def can_unpublish(self) -> bool:
        return bool(self.page.live and self.in_reach and not self.page_locked())

    def can_publish(self) -> bool:
        """Wagtail's own button saves and publishes at once, so it exists only where the rule of the second person is lifted."""
        return self.in_reach and not approval_required()

    def can_publish_subpage(self) -> bool:
        return self.can_add_subpage() and not approval_required()

    def can_unschedule(self) -> bool:
        return self.in_reach

    def can_move(self) -> bool:
        return self.in_reach and self.page.specific_class not in (HomePage, ArticleIndex)

    def can_move_to(self, destination: Page) -> bool:
        if self.page == destination or destination.is_descendant_of(self.page):
            return False
        if not self.page.is_child_of(destination) and not self.page.specific.can_move_to(destination):
            return False
        family = self.page.get_descendants(inclusive=True)
        if family.exclude(pk__in=pages_in_reach(self.actor).values("pk")).exists():
            return False
        return self.can_move() and PageTester(self.user, destination).can_add_subpage()

    def can_copy(self) -> bool:
        return self.in_reach

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        if not self.can_copy() or (recursive and (self.page == destination or destination.is_descendant_of(self.page))):
            return False
        if not self.page.specific_class.can_create_at(destination):
            return False
        return PageTester(self.user, destination).can_add_subpage()

    def can_view_revisions(self) -> bool:
        return self.in_reach

    # What Serikat does not use: private pages, locks, Wagtail's workflows, hand-made order.
    def can_set_view_restrictions(self) -> bool:
        return False

    def can_lock(self) -> bool:
        return False

    def can_unlock(self) -> bool:
        return False

    def can_submit_for_moderation(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        return False


def permissions_for_user(page: Page, user: Any) -> PageTester:
    return PageTester(user, page)


class MandatePagePolicy(PagePermissionPolicy):  # type: ignore[misc]
    """Wagtail's questions about pages, answered by mandates."""

    def get_all_permissions_for_user(self, user: Any) -> list[Any]:
        return []

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return bool(PAGE_ACTIONS & set(actions)) and actor_for(user).holds(Role.EDITOR)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.user_has_any_permission(user, {action})

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Page) -> bool:
        tester = PageTester(user, instance)
        wanted = set(actions)
        return bool(
            (PAGE_ACTIONS & wanted and tester.in_reach)
            or ("add" in wanted and tester.can_add_subpage())
            or ("delete" in wanted and tester.can_delete())
        )

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Page]:
        return pages_in_reach(actor_for(user)) if PAGE_ACTIONS & set(actions) else Page.objects.none()

    def users_with_any_permission(self, actions: Iterable[str], include_superusers: bool = False) -> QuerySet[Any]:
        return _users(who_may(permissions.may_edit_page) if PAGE_ACTIONS & set(actions) else [])

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Page, include_superusers: bool = False
    ) -> QuerySet[Any]:
        return _users(who_may(permissions.may_edit_page, instance.specific_deferred) if PAGE_ACTIONS & set(actions) else [])

    def instances_with_direct_explore_permission(self, user: Any) -> list[Page]:
        root = self.explorable_root_instance(user)
        return [root] if root else []

    def explorable_root_instance(self, user: Any) -> Page | None:
        """The home page, for whoever edits anything at all."""
        if not actor_for(user).holds(Role.EDITOR):
            return None
        home = HomePage.objects.order_by("path").first()
        return Page.objects.get(pk=home.pk) if home else Page.get_first_root_node()  # type: ignore[no-any-return]

    def explorable_instances(self, user: Any) -> QuerySet[Page]:
        return pages_to_walk(actor_for(user))


class MandateMediaPolicy(CollectionOwnershipPermissionPolicy):  # type: ignore[misc]
    """Pictures and documents of the site: every editor chooses from all of them (they are public) and changes those of units in reach."""

    def get_all_permissions_for_user(self, user: Any) -> list[Any]:
        return []

    def _check_perm(self, user: Any, actions: Iterable[str], collection: Any = None) -> bool:
        return bool(MEDIA_ACTIONS & set(actions)) and actor_for(user).holds(Role.EDITOR)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self._check_perm(user, [action])

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return self._check_perm(user, actions)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        if not self._check_perm(user, actions):
            return self.model._default_manager.none()  # type: ignore[no-any-return]
        if "choose" in set(actions):
            return self.model._default_manager.all()  # type: ignore[no-any-return]
        return media_in_reach(actor_for(user), self.model)

    def collections_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        found = Collection.objects.filter(depth=1)
        return found if self._check_perm(user, actions) else found.none()  # type: ignore[no-any-return]

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        return _users(who_may(permissions.may_keep_media) if MEDIA_ACTIONS & set(actions) else [])

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Any) -> QuerySet[Any]:
        return _users(who_may(permissions.may_keep_media, instance) if MEDIA_ACTIONS & set(actions) else [])


def _refuse(request: Any) -> None:
    """Forbidden answers like absent, in place of Wagtail's redirect that tells the two apart."""
    raise Denied


def _own_account_menu(begin: Any) -> Any:
    """The menu under the user's name leads to our own account pages."""

    @wraps(begin)
    def began(module: Any, menu_items: list[Any], account_menu_items: list[Any], user: Any) -> None:
        own = [LinkMenuItem("account", _("Akun saya"), "/akun/", icon_name="user")]
        begin(module, menu_items, own, user)

    return began


def install() -> None:
    """The policies are objects that Wagtail's modules already hold, so they get their new class in place."""
    page_permission_policy.__class__ = MandatePagePolicy
    image_permissions.permission_policy.__class__ = MandateMediaPolicy
    document_policy.__class__ = MandateMediaPolicy
    Page.permissions_for_user = permissions_for_user
    wagtail_auth.permission_denied = _refuse
    MainMenuModule.__init__ = _own_account_menu(MainMenuModule.__init__)
    library_permission("wagtailadmin.access_admin", permissions.may_edit_page)
