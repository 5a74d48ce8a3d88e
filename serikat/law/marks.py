"""A lawyer's mark on one rule: right or doubtful, and a sign of the words that were looked at, so that a mark never speaks of a later text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from serikat.law.register import Article
from serikat.law.values import Dated


@dataclass(frozen=True, slots=True)
class Mark:
    """`subject` is an article (`PP35/2021:40(2)`) or a value (`severance.pay_months@2021-02-02`); `digest` is that of the rule when it was looked at."""

    subject: str
    digest: str
    right: bool


def subject_of(rule: Dated[Any] | Article) -> str:
    """What a mark on a rule is noted on."""
    return rule.id if isinstance(rule, Article) else f"{rule.name}@{rule.since}"


def digest_of(rule: Dated[Any] | Article) -> str:
    """Sixteen signs that change with the rule's words, its amounts, its articles, and the day it begins.

    Neither its end nor its verified mark: a later rule that ends it does not change what was looked at, and the mark is what is being set.
    """
    told: tuple[object, ...]
    if isinstance(rule, Article):
        told = (rule.id, rule.says.id, rule.says.en, str(rule.since))
    else:
        told = (rule.name, repr(rule.value), str(rule.since), rule.articles)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
