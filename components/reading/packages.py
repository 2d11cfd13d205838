"""Several files that belong together: a Frictionless data package, or a folder of tables."""

from __future__ import annotations

import json
from pathlib import Path

from components.reading.files import read_file
from components.reading.options import Limits, Options
from components.reading.problems import Kind, refusal
from components.reading.tables import Table, Tables, tables_of


def read_package(path: Path, options: Options, limits: Limits) -> Tables:
    """Return the tables of a data package (its folder or its ``datapackage.json``).

    Raises:
        DataError: it is no data package, or a file of it cannot be read.
    """
    if path.is_dir():
        path = path / "datapackage.json"
    if not path.is_file():
        raise refusal(
            Kind.NO_FILE, path.name, "There is no such file.", "Name a table or a data package."
        )
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8-sig"))
        resources = [(str(entry["name"]), str(entry["path"])) for entry in descriptor["resources"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise refusal(
            Kind.UNREADABLE,
            path.name,
            f"This is no Frictionless data package ({type(error).__name__}: {error}).",
            "Give it a list “resources” with a name and a path each.",
        ) from error
    folder = path.parent.resolve()
    tables: list[Table] = []
    for name, relative in resources:
        if name in {table.name for table in tables}:
            raise refusal(
                Kind.UNREADABLE,
                path.name,
                f"Two tables are called “{name}”.",
                "Give each resource a name of its own.",
            )
        file = (folder / relative.replace("\0", "")).resolve()
        if not file.is_relative_to(folder) or not file.is_file():
            raise refusal(
                Kind.NO_FILE,
                path.name,
                f"The file “{relative}” of table “{name}” is not in the package's folder.",
                "Put it there, or remove the resource.",
            )
        tables += read_file(file, name, options, limits)
    return tables_of(str(descriptor.get("name") or folder.name), tables, descriptor)
