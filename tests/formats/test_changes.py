from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from components.formats.changes import (
    COLUMNS,
    MOST_ENTRIES,
    WRITERS,
    Report,
    changes_as_dict,
    html_report,
    markdown_report,
    text_report,
    write_report,
)
from components.formats.errors import FormatError
from components.model.changes import compare
from components.model.organization import Organization
from components.reading.read import read_tables
from components.words import words_in
from tests.organizations import organization_named, organization_of

UNITS = """
    id, name,                 parent
    h,  Harbour,
    p,  {},                   h
    l,  Locks,                h
    """


def report(before: Organization, after: Organization) -> Report:
    return Report(compare(before, after), "old.csv", "new.csv", words_in("en"))


@pytest.fixture
def renamed() -> Report:
    """The payroll is renamed, with a name that markup and spreadsheets would take for theirs."""
    return report(
        organization_of(UNITS.format("Pay <b>")), organization_of(UNITS.format("=Pay <i> *Desk*"))
    )


@pytest.fixture
def split() -> Report:
    after = UNITS.format("Payroll") + "x, Pensions, h"
    return report(organization_of(UNITS.format("Payroll and Pensions")), organization_of(after))


class TestText:
    def test_has_counts_then_each_change_with_its_place(self, renamed: Report) -> None:
        assert text_report(renamed).splitlines() == [
            "old.csv → new.csv",
            "3 units before, 3 units now.",
            "1 renamed.",
            "2 as before.",
            "",
            "Renamed (1)",
            "  Pay <b> → =Pay <i> *Desk*  [Harbour]",
        ]

    def test_has_so_many_entries_of_a_kind(self) -> None:
        pairs = [("h", ""), *((f"u{at}", "h") for at in range(30))]
        names = ["Harbour", *(f"Desk {at}" for at in range(30))]
        others = ["Harbour", *(f"Room {at}" for at in range(30))]

        lines = text_report(
            report(organization_named(pairs, names), organization_named(pairs, others))
        ).splitlines()

        assert lines[-1] == "  + 10 more"
        assert sum(" → Room" in line for line in lines) == MOST_ENTRIES

    def test_says_which_units_may_be_others(self) -> None:
        table = "name, type, parent\n Harbour, office, \n {}, unit, Harbour\n Locks, unit, Harbour"
        lines = text_report(
            report(
                organization_of(table.format("Pilots Agency")),
                organization_of(table.format("Pilots and Ferries Agency")),
            )
        ).splitlines()

        assert lines[-3:] == [
            "Uncertain",
            "  These are taken for the same, but may be others. A table of matches settles it.",
            "  Pilots Agency → Pilots and Ferries Agency (name, place or neighbours are alike)",
        ]


class TestPages:
    def test_have_no_markup_of_the_data(self, renamed: Report) -> None:
        page = html_report(renamed)

        assert "Pay &lt;b&gt; → =Pay &lt;i&gt; *Desk*" in page
        assert "<b>" not in page
        assert '<html lang="en" dir="ltr">' in page

    def test_in_markdown_neither(self, renamed: Report) -> None:
        text = markdown_report(renamed)

        assert text.startswith("# old.csv → new.csv\n\n3 units before, 3 units now.\n")
        assert "- Pay \\<b\\> → =Pay \\<i\\> \\*Desk\\* *Harbour*\n" in text

    def test_name_all_units_that_the_text_only_counts(self) -> None:
        table = "name, site, parent\nHarbour, Quay 1,\n"
        rows = "\n".join(f"Desk {number}, {{0}}, Harbour" for number in range(8))
        moved = report(
            *(organization_of(table + rows.format(site)) for site in ("Quay 1", "Quay 2"))
        )

        assert "+ 4 more" in text_report(moved)
        assert "Desk 7" in markdown_report(moved)
        assert "Desk 7" in html_report(moved)


class TestJson:
    def test_has_counts_and_changes(self, renamed: Report) -> None:
        content = changes_as_dict(renamed)

        assert content["counts"]["renamed"] == 1
        assert content["counts"]["new"] == 0
        assert content["unchanged"] == 2
        assert content["changes"] == [
            {
                "kind": "renamed",
                "unit": "p",
                "name": "=Pay <i> *Desk*",
                "place": ["Harbour"],
                "before": "Pay <b>",
                "after": "=Pay <i> *Desk*",
                "units_before": ["p"],
                "units_after": ["p"],
                "column": "name",
            }
        ]

    def test_of_a_split_is_about_the_unit_that_was_split(self, split: Report) -> None:
        (change,) = changes_as_dict(split)["changes"][:1]

        assert (change["kind"], change["unit"]) == ("split", "p")
        assert change["before"] == "Payroll and Pensions"
        assert change["after"] == ["Payroll", "Pensions"]
        assert change["units_after"] == ["p", "x"]

    def test_of_new_and_gone_units_has_one_name(self) -> None:
        one, more = (
            organization_of(UNITS.format("Payroll") + further) for further in ("", "x, Divers, h")
        )

        (new,) = changes_as_dict(report(one, more))["changes"]
        (gone,) = changes_as_dict(report(more, one))["changes"]

        assert (new["unit"], new["before"], new["after"]) == ("x", None, "Divers")
        assert (gone["unit"], gone["before"], gone["after"]) == ("x", "Divers", None)


class TestFiles:
    @pytest.mark.parametrize("ending", WRITERS)
    def test_are_written_in_each_format(self, ending: str, renamed: Report, tmp_path: Path) -> None:
        path = tmp_path / f"changes{ending}"

        write_report(renamed, str(path))

        if ending == ".json":
            assert json.loads(path.read_text(encoding="utf-8")) == changes_as_dict(renamed)
        elif ending in {".csv", ".xlsx"}:
            (table,) = read_tables(path).frames.values()
            assert tuple(table.columns) == COLUMNS
            assert table["after"].tolist() == ["=Pay <i> *Desk*"]
        else:
            assert "Renamed" in path.read_text(encoding="utf-8")

    def test_for_spreadsheets_compute_nothing(self, renamed: Report, tmp_path: Path) -> None:
        path = tmp_path / "changes.csv"

        write_report(renamed, str(path))

        (row,) = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        assert row["after"] == "'=Pay <i> *Desk*"

    def test_of_other_formats_are_refused(self, renamed: Report, tmp_path: Path) -> None:
        with pytest.raises(FormatError, match=r"no format “\.pdf” of changes"):
            write_report(renamed, str(tmp_path / "changes.pdf"))

    def test_that_cannot_be_written_are_named(self, renamed: Report, tmp_path: Path) -> None:
        with pytest.raises(FormatError, match="cannot be written"):
            write_report(renamed, str(tmp_path / "missing" / "changes.md"))
