"""Remit's command line, and ``server`` for WSGI. Nothing imports this module."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from components.export.errors import RenderError
from components.export.parameters import ALLOWED, PARAMETERS, PARTS, OptionError
from components.files import write_file
from components.formats.errors import FormatError
from components.garbage import rare_garbage_collection
from components.importing.loading import Dataset
from components.importing.report import Imported, refusal_report, report
from components.importing.states import DatedState, StateError, states_to_compare
from components.model.index import OrganizationIndex
from components.model.moment import NOW
from components.model.organization import Organization
from components.problems import DataError, ProblemKind
from components.settings import (
    PORTS,
    SettingError,
    Settings,
    column_map,
    day,
    drawn,
    earlier_state,
    fact_kinds,
    header_number,
    measures,
    noun,
    settings_from_environment,
    whole_number,
)
from components.terminal import summary_of, waiting
from components.view_state import Diagram, UnknownUnitError
from components.web.frozen.errors import FreezeError

if TYPE_CHECKING:
    from flask import Flask

    from components.model.changes import Comparison

OK, BAD_DATA, BAD_USAGE, CHANGED = 0, 1, 2, 3
CALL_ERRORS = (
    *(SettingError, OptionError, UnknownUnitError),
    *(FormatError, StateError, FreezeError),
)
READING_OPTIONS = {
    "encoding": "such as cp1252 or utf-16; else it is found",
    "delimiter": "one character, or tab; else it is found",
    "sheet": "the sheet of a workbook, or the table of a folder, that has the units",
    "header": "the number of the record that names the columns; 0 if none does",
    "people": "what is drawn of a dataset with a table of each: units (the default) or people",
    "title": "the title of the organization; else that of the data, or of the file's name",
    "noun": "what the page calls the records: units, people or posts; else it is found",
    "at": "the day that is drawn if records have periods, such as 2026-01-31; else today",
}
COMPARED_OPTIONS = {
    "before": ("FILE|DAY", "show what has changed since an earlier state: a dataset, or a day"),
    "matches": ("FILE", "a table of the units that are the same in both states"),
}
PAGES_HELP = "a further page of a PDF for each part whose own parts are not drawn"
COLUMN_OPTIONS = {
    "map": ("ROLE=COLUMN", "which column is which, such as parent=reports_to"),
    "kind": ("COLUMN=KIND", "what a further column has, such as Grade=category; else it is found"),
    "measure": (
        "COLUMN=own|total",
        "whether numbers are those of a unit alone, or include the units below; else it is found",
    ),
}
"""Options for a column each, that may be repeated."""


@cache
def _wsgi_server() -> Flask:
    from components.web.application import create_app
    from components.web.following import DatasetFollower

    settings = settings_from_environment()
    server: Flask = create_app(DatasetFollower(settings), settings).server
    return server


def __getattr__(name: str) -> Flask:
    """Create ``server`` at first access, so that the command line does not create it."""
    if name == "server":
        return _wsgi_server()
    raise AttributeError(name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    It is 0, or 1 for bad data, 2 for bad usage, 3 if ``compare`` finds changes.
    """
    try:
        settings = settings_from_environment()
        args = _parser(settings).parse_args(arguments)
        command: Callable[[argparse.Namespace, Settings], int] = args.run
        return command(args, _with_options(settings, args))
    except CALL_ERRORS as error:
        print(error, file=sys.stderr)
        return BAD_USAGE
    except (DataError, RenderError) as error:
        print(error, file=sys.stderr)
        return BAD_DATA
    except OSError as error:
        print(f"{error.strerror or error}. Choose another file, host or port.", file=sys.stderr)
        return BAD_USAGE


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="app.py", description="Show an organization as a picture that people can walk through."
    )
    defaults = {"dataset": settings.dataset, "host": settings.host, "port": str(settings.port)}
    parser.set_defaults(
        run=_serve,
        **defaults,
        **dict.fromkeys([*READING_OPTIONS, *COLUMN_OPTIONS, *COMPARED_OPTIONS, "access_log"]),
    )
    commands = parser.add_subparsers(metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace, Settings], int], summary: str
    ) -> argparse.ArgumentParser:
        command_parser = commands.add_parser(name, help=summary, description=summary)
        command_parser.set_defaults(run=run)
        for option, option_help in READING_OPTIONS.items():
            command_parser.add_argument(f"--{option}", help=option_help)
        for option, (form, option_help) in COLUMN_OPTIONS.items():
            command_parser.add_argument(
                f"--{option}", action="append", metavar=form, help=f"{option_help}; may be repeated"
            )
        return command_parser

    def compared(command_parser: argparse.ArgumentParser) -> None:
        for option, (form, option_help) in COMPARED_OPTIONS.items():
            command_parser.add_argument(f"--{option}", metavar=form, help=option_help)

    serve = command("serve", _serve, "serve a dataset and follow it (the default)")
    serve.add_argument("dataset", nargs="?", type=Path, default=settings.dataset)
    serve.add_argument("--host", default=settings.host)
    serve.add_argument("--port", default=str(settings.port))
    serve.add_argument("--access-log", action="store_true", default=None, help="log each request")
    compared(serve)
    check = command("check", _check, "tell what was understood, and what is wrong")
    check.add_argument("dataset", type=Path)
    check.add_argument("--json", action="store_true", help="as JSON, with every problem")
    check.add_argument(
        "--explain", action="store_true", help="show all ways in which the table can be understood"
    )
    picture = command("export", _export, "write a diagram as PNG, SVG or PDF")
    picture.add_argument("diagram", choices=[*map(str, Diagram)], metavar="DIAGRAM")
    picture.add_argument("-o", "--output", required=True, type=Path, metavar="FILE")
    picture.add_argument("--data", dest="dataset", type=Path, default=settings.dataset)
    compared(picture)
    for name in PARAMETERS:
        if name in PARTS:
            picture.add_argument(
                f"--no-{name}", dest=name, action="store_const", const="no", help=f"without {name}"
            )
        elif name == "pages":
            picture.add_argument("--pages", nargs="?", const="all", metavar="all", help=PAGES_HELP)
        else:
            picture.add_argument(f"--{name}", help=ALLOWED[name])
    comparison = command("compare", _compare, "tell what has changed between two states")
    comparison.add_argument(
        "dataset", type=Path, metavar="OLD", help="the earlier state, or a folder of dated states"
    )
    comparison.add_argument(
        "new", type=Path, metavar="NEW", nargs="?", help="the later state; else another day of OLD"
    )
    comparison.add_argument(
        "--before", metavar="DAY", help="the day of the earlier state, as --at is of the later one"
    )
    comparison.add_argument("--matches", metavar="FILE", help=COMPARED_OPTIONS["matches"][1])
    comparison.add_argument("--json", action="store_true", help="as JSON, with every change")
    comparison.add_argument(
        "-o", "--output", metavar="FILE", help="write .xlsx, .csv, .md, .html or .json"
    )
    freeze = command("freeze", _freeze, "write the dashboard as files that need no server")
    freeze.add_argument("dataset", nargs="?", type=Path, default=settings.dataset)
    compared(freeze)
    freeze.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER|FILE.html")
    freeze.add_argument("--force", action="store_true", help="replace what is there")
    conversion = command("convert", _convert, "write the organization in another format")
    conversion.add_argument("dataset", type=Path)
    conversion.add_argument("-o", "--output", required=True, metavar="FILE")
    return parser


