"""How well and how fast the search finds units, with tantivy and with SQLite's FTS5.

    PYTHONPATH=. python benchmarks/search.py [--units 1000000] [--every 1] [--runs 15]

First the shipped organization: each engine answers the acronyms and beginnings of all names,
every mistake of one letter (or each ``--every``-th wrong letter), every phrase of three to five
words of a responsibility, and the questions of ``tests/search/questions.csv``; then the questions
once more, without single parts of the query. Then an organization of ``--units`` units: the time
and memory of its index, and the time of a search. Each engine runs in a process of its own.
"""

from __future__ import annotations

import argparse
import csv
import gc
import random
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from string import ascii_lowercase
from time import process_time
from unittest.mock import patch

import pandas as pd

from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.model.text import fold_text
from components.reading.read import read_tables
from components.reading.tables import Tables
from components.search import finder as finder_module
from components.search.finder import Finder
from components.search.full_text import FIELDS, Boosts, FullText, Phrase
from components.search.language import Language
from components.search.query import QueryBuilder
from components.settings import Settings

QUESTIONS = Path(__file__).parent.parent / "tests" / "search" / "questions.csv"
FIRST = 3
"""A unit counts as found if it is among the first so many hits."""
BUILD = 9
"""Children of each unit of the large organization."""


class Fts5:
    """SQLite's FTS5 with the interface of ``FullText``; it weights fields, but not phrases."""

    def __init__(self, documents: Iterable[Iterable[tuple[str, Iterable[str]]]]) -> None:
        """Index documents, each given as pairs of a field and the stems of a text."""
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        fields = ", ".join(FIELDS)
        self._database.execute(
            f"CREATE VIRTUAL TABLE units USING fts5({fields}, "
            "tokenize = 'unicode61 remove_diacritics 0')"
        )
        self._database.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(units, row)")
        placeholders = ", ".join("?" * (len(FIELDS) + 1))
        self._database.executemany(
            f"INSERT INTO units(rowid, {fields}) VALUES ({placeholders})",  # noqa: S608
            self._rows(documents),
        )
        self._database.commit()
        weights = ", ".join(map(str, FIELDS.values()))
        self._select = (
            "SELECT rowid FROM units WHERE units MATCH ? "  # noqa: S608
            f"ORDER BY bm25(units, {weights}), rowid LIMIT ?"
        )

    @staticmethod
    def _rows(documents: Iterable[Iterable[tuple[str, Iterable[str]]]]) -> Iterator[list[object]]:
        for number, texts in enumerate(documents):
            cells: dict[str, list[str]] = {field: [] for field in FIELDS}
            for field, stems in texts:
                cells[field].append(" ".join(stems))
            yield [number, *(" ; ".join(cells[field]) for field in FIELDS)]

    def search(self, clauses: Iterable[Boosts], most: int) -> list[int]:
        """Return the documents that match at least one clause, best first."""
        phrases = [f'"{" ".join(phrase)}"' for boosts in clauses for phrase in boosts]
        return self._matches(" OR ".join(phrases), most) if phrases else []

    def phrase(self, phrase: Phrase, most: int) -> list[int]:
        """Return the documents that contain a phrase, best first."""
        return self._matches(f'"{" ".join(phrase)}"', most)

    def document_frequency(self, stem: str) -> int:
        """Return the number of documents with a stem."""
        row = self._database.execute("SELECT doc FROM stems WHERE term = ?", (stem,)).fetchone()
        return int(row[0]) if row else 0

    def _matches(self, query: str, most: int) -> list[int]:
        return [number for (number,) in self._database.execute(self._select, (query, most))]


ENGINES = {"tantivy": FullText, "fts5": Fts5}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=[*ENGINES])
    call = parser.parse_args()
    if not call.only:
        for engine in ENGINES:
            subprocess.run([sys.executable, *sys.argv, "--only", engine], check=True)  # noqa: S603
        return
    print(f"--- {call.only}", flush=True)
    with patch.object(finder_module, "FullText", ENGINES[call.only]):
        shipped = import_tables(read_tables(Settings().dataset)).organization
        quality(shipped, call.every)
        if call.only == "tantivy":
            without_parts(shipped)
        speed(shipped, "47 units", call.runs)
        if call.units:
            speed(large(shipped, call.units), f"{call.units:,} units", call.runs)


def quality(organization: Organization, every: int) -> None:
    """Print how many questions lead to the right unit."""
    finder = Finder(organization)
    names = organization.units["name"]
    folded = [fold_text(name) for name in names]
    duties = [
        [f" {fold_text(row.text)} " for row in organization.responsibilities.of(unit)]
        for unit in range(len(organization))
    ]

    def hits(question: str) -> list[int]:
        return [hit.unit for hit in finder.find(question).hits][:FIRST]

    expected = [(name, unit) for unit, name in enumerate(organization.units["acronym"]) if name]
    for unit, name in enumerate(folded):
        begins = {name[:length].strip() for length in range(3, len(name) + 1)}
        expected += (
            (begin, unit)
            for begin in begins
            if sum(other.startswith(begin) for other in folded) == 1
        )
    report("acronyms and beginnings, first", [hits(name)[:1] == [unit] for name, unit in expected])
    expected = [(wrong, unit) for unit, name in enumerate(names) for wrong in mistakes(name, every)]
    report("names with a mistake, in three", [unit in hits(wrong) for wrong, unit in expected])
    phrases = {
        " ".join(words[at : at + length])
        for row in organization.responsibilities.rows
        for words in [row.text.split()]
        for length in (3, 4, 5)
        for at in range(len(words) - length + 1)
    }
    correct = []
    for phrase in sorted(phrases):
        part = f" {fold_text(phrase)} "
        units = {unit for unit, texts in enumerate(duties) if any(part in text for text in texts)}
        found = set(hits(phrase))
        correct.append(units <= found or (len(found) == FIRST and found <= units))
    report("phrases of responsibilities, in three", correct)
    questions(finder, organization)


