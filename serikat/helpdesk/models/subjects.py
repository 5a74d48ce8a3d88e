"""What people come with; the same words for conversations, reports and consultations, so that figures can be joined."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Subject(models.TextChoices):
    WAGES = "wages", _("upah dan lembur")
    DISMISSAL = "dismissal", _("PHK dan pesangon")
    CONTRACT = "contract", _("kontrak kerja")
    LEAVE = "leave", _("cuti, THR, jaminan sosial")
    SAFETY = "safety", _("kecelakaan dan keselamatan kerja")
    VIOLENCE = "violence", _("kekerasan dan pelecehan")
    UNION = "union", _("serikat dihalangi")
    BROKERS = "brokers", _("calo dan biaya penempatan")
    ABROAD = "abroad", _("masalah di luar negeri")
    PAPERS = "papers", _("paspor atau dokumen ditahan")
    OTHER = "other", _("lain-lain")
