"""What docs/data.md says is so: its tables are complete, and its examples give what it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import app
from components.importing.column_names import whole_named
from components.importing.column_settings import ROLES
from components.importing.loading import Dataset, load_organization
from components.importing.report import Imported
from components.model.organization import Organization
from components.problems import ProblemKind
from components.settings import CAPS, Settings, column_map, settings_from_environment
from components.view_state import KEYS
from components.web.fragments import FRAGMENT_KINDS

DATA = (Path(__file__).parent.parent / "docs" / "data.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^##+ (.+?)\n(.*?)(?=^##+ |\Z)", DATA, re.MULTILINE | re.DOTALL))
NAMED, REFUSED = "Problems", "Errors and limits"
HEALTH = [
    ("", "Health"),
    ("Health", "Hospitals"),
    ("Hospitals", "Surgery"),
    ("Health", "Prevention"),
]


def rows(section: str) -> list[list[str]]:
    """Return the rows of the tables in a section, their headings not."""
    found = re.findall(r"^\| (.+) \|$", SECTIONS[section], re.MULTILINE)
    return [row.split(" | ") for row in found if row.startswith("`")]


def blocks(section: str) -> list[str]:
    """Return the tables and other texts that are shown in a section, commands not."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", SECTIONS[section], re.MULTILINE | re.DOTALL)
    return [text for language, text in found if language != "sh"]


def quoted(text: str) -> list[str]:
    """Return what stands in a text between backticks."""
    return re.findall("`(.+?)`", text)


def read(folder: Path, **files: str) -> Organization:
    """Return the organization in a folder with these files."""
    for name, text in files.items():
        ending = "json" if text.startswith(("{", "[")) else "csv"
        (folder / f"{name}.{ending}").write_text(text, encoding="utf-8")
    return load_organization(Dataset(folder))


def pairs(organization: Organization) -> list[tuple[str, str]]:
    """Return the name of each unit's parent, and its own."""
    names = organization.units["name"]
    above = organization.parent.tolist()
    return [(names[up] if up >= 0 else "", name) for up, name in zip(above, names, strict=True)]


class TestTheProblems:
    def test_have_a_row_each(self) -> None:
        told = [*rows(NAMED), *rows(REFUSED)]
        kinds = [quoted(row[0])[0] for row in told if "REMIT_" not in row[0]]

        assert sorted(kinds) == sorted(ProblemKind)
        assert all(cell for row in told for cell in row)

    def test_that_are_refused_stand_apart(self) -> None:
        named = {ProblemKind(quoted(row[0])[0]) for row in rows(REFUSED) if "REMIT_" not in row[0]}
        first, last = ProblemKind.NO_FILE, ProblemKind.NO_UNITS

        assert named == {
            *list(ProblemKind)[list(ProblemKind).index(first) : list(ProblemKind).index(last) + 1]
        }


class TestTheSettings:
    def test_that_limit_are_all_told_with_their_defaults(self) -> None:
        told = {
            quoted(row[0])[0]: int(row[1].replace(",", ""))
            for row in rows(REFUSED)
            if "REMIT_" in row[0]
        }

        assert told == {f"REMIT_{cap.upper()}": getattr(Settings(), cap) for cap in CAPS}

    @pytest.mark.parametrize("row", rows("Correct a wrong guess"))
    def test_that_say_how_to_read_do_what_their_options_do(
        self, row: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        option, value = quoted(row[0])[0].split()
        (setting,) = quoted(row[1])
        table = tmp_path / "units.csv"
        table.write_text("Units;\nof a town;\nname;boss\nA;\nB;A\n", encoding="utf-8")
        settings = settings_from_environment({setting: value.strip("'")})
        called: list[Settings] = []

        def note(settings: Settings) -> Imported:
            called.append(settings)
            return Imported(read(tmp_path), ())

        monkeypatch.setattr(app, "_import", note)
        app.main(["check", str(table), option, value.strip("'")])

        assert called[0].source.options == settings.source.options
        assert called[0].map == settings.map
        assert settings != Settings()


class TestTheRoles:
    def test_are_all_told(self) -> None:
        told = [role for row in rows("What your table may look like") for role in quoted(row[0])]

        assert sorted(told) == sorted({*ROLES} - {"parent_id"})

    def test_are_found_by_the_names_that_are_told(self) -> None:
        for roles, _, names in rows("What your table may look like"):
            ours = {"parent": "parent_id"}
            columns = [ours.get(role, role) for role in quoted(roles) if role != "levels"]
            for name in quoted(names):
                found = [column for column in columns if whole_named("units", column, [name])]
                assert found or name.startswith("level "), f"{name} is none of {roles}"


class TestTheExamples:
    @pytest.mark.parametrize("text", blocks("The shapes of a hierarchy"))
    def test_of_a_hierarchy_all_give_the_same_picture(self, text: str, tmp_path: Path) -> None:
        organization = read(tmp_path, units=text)

        assert pairs(organization) == HEALTH
        assert organization.problems == ()

    def test_of_further_tables_belong_to_the_units(self, tmp_path: Path) -> None:
        units, *_ = blocks("The shapes of a hierarchy")
        duties, links = blocks("More than one table")

        organization = read(tmp_path, units=units, duties=duties, links=links)

        assert [row.text for row in organization.responsibilities.rows] == [
            "Keeps the operating theatres",
            "Trains surgeons",
        ]
        assert [row.kind for row in organization.relations.of(3)] == ["advises"]
        assert organization.problems == ()

    def test_of_a_table_and_of_what_is_said_of_it_belong_together(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        table, shown = blocks("Five minutes")
        (tmp_path / "harbour.csv").write_text(table, encoding="utf-8")
        terminal = {"COLUMNS": "96", "LINES": "50", "FORCE_COLOR": "1", "TERM": "dumb"}
        for name, value in terminal.items():
            monkeypatch.setenv(name, value)

        assert app.main(["check", str(tmp_path / "harbour.csv")]) == app.OK

        lines = [line.rstrip() for line in capsys.readouterr().out.strip().splitlines()]
        assert lines == shown.strip().splitlines()

    def test_of_a_table_has_nothing_wrong_once_it_is_mended(self, tmp_path: Path) -> None:
        table, _ = blocks("Five minutes")

        organization = read(tmp_path, units=table.replace("Harbor", "Harbour"))

        assert organization.count() == 4
        assert organization.problems == ()

    def test_of_columns_that_are_set_name_roles(self) -> None:
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

    def test_is_where_documents_link_to(self) -> None:
        root = Path(__file__).parent.parent
        for path in [*root.glob("*.md"), *(root / "docs").rglob("*.md")]:
            text = path.read_text(encoding="utf-8")
            for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([\w-]+))?\)", text):
                linked = (path.parent / target) if target else path
                assert linked.exists(), f"{path.name}: {target}"
                if anchor:
                    headings = re.findall(r"^#+ (.+)$", linked.read_text(), re.MULTILINE)
                    slugs = {
                        re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings
                    }
                    assert anchor in slugs, f"{path.name}: {target}#{anchor}"
