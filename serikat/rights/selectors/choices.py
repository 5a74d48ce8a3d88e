"""What can be chosen in the calculators, in the language of the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serikat.law import parameters as p
from serikat.rights.selectors.held import law

# The reasons in the order in which people look for them; what is not named here stands in the last group.
COMPANY = ["efficiency_prevent_loss", "efficiency_loss", "closure_no_loss", "closure_loss_2y", "bankrupt", "pkpu_no_loss", "pkpu_loss", "takeover", "takeover_terms_changed_worker_unwilling", "merger_unwilling_either_side", "force_majeure_closed", "force_majeure_open"]  # fmt: skip
WORKER = ["resignation", "worker_request_employer_at_fault", "worker_request_not_proven", "retirement", "death", "long_illness_disability_employer", "long_illness_disability_worker"]  # fmt: skip
BREACH = ["breach_after_sp1_2_3", "urgent_breach", "absence_5_days", "detained_6m_company_loss", "detained_6m_no_loss", "convicted_before_6m_company_loss", "convicted_before_6m_no_loss", "acquitted_before_6m"]  # fmt: skip


def language() -> str:
    """The language in which the law is told here."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def severance_reasons() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of reasons, each with its words."""
    held = law()
    start = len(p.REASONS.prefix) + 1
    words = {name[start:]: held.held[name][-1].value.label.said(language()) for name in held.names(p.REASONS)}
    groups = [
        (_("Dari perusahaan"), [name for name in COMPANY if name in words]),
        (_("Dari pekerja, sakit, pensiun, meninggal"), [name for name in WORKER if name in words]),
        (_("Pelanggaran atau perkara pidana"), [name for name in BREACH if name in words]),
    ]
    named = {name for _group, names in groups for name in names}
    groups.append((_("Lainnya"), [name for name in words if name not in named]))
    return [(group, [(name, words[name]) for name in names]) for group, names in groups if names]


def deadline_steps() -> list[tuple[Any, Any]]:
    """The steps of procedure that have a number of days, by what starts the clock."""
    held = law()
    start = len(p.STEPS.prefix) + 1
    steps = {name[start:]: held.held[name][-1].value for name in held.names(p.STEPS)}
    return [(name, step.label.said(language())) for name, step in steps.items()]
