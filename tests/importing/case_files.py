"""Reads the cases of ``tests/importing/cases``: tables, and the organization each should make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from components.importing.loading import Dataset, load_organization
from components.model.organization import Organization
from components.reading.options import Options

FOLDER = Path(__file__).parent / "cases"
CASE = re.compile(r"^## (.+)\n((?:(?!## ).*\n?)*)", re.MULTILINE)
BLOCK = re.compile(r"^```(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXPECTED = ("tree", "problems", "relations", "facts")
INDENT = "  "


@dataclass(frozen=True)
class Case:
    """A dataset and the organization that it should make."""

    title: str
    files: Mapping[str, str]
    settings: Mapping[str, str]
    """The block ``settings``: the day ``at``, the table of units ``sheet``, columns by role."""
    expected: Mapping[str, tuple[str, ...]]
    """The lines of the blocks ``tree``, ``problems``, ``relations`` and ``facts``."""

    def dataset(self, folder: Path) -> Dataset:
        """Write the files to a folder, called “tables” if there are several; return the dataset."""
        if len(self.files) > 1:
            folder /= "tables"
            folder.mkdir()
        for name, text in self.files.items():
            (folder / name).write_text(text, encoding="utf-8")
        first = next(iter(self.files))
        mapping = {
            key: column for key, column in self.settings.items() if key not in {"at", "sheet"}
        }
        at = self.settings.get("at")
        return Dataset(
            folder / first if len(self.files) == 1 else folder,
            Options(sheet=self.settings.get("sheet", "")),
            mapping,
            at=date.fromisoformat(at) if at else None,
        )


def cases() -> Iterator[Case]:
    """Yield the cases of all files of the folder."""
    for path in sorted(FOLDER.glob("*.md")):
        if path.name != "README.md":
            yield from cases_of(path.read_text(encoding="utf-8"))


def cases_of(text: str) -> Iterator[Case]:
    """Yield the cases of a text: a heading of the second level, and a block for each part."""
    for title, body in CASE.findall(text):
        blocks = dict(BLOCK.findall(body))
        settings = dict(line.split("=", 1) for line in blocks.pop("settings", "").splitlines())
        expected = {
            name: tuple(blocks.pop(name).splitlines()) for name in EXPECTED if name in blocks
        }
        yield Case(title, blocks, settings, {"problems": (), **expected})


def load(case: Case, folder: Path) -> Organization:
    """Return the organization that a case makes."""
    return load_organization(case.dataset(folder))


def tree_of(organization: Organization) -> tuple[str, ...]:
    """Return the names of all units in preorder, indented by their depth."""
    names = organization.units["name"]
    depths = organization.depth.tolist()
    return tuple(INDENT * depth + name for name, depth in zip(names, depths, strict=True))


def problems_of(organization: Organization) -> tuple[str, ...]:
    """Return the kind and the place of each problem: ``cycle: units, record 4, column parent``."""
    return tuple(f"{problem.kind}: {problem.place}" for problem in organization.problems)


def relations_of(organization: Organization) -> tuple[str, ...]:
    """Return each relation once, in the order of the alphabet: ``Gil Oak > Ada Marsh (kind)``."""
    names = organization.units["name"]
    relations = {
        f"{names[row.origin]} > {names[row.target]} ({row.kind})"
        for row in organization.relations.rows
    }
    return tuple(sorted(relations))


def facts_of(organization: Organization) -> frozenset[str]:
    """Return each filled cell of a unit as ``Ada Marsh: type = Director``."""
    names = organization.units["name"]
    return frozenset(
        f"{name}: {column} = {cell}"
        for column, cells in organization.units.items()
        for name, cell in zip(names, cells, strict=True)
        if cell
    )