def _with_options(settings: Settings, args: argparse.Namespace) -> Settings:
    """Return the settings, changed by the options of the command line."""
    header, columns = settings.header, settings.map
    return replace(
        settings,
        dataset=args.dataset,
        encoding=args.encoding or settings.encoding,
        delimiter=args.delimiter or settings.delimiter,
        sheet=args.sheet or settings.sheet,
        header=header if args.header is None else header_number(args.header, "--header"),
        at=settings.at if args.at is None else day(args.at, "--at"),
        before=settings.before if args.before is None else earlier_state(args.before),
        matches=settings.matches if args.matches is None else Path(args.matches),
        people=settings.people if args.people is None else drawn(args.people, "--people"),
        title=settings.title if args.title is None else " ".join(args.title.split()),
        noun=settings.noun if args.noun is None else noun(args.noun, "--noun"),
        map=columns if args.map is None else column_map(args.map, "--map"),
        kind=settings.kind if args.kind is None else fact_kinds(args.kind, "--kind"),
        measure=settings.measure if args.measure is None else measures(args.measure, "--measure"),
        access_log=bool(args.access_log) or settings.access_log,
        host=args.host,
        port=whole_number(args.port, "--port", *PORTS),
    )


def _import(settings: Settings, dataset: Dataset | None = None) -> Imported:
    dataset = dataset or settings.source
    cache = settings.dataset_cache(dataset)
    with waiting(f"Reading {dataset.path}") as on_progress:
        loaded = cache.load(dataset.day, on_progress)
    cache.keep(loaded)
    return loaded.imported


def _shown(settings: Settings) -> Organization:
    """Return what a dataset shows: with an earlier state, both states as one organization."""
    with waiting(f"Reading {settings.dataset}") as on_progress:
        loaded = settings.states.load(NOW, on_progress)
    loaded.keep()
    _say_what_is_not_shown(loaded.organization)
    return loaded.organization


def _say_what_is_not_shown(organization: Organization) -> None:
    """Name the states that cannot be read."""
    for problem in organization.problems:
        if problem.kind is ProblemKind.EARLIER_STATE:
            print(problem, file=sys.stderr)


def _check(args: argparse.Namespace, settings: Settings) -> int:
    try:
        imported = _import(settings)
    except DataError as error:
        if not args.json:
            raise
        _print_json(refusal_report(error.problems))
        return BAD_DATA
    if args.json:
        _print_json(report(imported, explain=args.explain))
    else:
        from components.terminal_report import print_report

        print_report(imported, explain=args.explain)
    return OK