def mistakes(name: str, every: int) -> Iterator[str]:
    """Yield a name with a letter missing, two swapped, or one after the first wrong."""
    yield from (name[:at] + name[at + 1 :] for at in range(len(name)))
    yield from (name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1))
    yield from (
        name[:at] + letter + name[at + 1 :]
        for at in range(1, len(name))
        for place, letter in enumerate(ascii_lowercase)
        if (at + place) % every == 0
    )


def questions(finder: Finder, organization: Organization) -> None:
    """Print how many of the questions in everyday words lead to the right unit."""
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for part in ("tuning", "held_out"):
        places = []
        for row in rows:
            if row["part"] == part:
                hits = [organization.units["id"][h.unit] for h in finder.find(row["question"]).hits]
                right = set(row["units"].split(";"))
                places.append(next((at for at, unit in enumerate(hits) if unit in right), FIRST))
        report(f"questions, {part}, in three", [place < FIRST for place in places])
        report(f"questions, {part}, first", [place == 0 for place in places])


def without_parts(organization: Organization) -> None:
    """Print the results of the questions without single parts of the query."""
    parts: dict[str, Callable[[], AbstractContextManager[object]]] = {
        "synonyms": lambda: patch.object(QueryBuilder, "_known_synonyms", lambda _, _synonyms: {}),
        "stems": lambda: patch.object(Language, "stem", lambda _, word: word),
        "stop words": lambda: patch.object(Language, "is_stop_word", lambda _, _word: False),
        "corrections": lambda: patch.object(
            QueryBuilder, "_corrections", lambda _, _word: iter(())
        ),
    }
    for without in (["synonyms"], ["stems"], ["stop words"], ["corrections"], list(parts)):
        print(f"without {', '.join(without)}")
        with ExitStack() as stack:
            for part in without:
                stack.enter_context(parts[part]())
            questions(Finder(organization), organization)


def report(label: str, correct: Sequence[bool]) -> None:
    """Print how many questions of a group were answered correctly."""
    print(f"{label:<44}{sum(correct):>8,} of {len(correct):,}", flush=True)


def speed(organization: Organization, label: str, runs: int) -> None:
    """Print the time and memory of an index, and the time of a search."""
    gc.collect()
    memory_before, start = memory(), process_time()
    finder = Finder(organization)
    seconds, megabytes = process_time() - start, memory() - memory_before
    print(f"{label}: built in {seconds:.2f} s, {megabytes:.0f} MB kept", flush=True)
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        all_questions = [row["question"] for row in csv.DictReader(file)]
    names = organization.units["name"]
    sample = random.Random(5).sample(range(len(names)), 40)
    all_questions += [names[unit] for unit in sample]
    all_questions += [names[unit][:3] + names[unit][4:] for unit in sample]
    all_questions += [
        "unit",
        "migration health",
        "mig",
        "the",
        "xyzzyqq",
        "a" * 10_000,
        '"' * 10_000,
    ]
    medians: list[tuple[float, str]] = []
    for question in all_questions:
        times = []
        for _ in range(runs):
            start = process_time()
            finder.find(question)
            times.append((process_time() - start) * 1_000)
        medians.append((statistics.median(times), question))
    medians.sort()
    figures = [milliseconds for milliseconds, _ in medians]
    ninety = figures[len(figures) * 9 // 10]
    print(
        f"{label}: a search {statistics.median(figures):.1f} ms, nine of ten within "
        f"{ninety:.1f} ms, the slowest {figures[-1]:.1f} ms ({medians[-1][1][:40]})",
        flush=True,
    )


def memory() -> float:
    """Return the resident memory of this process in megabytes; Linux only."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1_000


def large(shipped: Organization, units: int) -> Organization:
    """Return an organization of many units, named and described in words of the shipped one."""
    generator = random.Random(4)
    name_words = sorted(
        {word.strip(",") for name in shipped.units["name"] for word in name.split()}
    )
    duty_words = [word for row in shipped.responsibilities.rows for word in row.text.split()]
    ids = [f"u{unit}" for unit in range(units)]
    tables = {
        "units": {
            "id": ids,
            "name": [
                f"{' '.join(generator.choices(name_words, k=4))} Unit {unit}"
                for unit in range(units)
            ],
            "parent_id": ["", *(ids[(unit - 1) // BUILD] for unit in range(1, units))],
        },
        "responsibilities": {
            "unit_id": ids,
            "responsibility": [" ".join(generator.choices(duty_words, k=10)) for _ in ids],
        },
    }
    index = pd.RangeIndex(2, units + 2)
    return import_tables(
        Tables(
            "large",
            {table: pd.DataFrame(cells, index, dtype="str") for table, cells in tables.items()},
        )
    ).organization


if __name__ == "__main__":
    main()
