"""The application."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["OnestopCoreConfig"]


class OnestopCoreConfig(AppConfig):
    """Dossiers: their events and errands."""

    name = "onestop_core.ext.django"
    label = "onestop_core"
