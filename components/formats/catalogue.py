"""The file formats of an organization, and how to write a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from components.files import write_file, write_folder
from components.formats.errors import FormatError
from components.formats.graphs import cytoscape_json, gexf, graphml
from components.formats.json_files import flat_json, flat_json_parts, nested_json, nested_json_parts
from components.formats.linked import json_ld, turtle
from components.formats.package import (
    descriptor,
    package_files,
    package_zip,
    spreadsheet_csv,
    spreadsheet_csv_parts,
)
from components.formats.tables import tables_in
from components.formats.workbook import workbook
from components.model.organization import Organization
from components.model.standard_columns import COLUMNS
from components.reading.packages import DESCRIPTOR


@dataclass(frozen=True, slots=True)
class File:
    """A file that holds an organization, in whole or in part."""

    media_type: str
    write: Callable[[Organization, str], bytes]
    """Takes the address of the page, or empty text: linked data uses it in identifiers."""
    name: str
    """The file name for downloads, with ``{}`` for the name of the dataset."""
    parts: Callable[[Organization], Iterator[str]] | None = None
    """Yields the text of the file in small parts, for organizations that are large; None if it
    can only be written as a whole."""


def _file(
    media_type: str,
    write: Callable[[Organization], bytes],
    name: str,
    parts: Callable[[Organization], Iterator[str]] | None = None,
) -> File:
    return File(media_type, lambda organization, _address: write(organization), name, parts)


JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: Mapping[str, File] = {
    "datapackage.zip": _file("application/zip", package_zip, "{}.zip"),
    DESCRIPTOR: _file(JSON, descriptor, DESCRIPTOR),
    **{
        f"{table}.csv": _file(
            "text/csv",
            partial(spreadsheet_csv, table=table),
            f"{{}}-{table}.csv",
            partial(spreadsheet_csv_parts, table=table),
        )
        for table in COLUMNS
    },
    "organization.xlsx": _file(XLSX, workbook, "{}.xlsx"),
    "organization.json": _file(JSON, flat_json, "{}.json", flat_json_parts),
    "organization-nested.json": _file(JSON, nested_json, "{}-nested.json", nested_json_parts),
    "organization.graphml": _file("application/graphml+xml", graphml, "{}.graphml"),
    "organization.gexf": _file("application/gexf+xml", gexf, "{}.gexf"),
    "organization.cyjs": _file(JSON, cytoscape_json, "{}.cyjs"),
    "organization.ttl": File("text/turtle", turtle, "{}.ttl"),
    "organization.jsonld": File("application/ld+json", json_ld, "{}.jsonld"),
}
"""All files, by the name in their address."""
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
"""The file for each ending of a path; the first ending that fits counts."""


def file_name(organization: Organization, name: str) -> str:
    """Return the name of a downloaded file: ``iom-operations-units.csv``."""
    return FILES[name].name.format(organization.file_name)


def convert(organization: Organization, path: str, address: str) -> str:
    """Write an organization to a file, in the format of its ending, or to a folder.

    A path without an ending, or with a slash at its end, is the folder of a data package; it must
    be new or empty. ``address`` is the address of the page, or empty. Returns a sentence that says
    which tables the file leaves out, or empty text.

    Raises:
        FormatError: the ending is unknown, the organization does not fit into the format, or the
            file cannot be written.
    """
    target = Path(path)
    try:
        if path.endswith(("/", "\\")) or not target.suffix or target.is_dir():
            write_folder(target, package_files(organization))
            return ""
        ending = next((known for known in ENDINGS if path.lower().endswith(known)), "")
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
