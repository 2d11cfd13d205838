from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, asdict, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from components.importing.column_settings import FactSettings
from components.importing.loading import Dataset
from components.model.facts import FactKind
from components.model.organization import Records
from components.reading.options import Limits, Options
from components.settings import SettingError, Settings, settings_from_environment

FROM_THE_ENVIRONMENT = {field.name for field in fields(Settings)} - {"panel_sections"}
CHANGED = {
    "dataset": ("staff.csv", Path("staff.csv")),
    "encoding": (" cp1252 ", "cp1252"),
    "delimiter": (";", ";"),
    "sheet": ("Units", "Units"),
    "header": ("3", 3),
    "at": ("2010-06-30", date(2010, 6, 30)),
    "before": ("2009-06-30", date(2009, 6, 30)),
    "matches": ("matches.csv", Path("matches.csv")),
    "map": ("parent=reports_to; name = title", {"parent": "reports_to", "name": "title"}),
    "kind": ("Grade=category; E=mc² = text", {"Grade": "category", "E=mc²": "text"}),
    "measure": ("Headcount=own; Area=total", {"Headcount": False, "Area": True}),
    "people": ("people", "people"),
    "title": (" Oslo  Port ", "Oslo Port"),
    "noun": ("posts", Records.POSTS),
    "most_megabytes": ("16", 16),
    "most_unpacked_megabytes": ("64", 64),
    "most_records": ("10000", 10_000),
    "most_columns": ("100", 100),
    "most_characters": ("5000", 5_000),
    "host": ("::1", "::1"),
    "port": ("80", 80),
    "follow": ("no", False),
    "access_log": ("yes", True),
    "threads": ("4", 4),
    "address": ("https://remit.example/chart", "https://remit.example/chart/"),
    "prefix": ("orgchart", "/orgchart/"),
    "proxies": ("1", 1),
    "export_megabytes": ("0", 0),
    "cache": (" no ", None),
    "framed_by": ("https://intranet.example", ("https://intranet.example",)),
}
"""For each field, the text of its variable and the value."""


def test_every_field_is_read_from_the_environment() -> None:
    assert set(CHANGED) == FROM_THE_ENVIRONMENT


@pytest.mark.parametrize("name", CHANGED)
def test_a_setting_changes_its_own_field_and_no_other(name: str) -> None:
    text, value = CHANGED[name]

    settings = settings_from_environment({f"REMIT_{name.upper()}": text})

    assert value != getattr(Settings(), name)
    assert asdict(settings) == asdict(Settings()) | {name: value}


def test_an_empty_environment_gives_the_defaults() -> None:
    assert settings_from_environment({}) == Settings()


@pytest.mark.parametrize("name", CHANGED)
def test_an_empty_setting_has_its_default(name: str) -> None:
    assert settings_from_environment({f"REMIT_{name.upper()}": ""}) == Settings()


def test_other_variables_change_nothing() -> None:
    assert settings_from_environment({"PORT": "80", "REMIT_PORTS": "81"}) == Settings()


def test_the_defaults_serve_the_shipped_dataset_to_this_machine_only(shipped: Path) -> None:
    assert Settings().dataset.resolve() == shipped.resolve()
    assert (Settings().host, Settings().port) == ("127.0.0.1", 8050)


RANGES = {
    "port": (0, 65_535),
    "threads": (1, 256),
    "proxies": (0, 10),
    "export_megabytes": (0, 65_536),
    "header": (0, 1_000_000),
    "most_megabytes": (1, 1_048_576),
    "most_unpacked_megabytes": (1, 1_048_576),
    "most_records": (1, 100_000_000),
    "most_columns": (1, 100_000),
    "most_characters": (1, 100_000_000),
}


@pytest.mark.parametrize(("name", "bounds"), RANGES.items())
def test_both_ends_of_a_range_are_allowed(name: str, bounds: tuple[int, int]) -> None:
    for value in bounds:
        settings = settings_from_environment({f"REMIT_{name.upper()}": f" {value} "})
        assert getattr(settings, name) == value


