"""Serikat: one package, one folder per room, rooms stacked on floors. See ARCHITECTURE.md."""

__version__ = "0.1.0"
