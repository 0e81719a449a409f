"""The essentials of a desk in Django, in one file: dossiers in the database, acts as JSON, events and errands in the admin.

pip install 'onestop-core[django]' && python app.py migrate && python app.py createsuperuser && python app.py runserver
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django
from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

if not settings.configured:
    settings.configure(
        DEBUG=True,
        SECRET_KEY=os.environ.get("DESK_SECRET", "only for trying it out"),
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["127.0.0.1", "localhost", "testserver"],
        USE_TZ=True,
        TIME_ZONE="Asia/Ho_Chi_Minh",
        LANGUAGE_CODE="vi",
        STATIC_URL="static/",
        INSTALLED_APPS=[
            "django.contrib.admin",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.messages",
            "django.contrib.sessions",
            "django.contrib.staticfiles",
            "onestop_core.ext.django",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            f"{__name__}.tell_errors",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": os.environ.get("DESK_DATABASE", "desk.sqlite3"),
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
            }
        },
    )
    django.setup()

from django.contrib import admin

from onestop_core import catalogue, deadlines, desk, dossier, workdays
from onestop_core.errors import OnestopError
from onestop_core.ext.django.models import ErrandRow, EventRow
from onestop_core.ext.django.store import DjangoStore
from onestop_core.model import parse_moment

STORE, HOURS = DjangoStore(), deadlines.office_hours()


def tell_errors(get_response: Any) -> Any:
    """Answer every refusal of the library by itself: a middleware."""

    def middleware(request: HttpRequest) -> Any:
        return get_response(request)

    def process_exception(_: HttpRequest, error: Exception) -> JsonResponse | None:
        if not isinstance(error, OnestopError):
            return None
        body = error.to_problem(language="vi")
        return JsonResponse(body, status=error.http_status, content_type="application/problem+json")

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def _limit(case: dossier.Dossier) -> deadlines.TimeLimit:
    quote = catalogue.quote(catalogue.shipped()[case.procedure], {"case": case.events[0].opening.procedure_version})  # type: ignore[union-attr]
    return desk.limit_for(quote, case.channel)


def _shown(case: dossier.Dossier) -> JsonResponse:
    return JsonResponse(desk.view(case, language="vi").to_dict())


@require_POST
def open_dossier(request: HttpRequest) -> JsonResponse:
    """Open a dossier: ``{"id", "procedure", "case", "channel", "at"}``."""
    new = json.loads(request.body)
    at = parse_moment(new["at"])
    machine = dossier.machine("vn", on=at.date())
    case = machine.new(
        id=new["id"], procedure=new["procedure"], procedure_version=new.get("case"), channel=new["channel"], at=at
    )
    _limit(case)  # refuses what the catalogue does not offer before anything is kept
    return _shown(desk.open_dossier(STORE, case))


@require_POST
def act(request: HttpRequest, dossier_id: str) -> JsonResponse:
    """Enter an event: a row of the schema event-log."""
    limit = _limit(desk.fetch(STORE, dossier_id))
    event = dossier.Event.from_dict(json.loads(request.body))
    return _shown(desk.act(STORE, dossier_id, event, limit=limit, calendar=workdays.calendar(), hours=HOURS))


@require_GET
def one(request: HttpRequest, dossier_id: str) -> JsonResponse:
    """Show a dossier."""
    del request
    return _shown(desk.fetch(STORE, dossier_id))


@admin.register(EventRow, ErrandRow)
class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows are looked at and never edited: what happened is history."""

    search_fields = ("dossier_id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds a row by hand."""
        del request
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes one."""
        del request, obj
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes one."""
        del request, obj
        return False


urlpatterns = [
    path("admin/", admin.site.urls),
    path("dossiers", open_dossier),
    path("dossiers/<str:dossier_id>", one),
    path("dossiers/<str:dossier_id>/events", act),
]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