@pytest.mark.parametrize(("name", "bounds"), RANGES.items())
def test_the_error_for_a_number_out_of_range_has_its_name_and_range(
    name: str, bounds: tuple[int, int]
) -> None:
    low, high = bounds
    for value in (low - 1, high + 1):
        with pytest.raises(SettingError) as raised:
            settings_from_environment({f"REMIT_{name.upper()}": str(value)})
        assert str(raised.value) == (
            f"REMIT_{name.upper()} must be a whole number from {low} to {high}."
        )


@pytest.mark.parametrize("text", ["eighty", "8.5", "1e3", "+80", "80 81", "0x50", "٨٠", "²"])
def test_anything_but_a_whole_number_is_an_error(text: str) -> None:
    with pytest.raises(SettingError, match="REMIT_PORT must be a whole number from 0 to 65535"):
        settings_from_environment({"REMIT_PORT": text})


@pytest.mark.parametrize(
    ("host", "address"),
    [("192.0.2.7", "http://192.0.2.7:8050/"), ("2001:db8::7", "http://[2001:db8::7]:8050/")],
)
def test_the_public_address_is_that_of_the_server_by_default(host: str, address: str) -> None:
    assert Settings(host=host).public_address == address
    assert Settings(host=host, prefix="/a/b/").public_address == f"{address}a/b/"
    assert Settings(host=host, address="https://a.example/").public_address == "https://a.example/"


@pytest.mark.parametrize("text", ["orgchart", "/orgchart", " /orgchart/ "])
def test_a_prefix_has_a_slash_at_both_ends(text: str) -> None:
    assert settings_from_environment({"REMIT_PREFIX": text}).prefix == "/orgchart/"


@pytest.mark.parametrize("text", ["https://a.example/b", "a//b", "a b", "a?b", "a%20b", "é"])
def test_a_prefix_that_is_no_path_is_an_error(text: str) -> None:
    with pytest.raises(SettingError, match="REMIT_PREFIX must be a path such as /orgchart/"):
        settings_from_environment({"REMIT_PREFIX": text})


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.3.2.1", "::1", "localhost", "LOCALHOST.", "remit.localhost"]
)
def test_a_host_that_others_cannot_reach_is_no_public_address(host: str) -> None:
    assert Settings(host=host).public_address == ""
    assert Settings(host=host, address="https://a.example/").public_address == "https://a.example/"


@pytest.mark.parametrize("where", [{"host": "0.0.0.0"}, {"host": "::"}, {"port": 0}])  # noqa: S104
def test_the_public_address_of_a_wildcard_host_or_port_is_unknown(
    where: dict[str, Any],
) -> None:
    assert Settings(**where).public_address == ""
    assert Settings(**where, address="https://a.example/").public_address == "https://a.example/"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://a.example", "http://a.example/"),
        (" https://a.example:8443/b// ", "https://a.example:8443/b/"),
        ("HTTP://[::1]/", "HTTP://[::1]/"),
    ],
)
def test_an_address_ends_in_a_slash(text: str, address: str) -> None:
    assert settings_from_environment({"REMIT_ADDRESS": text}).address == address


@pytest.mark.parametrize(
    "text",
    [
        "remit.example",
        "//remit.example",
        "ftp://remit.example",
        "javascript:alert(1)",
        "https://",
        "http://[::1",
        "https://a.example/?unit=b",
        "https://a.example/#b",
        "https://a.example/b c",
        "https://a.example/\x7f",
    ],
)
def test_an_invalid_address_is_an_error(text: str) -> None:
    with pytest.raises(SettingError, match="REMIT_ADDRESS must be an address that begins with"):
        settings_from_environment({"REMIT_ADDRESS": text})


