"""The newsroom's tables: pages, bylines and rubrics, pictures and documents, clips, listings, approvals and their safety checks, workers' posts, comments, requests and what came of them, distribution."""

from serikat.newsroom.models.approvals import Approval, EditingRule, Submission
from serikat.newsroom.models.archive import ArchiveItem
from serikat.newsroom.models.bulletins import Bulletin, BulletinStory
from serikat.newsroom.models.bylines import Byline, EnglishTag, Rubric
from serikat.newsroom.models.clips import Clip, ClipUpload, LiveClip, Rendition, Series
from serikat.newsroom.models.comments import ClosedComments, Comment
from serikat.newsroom.models.digests import Digest
from serikat.newsroom.models.distribution import Distribution, Variant, VariantClicks
from serikat.newsroom.models.listings import Listing, LivePage, OldAddress, ShortLink
from serikat.newsroom.models.media import NewsDocument, Picture, PictureRendition
from serikat.newsroom.models.pages import (
    Article,
    ArticleBylineLink,
    ArticleIndex,
    ArticleTag,
    Correction,
    EnglishVersion,
    HomePage,
    StaticPage,
)
from serikat.newsroom.models.posts import Concern, Lift, Post, PostFile, WriterRule
from serikat.newsroom.models.reading import Reads
from serikat.newsroom.models.requests import EditorialRequest, Redress, RequestMessage
from serikat.newsroom.models.safety import Aspect, SafetyCheck

__all__ = [
    "Approval",
    "ArchiveItem",
    "Article",
    "ArticleBylineLink",
    "ArticleIndex",
    "ArticleTag",
    "Aspect",
    "Bulletin",
    "BulletinStory",
    "Byline",
    "Clip",
    "ClipUpload",
    "ClosedComments",
    "Comment",
    "Concern",
    "Correction",
    "Digest",
    "Distribution",
    "EditingRule",
    "EditorialRequest",
    "EnglishTag",
    "EnglishVersion",
    "HomePage",
    "Lift",
    "Listing",
    "LiveClip",
    "LivePage",
    "NewsDocument",
    "OldAddress",
    "Picture",
    "PictureRendition",
    "Post",
    "PostFile",
    "Reads",
    "Redress",
    "Rendition",
    "RequestMessage",
    "Rubric",
    "SafetyCheck",
    "Series",
    "ShortLink",
    "StaticPage",
    "Submission",
    "Variant",
    "VariantClicks",
    "WriterRule",
]
