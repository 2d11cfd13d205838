"""Serve a page that draws an organization in the browser."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from flask import Flask, Response, send_file

from benchmarks.peers.serving import serve_compressed, server_arguments

PAGE = Path(__file__).parent / "pages" / "page.html"


def main() -> None:
    """Serve."""
    parser = server_arguments(__doc__)
    parser.add_argument("--script", type=Path, required=True)
    call = parser.parse_args()
    serve_compressed(page_server(call.script, units_json(call.table)), call.port)


def units_json(table: Path) -> str:
    """Return the units of a CSV as JSON, with lists of responsibilities."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return json.dumps(
        [{**row, "responsibilities": row["responsibilities"].split("; ")} for row in rows]
    )


def page_server(script: Path, units: str) -> Flask:
    """Return a server of the page, its script, and the units."""
    server = Flask(__name__, static_folder=None)
    server.add_url_rule("/", "page", lambda: send_file(PAGE))
    server.add_url_rule("/page.js", "script", lambda: send_file(script.absolute()))
    server.add_url_rule(
        "/units.json", "units", lambda: Response(units, mimetype="application/json")
    )
    return server


if __name__ == "__main__":
    main()
