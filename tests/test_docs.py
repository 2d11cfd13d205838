"""The tables in docs/data.md are complete, and its examples have the documented results."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

import app
from components.importing.column_names import whole_named
from components.importing.column_settings import ROLES
from components.importing.loading import Dataset, load_organization
from components.importing.matches import read_matches
from components.importing.report import Imported
from components.model.changes import ChangeKind
from components.model.matching import Settled
from components.model.measures import Measures
from components.model.organization import Organization
from components.problems import ProblemKind
from components.settings import CAPS, Settings, column_map, settings_from_environment
from components.view_state import KEYS
from components.web.fragments import FRAGMENT_KINDS
from tests.importing.case_files import tree_of
from tests.organizations import organization_of

DATA = (Path(__file__).parent.parent / "docs" / "data.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^##+ (.+?)\n(.*?)(?=^##+ |\Z)", DATA, re.MULTILINE | re.DOTALL))
WARNINGS, ERRORS = "Problems", "Errors and limits"
HEALTH_PAIRS = [
    ("", "Health"),
    ("Health", "Hospitals"),
    ("Hospitals", "Surgery"),
    ("Health", "Prevention"),
]


def rows(section: str) -> list[list[str]]:
    """Return the rows of the tables in a section, without headings."""
    lines = re.findall(r"^\| (.+) \|$", SECTIONS[section], re.MULTILINE)
    return [row.split(" | ") for row in lines if row.startswith("`")]


def blocks(section: str) -> list[str]:
    """Return the code blocks of a section, without commands."""
    code_blocks = re.findall(r"^```(\w*)\n(.*?)^```$", SECTIONS[section], re.MULTILINE | re.DOTALL)
    return [text for language, text in code_blocks if language != "sh"]


def quoted(text: str) -> list[str]:
    """Return the parts of a text between backticks."""
    return re.findall("`(.+?)`", text)


def load_files(folder: Path, **files: str) -> Organization:
    """Return the organization in a folder with these files."""
    for name, text in files.items():
        ending = "json" if text.startswith(("{", "[")) else "csv"
        (folder / f"{name}.{ending}").write_text(text, encoding="utf-8")
    return load_organization(Dataset(folder))


def pairs(organization: Organization) -> list[tuple[str, str]]:
    """Return the name of each unit's parent and of the unit."""
    names = organization.units["name"]
    parents = organization.parent.tolist()
    return [
        (names[parent] if parent >= 0 else "", name)
        for parent, name in zip(parents, names, strict=True)
    ]


class TestTheProblems:
    def test_are_all_documented(self) -> None:
        documented = [*rows(WARNINGS), *rows(ERRORS)]
        kinds = [quoted(row[0])[0] for row in documented if "REMIT_" not in row[0]]

        assert sorted(kinds) == sorted(ProblemKind)
        assert all(cell for row in documented for cell in row)

    def test_that_are_errors_are_in_a_section_of_their_own(self) -> None:
        documented = {
            ProblemKind(quoted(row[0])[0]) for row in rows(ERRORS) if "REMIT_" not in row[0]
        }
        first, last = ProblemKind.NO_FILE, ProblemKind.NO_UNITS

        assert documented == {
            *list(ProblemKind)[list(ProblemKind).index(first) : list(ProblemKind).index(last) + 1]
        }


