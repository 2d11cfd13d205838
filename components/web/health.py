"""The state of the server: for monitoring, and for pages that follow the dataset."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, jsonify, request

from components.problems import Severity
from components.web.editions import Editions
from components.web.fragments import JSON, to_json
from components.web.moments import cached_edition, requested_edition

MAX_PROBLEMS = 20
"""Problems that ``/healthz`` lists."""


def health_blueprint(editions: Editions) -> Blueprint:
    """Return the routes ``/healthz`` and ``/version``.

    Both answer 200 as long as an organization is shown. ``/version`` is short, since every visible
    page requests it every 1.2 seconds: the edition of the page's moment, and why newer files were
    refused. An edition that is yet to be made is left out, since it would have to be made again and
    again, unless a page that is about to show it waits for it (``wait``).
    """
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def healthz() -> Response:
        snapshot = editions.snapshot
        edition, refused = snapshot.current, snapshot.refused
        severities = [problem.severity for problem in edition.organization.problems]
        problems = refused.problems if refused else ()
        return jsonify(
            version=edition.name,
            units=edition.organization.count(),
            read=_iso_8601(edition.read_at),
            warnings=severities.count(Severity.WARNING),
            refused=refused and _iso_8601(refused.when),
            problems=[problem.as_dict() for problem in problems[:MAX_PROBLEMS]],
            problem_count=len(problems),
        )

    @blueprint.get("/version")
    def version() -> Response:
        snapshot = editions.snapshot
        waits = bool(request.args.get("wait"))
        edition = requested_edition(editions) if waits else cached_edition(editions)
        content: dict[str, object] = {**edition.as_dict()} if edition else {}
        if snapshot.refused:
            problems = snapshot.refused.problems
            content["refused"] = {
                "reason": str(problems[0]) if problems else "",
                "read": _iso_8601(snapshot.current.read_at),
            }
        response = Response(to_json(content), mimetype=JSON)
        response.headers["Cache-Control"] = "no-store"
        return response

    return blueprint


def _iso_8601(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
