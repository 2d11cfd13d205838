"""Remit's command line, and ``server`` for WSGI. Nothing imports this module."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from flask import Flask
from waitress.server import create_server

from components.export.files import write_file
from components.export.naming import code_points
from components.export.options import (
    ALLOWED,
    PARAMETERS,
    Diagram,
    OptionError,
    Subject,
    UnknownUnitError,
    read_options,
)
from components.export.pictures import RenderError, export
from components.export.workers import render_here
from components.model.checking import organization_from_tables
from components.model.loading import Dataset
from components.model.organization import Organization
from components.reading.problems import DataError
from components.reading.read import read_tables
from components.settings import (
    PORTS,
    SettingError,
    Settings,
    settings_from_environment,
    whole_number,
)
from components.views.page import summary
from components.web.application import create_app
from components.web.following import Following
from components.words import DEFAULT, words_in

OK, BAD_DATA, BAD_CALL = 0, 1, 2


@cache
def _wsgi_server() -> Flask:
    settings = settings_from_environment()
    shown = Following(_dataset(settings), settings)
    server: Flask = create_app(shown, settings).server
    return server


def __getattr__(name: str) -> Flask:
    """Make ``server`` when a WSGI server asks for it, so that the command line does not."""
    if name == "server":
        return _wsgi_server()
    raise AttributeError(name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 1 for the data, 2 for the call."""
    try:
        settings = settings_from_environment()
        call = _parser(settings).parse_args(arguments)
        dataset: Path = call.dataset
        port = whole_number(call.port, "--port", *PORTS)
        settings = replace(settings, dataset=dataset, host=call.host, port=port)
        if call.command == "check":
            _report(read_organization(dataset))
        elif call.command == "export":
            _export(call, read_organization(dataset), settings)
        else:
            _serve(settings)
    except (SettingError, OptionError, UnknownUnitError) as error:
        print(error, file=sys.stderr)
        return BAD_CALL
    except (DataError, RenderError) as error:
        print(error, file=sys.stderr)
        return BAD_DATA
    except OSError as error:
        print(f"{error.strerror or error}. Choose another file, host or port.", file=sys.stderr)
        return BAD_CALL
    return OK


def read_organization(dataset: Path) -> Organization:
    """Return the organization in a dataset.

    Raises:
        DataError: it cannot be read, or nothing in it can be drawn.
    """
    return organization_from_tables(read_tables(dataset))


def _dataset(settings: Settings) -> Dataset:
    return Dataset(settings.dataset, settings.options, settings.mapping, settings.limits)


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="app.py", description="Show an organization as a picture that people can walk through."
    )
    parser.set_defaults(
        command="serve", dataset=settings.dataset, host=settings.host, port=str(settings.port)
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    serve = commands.add_parser("serve", help="serve a dataset (the default)")
    serve.add_argument("dataset", nargs="?", type=Path, default=settings.dataset)
    serve.add_argument("--host", default=settings.host)
    serve.add_argument("--port", default=str(settings.port))
    check = commands.add_parser("check", help="tell what was understood, and what is wrong")
    check.add_argument("dataset", type=Path)
    picture = commands.add_parser("export", help="write a diagram as PNG, SVG or PDF")
    picture.add_argument("diagram", choices=[*map(str, Diagram)], metavar="DIAGRAM")
    picture.add_argument("-o", "--output", required=True, type=Path, metavar="FILE")
    picture.add_argument("--data", dest="dataset", type=Path, default=settings.dataset)
    for name in PARAMETERS:
        picture.add_argument(f"--{name}", help=ALLOWED[name])
    return parser


def _export(call: argparse.Namespace, organization: Organization, settings: Settings) -> None:
    subject = Subject(organization, settings.levels, settings.most_units, settings.public_address)
    texts = {name: text for name in PARAMETERS if (text := getattr(call, name)) is not None}
    path: Path = call.output
    options = read_options(subject, call.diagram, path.suffix[1:].lower(), texts)
    made = export(subject, options, render_here)
    try:
        write_file(path, made.data)
    except OSError as error:
        reason = error.strerror or error
        raise OptionError(f"{path} cannot be written ({reason}). Choose another file.") from error
    print(f"{path}: {made.width} × {made.height} px")
    if made.missing:
        print(
            f"No font of this machine has {code_points(made.missing)}, so they are left blank. "
            "Install one that has them, such as Noto.",
            file=sys.stderr,
        )


def _serve(settings: Settings) -> None:
    shown = Following(_dataset(settings), settings)
    organization = shown.current.organization
    app = create_app(shown, settings)
    try:
        server = create_server(
            app.server, host=settings.host, port=settings.port, threads=settings.threads
        )
    except (OSError, ValueError) as error:
        place = f"{settings.host}:{settings.port}"
        raise SettingError(f"{place} cannot be used ({error}). Choose another.") from error
    print(f"{organization.about.title}: {summary(organization, words_in(DEFAULT))}", flush=True)
    port = getattr(server, "effective_port", settings.port)
    print(f"Serving on http://{settings.host}:{port}", flush=True)
    if not settings.public_address:
        print("REMIT_ADDRESS is not set, so pictures do not say where this page is.", flush=True)
    try:
        server.run()
    finally:
        server.close()


def _report(organization: Organization) -> None:
    print(f"{organization.about.title}: {summary(organization, words_in(DEFAULT))}")
    for problem in organization.problems:
        print(f"{problem.severity}: {problem}")


if __name__ == "__main__":
    sys.exit(main())
