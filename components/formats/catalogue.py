"""The files that an organization can be had as, and how to write one to the disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from components.files import write_file, write_folder
from components.formats.errors import FormatError
from components.formats.graphs import cytoscape_json, gexf, graphml
from components.formats.json_files import flat_json, nested_json
from components.formats.linked import json_ld, turtle
from components.formats.package import (
    DESCRIPTOR,
    descriptor,
    package_files,
    package_zip,
    table_csv,
)
from components.formats.tables import COLUMNS, tables_in
from components.formats.workbook import workbook
from components.model.organization import Organization
from components.model.text import ascii_slug


@dataclass(frozen=True, slots=True)
class File:
    """A file that an organization can be had as."""

    media_type: str
    write: Callable[[Organization, str], bytes]
    """Given the address of the page, or empty text: in linked data it is in the names of units."""
    name: str
    """What it is called where it is kept, with the place of the dataset's name in it."""


def _of(write: Callable[[Organization], bytes]) -> Callable[[Organization, str], bytes]:
    return lambda organization, _address: write(organization)


def _csv(table: str) -> File:
    return File("text/csv", _of(partial(table_csv, table=table)), f"{{}}-{table}.csv")


JSON = "application/json"
FILES: Mapping[str, File] = {
    "datapackage.zip": File("application/zip", _of(package_zip), "{}.zip"),
    DESCRIPTOR: File(JSON, _of(descriptor), DESCRIPTOR),
    **{f"{table}.csv": _csv(table) for table in COLUMNS},
    "organization.xlsx": File(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _of(workbook),
        "{}.xlsx",
    ),
    "organization.json": File(JSON, _of(flat_json), "{}.json"),
    "organization-nested.json": File(JSON, _of(nested_json), "{}-nested.json"),
    "organization.graphml": File("application/graphml+xml", _of(graphml), "{}.graphml"),
    "organization.gexf": File("application/gexf+xml", _of(gexf), "{}.gexf"),
    "organization.cyjs": File(JSON, _of(cytoscape_json), "{}.cyjs"),
    "organization.ttl": File("text/turtle", turtle, "{}.ttl"),
    "organization.jsonld": File("application/ld+json", json_ld, "{}.jsonld"),
}
"""By the name in their address."""
ENDINGS: Mapping[str, str] = {
    ".zip": "datapackage.zip",
    ".csv": "units.csv",
    ".xlsx": "organization.xlsx",
    ".nested.json": "organization-nested.json",
    ".tree.json": "organization-nested.json",
    ".json": "organization.json",
    ".graphml": "organization.graphml",
    ".gexf": "organization.gexf",
    ".cyjs": "organization.cyjs",
    ".ttl": "organization.ttl",
    ".jsonld": "organization.jsonld",
}
"""The file that is meant by the ending of a path; the longer endings come first."""
LONGEST_NAME = 60
"""Characters of the name of a dataset in that of a file."""


def file_name(organization: Organization, name: str) -> str:
    """Return what one of the ``FILES`` is called where it is kept: ``iom-operations-units.csv``."""
    dataset = ascii_slug(organization.about.name)[:LONGEST_NAME].rstrip("-") or "organization"
    return FILES[name].name.format(dataset)


def convert(organization: Organization, path: str, address: str) -> str:
    """Write an organization to a file of the format that its ending says, or to a folder.

    A path without an ending, or with a slash at its end, is the folder of a data package; it must
    be new or empty. ``address`` is that of the page, or empty. Returns a sentence on what is left
    out of the file; empty if nothing is.

    Raises:
        FormatError: there is no format of this ending, the organization does not fit into it, or
            the file cannot be written.
    """
    target = Path(path)
    try:
        if path.endswith(("/", "\\")) or not target.suffix or target.is_dir():
            write_folder(target, package_files(organization))
            return ""
        ending = next((each for each in ENDINGS if path.lower().endswith(each)), "")
        if not ending:
            raise FormatError(
                f"There is no format “{target.suffix}”. "
                f"Give the file one of the endings {', '.join(ENDINGS)}, or a folder a “/”."
            )
        write_file(target, FILES[ENDINGS[ending]].write(organization, address))
    except OSError as error:
        reason = error.strerror or error
        raise FormatError(f"{path} cannot be written ({reason}). Choose another one.") from error
    others = [table for table in tables_in(organization) if table != "units"]
    if ending != ".csv" or not others:
        return ""
    return (
        f"The file has the units only, not the {', '.join(others)}; "
        "a folder, .zip and .xlsx have all tables."
    )
