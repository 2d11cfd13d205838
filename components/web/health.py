"""How the server is: for those who watch it, and for the pages that follow the dataset."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from components.problems import Severity
from components.web.editions import Editions, Refusal

MAX_TOLD = 20
"""Problems that are told one by one."""


def health_blueprint(editions: Editions) -> Blueprint:
    """Return the routes ``/healthz`` and ``/version``.

    Both answer 200 as long as something is shown. ``/version`` is what every open page asks for
    once a second, so it is as short as can be: what is shown, and whether a newer file was refused.
    """
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def healthz() -> ResponseReturnValue:
        snapshot = editions.snapshot
        shown, refused = snapshot.current, snapshot.refused
        problems = refused.problems if refused else ()
        warnings = [
            each for each in shown.organization.problems if each.severity is Severity.WARNING
        ]
        return jsonify(
            version=shown.name,
            units=shown.organization.count(),
            read=_written(shown.read),
            warnings=len(warnings),
            refused=refused and _written(refused.when),
            problems=[each.as_dict() for each in problems[:MAX_TOLD]],
            problem_count=len(problems),
        )

    @blueprint.get("/version")
    def version() -> Response:
        snapshot = editions.snapshot
        told: dict[str, Any] = dict(snapshot.current.told)
        if snapshot.refused:
            told["refused"] = _told(snapshot.refused, snapshot.current.read)
        response = jsonify(told)
        response.headers["Cache-Control"] = "no-store"
        return response

    return blueprint


def _told(refused: Refusal, read: datetime) -> dict[str, Any]:
    """Return the first reason of a refusal, and since when what is shown has been so."""
    return {
        "reason": str(refused.problems[0]) if refused.problems else "",
        "read": _written(read),
    }


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