def _print_json(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=1))


def _export(args: argparse.Namespace, settings: Settings) -> int:
    from components.export.naming import code_points
    from components.export.options import Subject, read_options
    from components.export.pictures import export
    from components.export.workers import render_here

    index = OrganizationIndex(_shown(settings))
    subject = Subject(index, settings.public_address)
    texts = {name: text for name in PARAMETERS if (text := getattr(args, name)) is not None}
    path: Path = args.output
    options = read_options(subject, args.diagram, path.suffix[1:].lower(), texts)
    with rare_garbage_collection():
        picture = export(subject, options, render_here)
    try:
        write_file(path, picture.data)
    except OSError as error:
        reason = error.strerror or error
        raise OptionError(f"{path} cannot be written ({reason}). Choose another file.") from error
    pages = f", {picture.pages} pages" if picture.pages > 1 else ""
    print(f"{path}: {picture.width} × {picture.height} px{pages}")
    if picture.missing:
        print(
            f"No font of this machine has {code_points(picture.missing)}, so they are left blank. "
            "Install one that has them, such as Noto.",
            file=sys.stderr,
        )
    return OK


def _compare(args: argparse.Namespace, settings: Settings) -> int:
    from components.formats.changes import Report, changes_as_dict, text_report, write_report
    from components.words import words_in

    states = states_to_compare(settings.source, args.new, day(args.before or "", "--before"))
    try:
        comparison = _comparison(states, settings)
    except DataError as error:
        if not args.json:
            raise
        _print_json(
            {"counts": {}, "changes": [], "problems": [each.as_dict() for each in error.problems]}
        )
        return BAD_DATA
    before, after = states
    report = Report(comparison, before.name, after.name, words_in("en"))
    if args.output:
        write_report(report, args.output)
    if args.json:
        _print_json(changes_as_dict(report))
    else:
        print(text_report(report))
    return OK if comparison.is_same else CHANGED


def _comparison(states: Sequence[DatedState], settings: Settings) -> Comparison:
    from components.importing.state_loading import compare_states

    organizations, problems = [], []
    for state in states:
        try:
            organizations.append(_import(settings, state.dataset).organization)
        except DataError as error:
            problems += [each.of(state.name) for each in error.problems]
    if problems:
        raise DataError(problems)
    before, after = organizations
    return compare_states(before, after, settings.matches)


def _convert(args: argparse.Namespace, settings: Settings) -> int:
    from components.formats.catalogue import convert

    organization = _import(settings).organization
    left_out = convert(organization, args.output, settings.address)
    print(f"{args.output}: {summary_of(organization)}")
    if left_out:
        print(left_out, file=sys.stderr)
    return OK


def _freeze(args: argparse.Namespace, settings: Settings) -> int:
    from components.web.frozen.extent import IN_FOLDER
    from components.web.frozen.freezing import freeze

    organization = _shown(settings)
    with waiting(f"Reading {settings.dataset}") as on_progress:
        dated = settings.states.dated(IN_FOLDER.of_states, on_progress)
    if dated:
        _say_what_is_not_shown(dated[max(dated)])
    path: Path = args.output
    with waiting(f"Freezing {settings.dataset}") as on_progress:
        size = freeze(dated or organization, settings, path, on_progress, replaces=args.force)
    print(f"{path}: {organization.count():,} units, {size / 1_000_000:,.1f} MB")
    return OK


def _serve(_call: argparse.Namespace, settings: Settings) -> int:
    from components.web.application import create_app
    from components.web.following import DatasetFollower
    from components.web.serving import Server

    with waiting(f"Reading {settings.dataset}") as on_progress:
        follower = DatasetFollower(settings, on_progress)
    app = create_app(follower, settings)
    try:
        server = Server(app.server, settings)
    except (OSError, ValueError) as error:
        place = f"{settings.host}:{settings.port}"
        raise SettingError(f"{place} cannot be used ({error}). Choose another.") from error
    organization = follower.current.organization
    print(summary_of(organization), flush=True)
    _say_what_is_not_shown(organization)
    print(
        f"Serving on http://{settings.host}:{server.port}{settings.prefix.rstrip('/')}", flush=True
    )
    if follower.read_from_cache_in is not None:
        seconds = f"{follower.read_from_cache_in:.1f} s"
        print(f"Read {organization.count():,} units from the cache in {seconds}.", flush=True)
    follower.ensure_started()
    if follower.current.is_large:
        print("The search is being prepared; the page can be used meanwhile.", flush=True)
    if not settings.public_address and not settings.proxies:
        print("REMIT_ADDRESS is not set, so pictures do not say where this page is.", flush=True)
    try:
        server.run()
    finally:
        server.close()
    return OK


if __name__ == "__main__":
    sys.exit(main())
