"""The report of a dataset on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from components.importing.reasons import Explanation
from components.importing.report import Imported
from components.model.counts import counts_of
from components.problems import Problem, Severity
from components.terminal import summary_of

MAX_OF_A_KIND = 10
"""Maximum number of problems of one kind in the table; ``--json`` has them all."""
MAX_VALUE_LENGTH = 60
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
COUNT_LABELS = {
    "roots": "Roots",
    "isolated": "Roots without children",
    "relations": "Relations",
    "responsibilities": "Responsibilities",
    "unknown_parents": "Missing parents",
    "cycles": "Cycles",
}
MAX_CANDIDATES = 12
MEASURES = {
    "kept": "Kept",
    "below_records": "Below records",
    "below_names": "Below names",
    "found": "Parents found",
    "told_apart": "Told apart",
    "evidence": "Headings",
}
"""The headings of the measures that are shown of each interpretation."""
WIDTH = 200
"""Width of the table in characters if the output is not a terminal."""


def print_report(imported: Imported, *, explain: bool = False) -> None:
    """Print how each table was read and understood, the counts, and a table of problems.

    With ``explain`` all ways are printed in which the table of units can be understood.
    """
    organization = imported.organization
    console = _console()
    console.print(Text(summary_of(organization), style="bold"))
    for table in imported.tables:
        reading = f"Read as {table.reading}" if table.reading else "Read"
        columns = ", ".join(f"{standard} = {column}" for standard, column in table.columns.items())
        console.print(Text(f"{table.table}: {reading}."))
        console.print(Text(f"  {table.role or 'not used'}{': ' if columns else ''}{columns}"))
        for sentence in filter(None, (table.reason, table.alternative)):
            console.print(Text(f"  {sentence}"))
        if table.facts:
            facts = ", ".join(f"{heading} ({kind})" for heading, kind in table.facts.items())
            console.print(Text(f"  Facts: {facts}."))
        if table.unused:
            console.print(Text(f"  Not used: {', '.join(table.unused)}."))
        if explain and table.candidates:
            _print_candidates(table.candidates, console)
    counts = counts_of(organization).items()
    labelled = [f"{COUNT_LABELS[name]} {count:,}" for name, count in counts if name in COUNT_LABELS]
    console.print(Text(" · ".join(labelled)))
    _print_problems(organization.problems, console)


def _print_candidates(candidates: Sequence[Explanation], console: Console) -> None:
    """Print the interpretations of a table, the best first, with what each makes of it.

    Columns and measures stand below the sentence, so that both fit into a narrow terminal.
    """
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    table.add_column("Score", justify="right", vertical="top")
    table.add_column("Hierarchy", overflow="fold")
    for candidate in candidates[:MAX_CANDIDATES]:
        columns, judgement = candidate.columns, candidate.judgement
        named = (f"{column} = {columns[column]}" for column in ("name", "id") if column in columns)
        measured = (f"{MEASURES[name]} {getattr(judgement, name):.0%}" for name in MEASURES)
        text = Text(candidate.hierarchy)
        text.append(f"\n{', '.join(named)}\n", style="dim")
        text.append(" · ".join(measured), style="dim")
        table.add_row(f"{candidate.score:.1f}", text)
    console.print(table)


def _print_problems(problems: Sequence[Problem], console: Console) -> None:
    """Print a table of problems, sorted by severity and kind."""
    if not problems:
        return
    severities = list(Severity)
    problems = sorted(problems, key=lambda row: (severities.index(row.severity), row.kind))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    for name in ("", "Where", "Value", "What", "What to do"):
        table.add_column(name, overflow="fold")
    for (severity, _), group in groupby(problems, key=lambda row: (row.severity, row.kind)):
        same_kind = list(group)
        for problem in same_kind[:MAX_OF_A_KIND]:
            table.add_row(
                Text(str(severity), style=STYLES[severity]),
                Text(problem.place),
                Text(_shortened(problem.value)),
                Text(problem.reason),
                Text(problem.remedy),
            )
        more = len(same_kind) - MAX_OF_A_KIND
        if more > 0:
            table.add_row("", "", "", Text(f"... and {more:,} more of this kind (see --json)"))
    console.print(table)


def _console() -> Console:
    console = Console(soft_wrap=False, highlight=False)
    return console if console.is_terminal else Console(width=WIDTH, highlight=False)


def _shortened(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= MAX_VALUE_LENGTH else f"{value[: MAX_VALUE_LENGTH - 1]}…"