def test_every_setting_is_documented_with_its_default() -> None:
    root = Path(__file__).parents[1]
    document = (root / "docs" / "reference.md").read_text(encoding="utf-8")
    documented = {}
    for row in document[document.index("## Settings") :].splitlines():
        if row.startswith("| `REMIT_"):
            _, names, defaults, *_ = row.split("|")
            settings = re.findall("`(.*?)`", names)
            texts = re.findall("`(.*?)`", defaults) or [""] * len(settings)
            documented |= dict(zip(settings, texts, strict=True))
    read = settings_from_environment(documented)

    assert set(documented) == {f"REMIT_{name.upper()}" for name in FROM_THE_ENVIRONMENT}
    assert replace(read, dataset=root / read.dataset) == Settings()


def test_the_source_has_all_settings_for_reading() -> None:
    texts = {f"REMIT_{name.upper()}": text for name, (text, _) in CHANGED.items()}

    source = settings_from_environment(texts).source

    assert source == Dataset(
        Path("staff.csv"),
        Options("cp1252", ";", "Units", 3),
        {"parent": "reports_to", "name": "title"},
        Limits(16, 64, 10_000, 100, 5_000),
        date(2010, 6, 30),
        FactSettings(
            {"Grade": FactKind.CATEGORY, "E=mc²": FactKind.TEXT}, {"Headcount": False, "Area": True}
        ),
        "people",
        "Oslo Port",
        Records.POSTS,
    )


@pytest.mark.parametrize("text", ["parent", "parent=", "=reports_to", "boss=reports_to", "a=b=c"])
def test_the_error_for_an_invalid_map_lists_the_roles(text: str) -> None:
    with pytest.raises(SettingError) as raised:
        settings_from_environment({"REMIT_MAP": text})
    assert str(raised.value).startswith("REMIT_MAP must be ROLE=COLUMN, such as parent=reports_to")
    for role in ("id", "parent", "name", "levels", "path", "children"):
        assert f" {role}" in str(raised.value)


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("any", ("*",)),
        ("*", ("*",)),
        ("none", ()),
        ("https://a.example", ("https://a.example",)),
        ("http://localhost:8080", ("http://localhost:8080",)),
        (
            " https://a.example,http://b ,\n https://c:1 ",
            ("https://a.example", "http://b", "https://c:1"),
        ),
        ("HTTPS://A.example", ("https://a.example",)),
        ("https://a.example:443 http://a.example:80", ("https://a.example", "http://a.example")),
        ("https://a.example:80", ("https://a.example:80",)),
    ],
)
def test_framed_by_is_any_none_or_a_list_of_origins(text: str, origins: tuple[str, ...]) -> None:
    assert settings_from_environment({"REMIT_FRAMED_BY": text}).framed_by == origins


@pytest.mark.parametrize(
    "text",
    [
        "intranet.example",
        "https://",
        "https://a.example/",
        "https://a.example/page",
        "https://*.example",
        "https://user@a.example",
        "https://a.example:70000",
        "https://a.example; script-src *",
        "https://a.example'",
        "https://bücher.example",
        "any https://a.example",
        "none,none",
        "'self'",
        "data:",
        "null",
        ",",
    ],
)
def test_an_invalid_origin_is_an_error(text: str) -> None:
    with pytest.raises(SettingError) as raised:
        settings_from_environment({"REMIT_FRAMED_BY": text})
    assert str(raised.value) == (
        "REMIT_FRAMED_BY must be any, none, or origins such as https://intranet.example, "
        "separated by spaces or commas."
    )


@pytest.mark.parametrize("text", ["false", "0", "NO", "maybe"])
def test_a_switch_is_yes_or_no(text: str) -> None:
    with pytest.raises(SettingError) as raised:
        settings_from_environment({"REMIT_FOLLOW": text})
    assert str(raised.value) == "REMIT_FOLLOW must be yes or no."


def test_settings_are_immutable() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 80  # type: ignore[misc]
