"""Unusual tables and arguments are accepted or reported, without a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import app
from components.importing.import_tables import import_tables
from components.model.relations import cross_links, related_units
from components.problems import DataError
from components.reading.read import read_tables
from components.search.nearest import nearest_units
from components.settings import SettingError, settings_from_environment
from tests.organizations import (
    faults,
    organization_of,
    outline,
    tables,
)

UNITS = "id, name, parent\ntop, Top,\na, A, top\nb, B, top"


@pytest.mark.parametrize(
    "metadata",
    [
        {"sources": "IOM"},
        {"sources": ["IOM"]},
        {"sources": {"title": "x"}},
        {"sources": 5},
        {"licenses": {"name": "x"}},
    ],
)
def test_malformed_metadata_is_ignored(metadata: dict[str, Any]) -> None:
    import_tables(tables([("a", "")], descriptor=metadata))


def test_a_resource_path_with_a_nul_is_refused(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text(
        json.dumps({"resources": [{"name": "units", "path": "a\0b"}]})
    )
    with pytest.raises(DataError):
        read_tables(tmp_path)


def test_a_descriptor_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text("[" * 100_000)
    with pytest.raises(DataError):
        read_tables(tmp_path)


def test_a_position_of_5000_digits_is_accepted() -> None:
    organization_of(
        UNITS, responsibilities=f"unit_id, position, responsibility\na, {'9' * 5000}, Reads"
    )


def test_a_setting_of_5000_digits_is_a_setting_error() -> None:
    with pytest.raises(SettingError):
        settings_from_environment({"REMIT_PORT": "0" * 5000})


def test_ids_made_from_names_are_unique() -> None:
    organization = organization_of("name, parent\nTop,\nA, Top\nA, Top\nA 2, Top")
    assert len(organization) == len(set(organization.units["id"])) == 4
    assert faults(organization.problems) == [("units", 4, "name", "A")]


def test_ids_made_from_records_are_unique() -> None:
    organization = organization_of("id, name, parent\nrecord-3, Top,\n, B, record-3")
    assert len(organization) == 2
    assert organization.problems == ()


def test_an_ambiguous_parent_is_not_reported_as_unknown() -> None:
    organization = organization_of(
        "id, name, parent\ntop, Top,\nn, Pay, top\ns, Pay, top\nc, C, Pay"
    )
    assert "is not in the table" not in organization.problems[0].reason


def test_a_table_with_an_unknown_name_is_reported() -> None:
    organization = organization_of(UNITS, weather="day, sky\nMonday, grey")
    assert faults(organization.problems) == [("weather", None, "", "")]


def test_a_table_with_a_misspelled_name_is_recognised_by_its_columns() -> None:
    organization = organization_of(UNITS, responsibilites="unit_id, responsibility\na, Reads")
    assert organization.responsibilities.rows[0].text == "Reads"


def test_a_parent_column_with_a_capital_letter_is_recognised_or_reported() -> None:
    organization = organization_of("name, Parent\nTop,\nA, Top")
    assert organization.problems or outline(organization) == ["top", ". a"]


def test_empty_columns_at_the_end_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text("name,parent,,\nTop,,,\nA,Top,,\n")
    read_tables(tmp_path / "staff.csv")


def test_a_responsibility_without_text_is_reported() -> None:
    organization = organization_of(UNITS, responsibilities="unit_id, responsibility\na,")
    assert organization.problems


def test_a_position_that_is_not_a_number_is_reported() -> None:
    assert organization_of(
        UNITS, responsibilities="unit_id, position, responsibility\na, second, Reads"
    ).problems


def test_all_units_with_a_name_are_its_closest_matches() -> None:
    organization = organization_of(
        "id, name, parent\ntop, Top,\nx1, Finance, top\nx2, Finance, top\nq, Fire, top"
    )
    assert {
        organization.units["id"][n] for n in nearest_units(organization, "Finance", most=2)
    } == {"x1", "x2"}


def test_the_version_differs_for_control_characters_at_the_border_of_cells() -> None:
    one = organization_of("id, name\na\x1fb, N\nc, M")
    other = organization_of("id, name\na, N\nb\x1fc, M")
    assert one.version != other.version


def test_the_version_differs_with_the_title() -> None:
    pairs = [("a", ""), ("b", "")]
    one, other = (import_tables(tables(pairs, name=name)).organization for name in ("p", "q"))
    assert one.unit(0).name != other.unit(0).name
    assert one.version != other.version


def test_coordination_stated_from_both_sides_is_one_link() -> None:
    organization = organization_of(
        UNITS, relations="from_id, to_id, kind\na, b, coordinates_with\nb, a, coordinates_with"
    )
    assert len(cross_links(organization, range(3))) == 1


def test_a_repeated_mention_does_not_add_weight() -> None:
    side = {"references": "id, name\nr, R"}
    once = organization_of(UNITS, **side, mentions="unit_id, reference_id, role\na, r, x\nb, r, y")
    twice = organization_of(
        UNITS, **side, mentions="unit_id, reference_id, role\na, r, x\nb, r, y\nb, r, z"
    )
    assert related_units(once, 1)[0].strength == related_units(twice, 1)[0].strength


def test_the_arrays_of_an_organization_are_read_only() -> None:
    organization = organization_of(UNITS)
    with pytest.raises(ValueError, match="read-only"):
        organization.parent[1] = 0


def test_a_repeated_theme_in_a_cell_counts_once() -> None:
    organization = organization_of(
        UNITS,
        themes="id, name\nt, T",
        responsibilities="unit_id, responsibility, themes\na, Reads, t;t",
    )
    assert organization.responsibilities.rows[0].themes == ("t",)


def test_names_that_differ_in_vowel_signs_are_distinguished() -> None:
    organization = organization_of("id, name, parent\ntop, Top,\n1, का, top\n2, कि, top")
    assert (organization.find("का"), organization.find("कि")) == (1, 2)


@pytest.mark.parametrize("port", ["70000", "-1", "high"])
def test_an_invalid_port_on_the_command_line_is_an_error_of_one_sentence(
    port: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert app.main(["serve", f"--port={port}"]) == 2
    assert capsys.readouterr().err == "--port must be a whole number from 0 to 65535.\n"


def test_an_unknown_host_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("name\nA\n")
    assert app.main(["serve", str(tmp_path / "s.csv"), "--host", "nowhere.invalid"]) == 2