class TestTheSettings:
    def test_of_limits_are_documented_with_their_defaults(self) -> None:
        documented = {
            quoted(row[0])[0]: int(row[1].replace(",", ""))
            for row in rows(ERRORS)
            if "REMIT_" in row[0]
        }

        assert documented == {f"REMIT_{cap.upper()}": getattr(Settings(), cap) for cap in CAPS}

    @pytest.mark.parametrize("row", rows("Correct a wrong guess"))
    def test_for_reading_are_equivalent_to_their_options(
        self, row: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        option, value = quoted(row[0])[0].split()
        (setting,) = quoted(row[1])
        table = tmp_path / "units.csv"
        table.write_text("Units;\nof a town;\nname;boss\nA;\nB;A\n", encoding="utf-8")
        settings = settings_from_environment({setting: value.strip("'")})
        imported_settings: list[Settings] = []

        def record_settings(settings: Settings) -> Imported:
            imported_settings.append(settings)
            return Imported(load_files(tmp_path), ())

        monkeypatch.setattr(app, "_import", record_settings)
        app.main(["check", str(table), option, value.strip("'")])

        assert imported_settings[0].source.options == settings.source.options
        assert imported_settings[0].source.at == settings.source.at
        assert imported_settings[0].map == settings.map
        assert settings != Settings()


class TestTheRolesOfColumns:
    def test_are_all_documented(self) -> None:
        documented = [
            role for row in rows("What your table may look like") for role in quoted(row[0])
        ]

        assert sorted(documented) == sorted({*ROLES} - {"parent_id"})

    def test_are_recognised_by_the_documented_names(self) -> None:
        for roles, _, names in rows("What your table may look like"):
            internal_names = {"parent": "parent_id"}
            columns = [internal_names.get(role, role) for role in quoted(roles) if role != "levels"]
            for name in quoted(names):
                matches = [column for column in columns if whole_named("units", column, [name])]
                assert matches or name.startswith("level "), f"{name} is none of {roles}"


class TestTheExamples:
    @pytest.mark.parametrize("text", blocks("The shapes of a hierarchy"))
    def test_of_a_hierarchy_all_give_the_same_organization(self, text: str, tmp_path: Path) -> None:
        organization = load_files(tmp_path, units=text)

        assert pairs(organization) == HEALTH_PAIRS
        assert organization.problems == ()

    def test_of_side_tables_match_the_units(self, tmp_path: Path) -> None:
        units, *_ = blocks("The shapes of a hierarchy")
        duties, links, people = blocks("More than one table")

        organization = load_files(tmp_path, units=units, duties=duties, links=links, people=people)

        assert [row.text for row in organization.responsibilities.rows] == [
            "Keeps the operating theatres",
            "Trains surgeons",
        ]
        assert [row.kind for row in organization.relations.of(3)] == ["advises"]
        assert [row.name for row in organization.people.rows] == ["Ada Roe", "Bo Roe"]
        assert organization.problems == ()

    @pytest.mark.parametrize(("section", "name"), [("A staff list", "staff"), ("Units", "harbour")])
    def test_of_a_report_is_the_output_of_the_command(
        self,
        section: str,
        name: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        table, documented, *_ = blocks(section)
        (tmp_path / f"{name}.csv").write_text(table, encoding="utf-8")
        terminal = {"COLUMNS": "96", "LINES": "50", "FORCE_COLOR": "1", "TERM": "dumb"}
        for variable, value in terminal.items():
            monkeypatch.setenv(variable, value)

        assert app.main(["check", str(tmp_path / f"{name}.csv")]) == app.OK

        lines = [line.rstrip() for line in capsys.readouterr().out.strip().splitlines()]
        assert lines == documented.strip().splitlines()

    def test_of_a_staff_list_is_drawn_as_documented(self, tmp_path: Path) -> None:
        table, _, tree = blocks("A staff list")

        organization = load_files(tmp_path, staff=table)

        assert list(tree_of(organization)) == tree.splitlines()

    def test_of_units_have_no_problems_after_the_correction(self, tmp_path: Path) -> None:
        table, _ = blocks("Units")

        organization = load_files(tmp_path, units=table.replace("Harbor", "Harbour"))

        assert organization.count() == 4
        assert organization.problems == ()

    def test_of_ways_to_understand_a_table_are_those_of_the_command(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (table,) = blocks("How the columns are understood")
        (tmp_path / "staff.csv").write_text(table, encoding="utf-8")

        app.main(["check", str(tmp_path / "staff.csv"), "--explain", "--json"])

        (read,) = json.loads(capsys.readouterr().out)["read"]
        ways = [f"| {way['score']} | {way['hierarchy']} |" for way in read["candidates"]]
        section = SECTIONS["How the columns are understood"]
        assert re.findall(r"^\| \d.+$", section, re.MULTILINE) == ways

    def test_of_people_below_their_departments_are_drawn_as_documented(
        self, tmp_path: Path
    ) -> None:
        (table,) = blocks("How the columns are understood")
        (tmp_path / "staff.csv").write_text(table, encoding="utf-8")

        organization = load_organization(
            Dataset(tmp_path / "staff.csv", mapping={"levels": "Department"})
        )

        assert {("Finance", "Paul Ives"), ("Finance", "Rita Sund"), ("Board", "Nora Quist")} <= {
            *pairs(organization)
        }

    @pytest.mark.parametrize(
        ("at", "drawn"), [(None, "Tug Service"), (date(2010, 6, 30), "Old Tugs")]
    )
    def test_of_periods_are_drawn_as_documented(
        self, at: date | None, drawn: str, tmp_path: Path
    ) -> None:
        (table,) = blocks("Periods")
        (tmp_path / "units.csv").write_text(table, encoding="utf-8")

        organization = load_organization(Dataset(tmp_path / "units.csv", at=at))

        assert pairs(organization) == [("", "Harbour Office"), ("Harbour Office", drawn)]
        assert [problem.kind for problem in organization.problems] == [ProblemKind.PERIODS]

    def test_of_own_numbers_and_totals_have_the_same_sums(self) -> None:
        lines = re.findall(r"^\| (.+) \|$", SECTIONS["Measures: size and colour"], re.MULTILINE)
        organization = organization_of("\n".join(line.replace("|", ",") for line in lines))

        totals, own = (Measures(organization)[fact] for fact in organization.facts)
        assert (totals.is_total, own.is_total) == (True, False)
        assert totals.sum(0) == own.sum(0) == 12
        assert totals.own[0] == own.own[0] == 2

    def test_of_map_options_are_valid(self) -> None:
        for example in re.findall(r"--map ([^`]+)`", DATA):
            assert column_map([example.replace('"', "")], "--map")


REFERENCE = (Path(__file__).parent.parent / "docs" / "reference.md").read_text(encoding="utf-8")


class TestTheReference:
    def test_lists_every_key_of_a_view_with_its_values(self) -> None:
        table = REFERENCE[REFERENCE.index("## View") : REFERENCE.index("## Addresses")]
        rows = re.findall(r"^\| `(\w+)` \| (.+?) \|", table, re.MULTILINE)
        documented = {key: tuple(quoted(values)) for key, values in rows}

        assert documented == {
            key.name: tuple(value for value in key.values if value) for key in KEYS
        }

    def test_lists_every_kind_of_fragment(self) -> None:
        table = REFERENCE[REFERENCE.index("**Fragments**") : REFERENCE.index("## Exports")]
        kinds = re.findall(r"^\| (`.+?`) \|", table, re.MULTILINE)

        assert sorted(quoted(" ".join(kinds))) == sorted(FRAGMENT_KINDS)

    def test_and_other_documents_have_all_linked_headings(self) -> None:
        root = Path(__file__).parent.parent
        for path in [*root.glob("*.md"), *(root / "docs").rglob("*.md")]:
            text = path.read_text(encoding="utf-8")
            for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([\w-]+))?\)", text):
                linked = (path.parent / target) if target else path
                assert linked.exists(), f"{path.name}: {target}"
                if anchor:
                    headings = re.findall(r"^#+ (.+)$", linked.read_text(), re.MULTILINE)
                    slugs = {
                        re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")
                        for heading in headings
                    }
                    assert anchor in slugs, f"{path.name}: {target}#{anchor}"


def test_the_architecture_names_every_folder_of_scripts() -> None:
    root = Path(__file__).parent.parent
    text = (root / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = text[text.index("## In the browser") : text.index("## Editions")]

    folders = {path.name for path in (root / "assets" / "js").iterdir() if path.is_dir()}
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == folders


def test_every_decision_is_listed() -> None:
    folder = Path(__file__).parent.parent / "docs" / "decisions"
    listed = re.findall(r"\]\(([^)]+)\)", (folder / "README.md").read_text(encoding="utf-8"))

    assert [*listed, "README.md"] == sorted(path.name for path in folder.iterdir())


def test_scripts_that_python_names_exist() -> None:
    root = Path(__file__).parent.parent
    named = {
        path
        for module in (root / "components").rglob("*.py")
        for path in re.findall(r"assets/js/[\w/-]+\.js", module.read_text(encoding="utf-8"))
    }

    assert named
    assert [path for path in sorted(named) if not (root / path).is_file()] == []


class TestChanges:
    PAGE = (Path(__file__).parent.parent / "docs" / "changes.md").read_text(encoding="utf-8")

    def blocks(self) -> list[tuple[str, str]]:
        """Return the language and the text of each code block."""
        return re.findall(r"^```(\w*)\n(.*?)^```$", self.PAGE, re.MULTILINE | re.DOTALL)

    def test_have_the_documented_story(self, capsys: pytest.CaptureFixture[str]) -> None:
        app.main(["compare", str(Path(app.__file__).parent / "data" / "harbour-office")])

        printed = capsys.readouterr().out
        blocks = [text for language, text in self.blocks() if not language]
        assert len(blocks) > 5
        for block in blocks:
            assert block in printed

    def test_of_all_kinds_are_documented(self) -> None:
        table = self.PAGE.split("## Kinds of changes")[1].split("##")[0]
        rows = re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)

        assert [kind for row in rows for kind in quoted(row)] == [*ChangeKind]

    def test_are_settled_by_the_documented_table(self, tmp_path: Path) -> None:
        (table,) = (text for language, text in self.blocks() if language == "csv")
        path = tmp_path / "matches.csv"
        path.write_text(table, encoding="utf-8")
        before, after = (
            organization_of([("Port", ""), *((name, "Port") for name in names)])
            for names in (
                ("Pilots Agency", "Fire Brigade"),
                ("Pilots and Ferries Agency", "Coast Guard"),
            )
        )

        assert read_matches(path, before, after) == Settled([(1, 1)], [2], [2])
