"""The settings of a running Remit: the only place that reads the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from platformdirs import user_cache_path

from components.cache_folder import CacheFolder
from components.importing.column_settings import DRAWN, ROLES, FactSettings
from components.importing.dataset_cache import DatasetCache
from components.importing.facts import MEASURES, TOTAL
from components.importing.loading import Dataset
from components.importing.state_loading import StateLoader
from components.model.facts import FactKind
from components.model.organization import Organization, Records
from components.model.text import split_list
from components.reading.options import DEFAULT_LIMITS, Limits, Options

SHIPPED_DATASET = Path(__file__).parent.parent / "data" / "iom-operations"
PORTS = (0, 65_535)
WILDCARD_HOSTS = ("0.0.0.0", "::", "")  # noqa: S104  # compared, not bound
ANYONE = "*"
ORIGIN = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]+)?")
PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*/")
DEFAULT_PORTS = {"http": 80, "https": 443}
CAPS = {
    "most_megabytes": 1_048_576,
    "most_unpacked_megabytes": 1_048_576,
    "most_records": 100_000_000,
    "most_columns": 100_000,
    "most_characters": 100_000_000,
}
"""The largest values of the limits on datasets."""
HEADERS = (0, 1_000_000)
"""Range of the number of the header record; 0: there is no header."""


class SettingError(ValueError):
    """An invalid setting; the text has its name and the allowed values."""


def default_cache() -> Path | None:
    """Return the folder of Remit among the caches of the user; None for a user without a home."""
    folder = user_cache_path("remit", appauthor=False)
    return folder if folder.is_absolute() else None


@dataclass(frozen=True, slots=True)
class PanelSection:
    """A section of the panel that Remit does not have; see docs/extending.md."""

    draw: Callable[[Organization, int, Any], Any]
    """Returns the HTML components of a unit, from the organization, the unit's number and the
    ``Words`` of the page; none if the unit has nothing to say."""
    version: str
    """Any text that changes whenever the section may: browsers keep panels forever."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; every field has a default that works."""

    dataset: Path = SHIPPED_DATASET
    """A table, a workbook, or a folder of tables; see docs/data.md."""
    encoding: str = ""
    """Encoding of the dataset; empty: detected, like ``delimiter``, ``sheet`` and ``header``."""
    delimiter: str = ""
    sheet: str = ""
    header: int | None = None
    at: date | None = None
    """The day of which records with periods are drawn; None for today."""
    before: Path | date | None = None
    """The earlier state with which the dataset is compared: another dataset, or a day."""
    matches: Path | None = None
    """A table of the units that are the same in both states; see docs/changes.md."""
    map: Mapping[str, str] = field(default_factory=dict)
    """Columns by role: ``{"parent": "reports_to"}``; other roles are detected."""
    kind: Mapping[str, FactKind] = field(default_factory=dict)
    """What the cells of columns of facts are, by heading; others are detected."""
    measure: Mapping[str, bool] = field(default_factory=dict)
    """Whether the numbers of a column include those of the units below, by heading."""
    people: str = ""
    """Which of two hierarchies is drawn: ``units`` or ``people``; empty for the units."""
    title: str = ""
    """The title of the organization; empty for that of the data."""
    noun: Records | None = None
    """What the page calls the units; None if the data say it."""
    most_megabytes: int = DEFAULT_LIMITS.megabytes
    """A dataset beyond this limit, or one of the next four, is rejected."""
    most_unpacked_megabytes: int = DEFAULT_LIMITS.unpacked_megabytes
    most_records: int = DEFAULT_LIMITS.records
    most_columns: int = DEFAULT_LIMITS.columns
    most_characters: int = DEFAULT_LIMITS.characters
    """Characters of one cell."""
    host: str = "127.0.0.1"
    port: int = 8050
    follow: bool = True
    """Whether changes of the dataset are shown while it is served."""
    access_log: bool = False
    """Whether each request is logged."""
    threads: int = 32
    """Requests that are answered at once; up to three quarters of them may be exports."""
    address: str = ""
    """The public address of the page, as printed on pictures; empty: from ``host`` and ``port``, if
    others can reach it there."""
    prefix: str = "/"
    """The path of the page on a site, with a slash at its end. A proxy may keep it or remove it."""
    proxies: int = 0
    """How many proxies are in front, one behind the other, whose ``X-Forwarded-`` headers count."""
    export_megabytes: int = 64
    """Size of the cache of exported pictures."""
    framed_by: tuple[str, ...] = (ANYONE,)
    """Origins of pages that may embed this one; any by default, since the page only shows data."""

    cache: Path | None = field(default_factory=default_cache)
    """The folder in which what was made of a dataset is kept for the next start; None: nowhere."""

    panel_sections: tuple[PanelSection, ...] = ()
    """Further sections of the panel of each unit; not in the environment."""

    def further_sections(self, organization: Organization, unit: int, words: Any) -> list[Any]:
        """Return the components of the ``panel_sections`` for a unit."""
        return [
            component
            for section in self.panel_sections
            for component in section.draw(organization, unit, words)
        ]

    @property
    def source(self) -> Dataset:
        """The dataset, and the options and limits for reading it."""
        return Dataset(
            self.dataset,
            Options(self.encoding, self.delimiter, self.sheet, self.header),
            self.map,
            Limits(
                self.most_megabytes,
                self.most_unpacked_megabytes,
                self.most_records,
                self.most_columns,
                self.most_characters,
            ),
            self.at,
            FactSettings(self.kind, self.measure),
            self.people,
            self.title,
            self.noun,
        )

    def dataset_cache(self, dataset: Dataset | None = None) -> DatasetCache:
        """Return what imports a dataset, by default its own, or reads what was kept of it."""
        return DatasetCache(dataset or self.source, self._cache_folder())

    def _cache_folder(self) -> CacheFolder | None:
        return CacheFolder(self.cache) if self.cache else None

    @property
    def states(self) -> StateLoader:
        """What loads the dataset, the earlier state with which it is compared, and other days."""
        folder = self._cache_folder()
        return StateLoader(
            self.source, lambda dataset: DatasetCache(dataset, folder), self.before, self.matches
        )

    @property
    def public_address(self) -> str:
        """The public address of the page, with a slash at its end; empty if unknown.

        Without ``address`` it is that of the server, unless its host or port is a wildcard, or its
        host can be reached from this machine only.
        """
        is_known = self.host not in WILDCARD_HOSTS and self.port and not _is_loopback(self.host)
        if self.address or not is_known:
            return self.address
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}{self.prefix}"


def settings_from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings from ``REMIT_DATASET``, ``REMIT_HOST``, ``REMIT_PORT``, ...

    Raises:
        SettingError: a variable has an invalid value.
    """
    defaults = Settings()

    def number(name: str, low: int, high: int) -> int:
        text = environment.get(f"REMIT_{name.upper()}", "").strip()
        if not text:
            return int(getattr(defaults, name))
        return whole_number(text, f"REMIT_{name.upper()}", low, high)

    return Settings(
        dataset=Path(environment.get("REMIT_DATASET") or defaults.dataset),
        encoding=environment.get("REMIT_ENCODING", "").strip(),
        delimiter=environment.get("REMIT_DELIMITER", ""),
        sheet=environment.get("REMIT_SHEET", ""),
        header=header_number(environment.get("REMIT_HEADER", ""), "REMIT_HEADER"),
        at=day(environment.get("REMIT_AT", ""), "REMIT_AT"),
        before=earlier_state(environment.get("REMIT_BEFORE", "")),
        matches=Path(matches) if (matches := environment.get("REMIT_MATCHES")) else None,
        map=column_map(split_list(environment.get("REMIT_MAP", "")), "REMIT_MAP"),
        kind=fact_kinds(split_list(environment.get("REMIT_KIND", "")), "REMIT_KIND"),
        measure=measures(split_list(environment.get("REMIT_MEASURE", "")), "REMIT_MEASURE"),
        people=drawn(environment.get("REMIT_PEOPLE", ""), "REMIT_PEOPLE"),
        title=" ".join(environment.get("REMIT_TITLE", "").split()),
        noun=noun(environment.get("REMIT_NOUN", ""), "REMIT_NOUN"),
        **{name: number(name, 1, maximum) for name, maximum in CAPS.items()},
        host=environment.get("REMIT_HOST") or defaults.host,
        port=number("port", *PORTS),
        follow=yes_or_no(environment.get("REMIT_FOLLOW") or "yes", "REMIT_FOLLOW"),
        access_log=yes_or_no(environment.get("REMIT_ACCESS_LOG") or "no", "REMIT_ACCESS_LOG"),
        threads=number("threads", 1, 256),
        address=_web_address(environment.get("REMIT_ADDRESS", "").strip(), "REMIT_ADDRESS"),
        prefix=_prefix(environment.get("REMIT_PREFIX", ""), "REMIT_PREFIX"),
        proxies=number("proxies", 0, 10),
        export_megabytes=number("export_megabytes", 0, 65_536),
        framed_by=_origins(environment.get("REMIT_FRAMED_BY") or "any", "REMIT_FRAMED_BY"),
        cache=cache_folder(environment.get("REMIT_CACHE", ""), defaults.cache),
        panel_sections=defaults.panel_sections,
    )


def _is_loopback(host: str) -> bool:
    """Return whether a host can be reached from this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        name = host.lower().rstrip(".")
        return name == "localhost" or name.endswith(".localhost")


def _web_address(text: str, name: str) -> str:
    """Return an address with a slash at its end; empty text stays empty."""
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        is_valid = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_valid = False
    if not is_valid or any(character in text for character in "?# ") or not text.isprintable():
        raise SettingError(
            f"{name} must be an address that begins with http:// or https://, without ? and #."
        )
    return text.rstrip("/") + "/"


def _prefix(text: str, name: str) -> str:
    """Return a path with a slash at both ends."""
    path = text.strip().strip("/")
    prefix = f"/{path}/" if path else "/"
    if not PREFIX.fullmatch(prefix):
        raise SettingError(
            f"{name} must be a path such as /orgchart/, of letters, digits and . _ ~ - only."
        )
    return prefix


def header_number(text: str, name: str) -> int | None:
    """Return the number of the header record, or None if it is to be detected.

    Raises:
        SettingError: the text is not a number in the range of ``HEADERS``.
    """
    return whole_number(text.strip(), name, *HEADERS) if text.strip() else None


def day(text: str, name: str) -> date | None:
    """Return a day in ISO 8601, or None for an empty text.

    Raises:
        SettingError: the text is not a day.
    """
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise SettingError(f"{name} must be a day such as 2026-01-31.") from None


def earlier_state(text: str) -> Path | date | None:
    """Return an earlier state: a day in ISO 8601, or else a path; None for an empty text."""
    try:
        return day(text, "")
    except SettingError:
        return Path(text)


def column_map(texts: Iterable[str], name: str) -> dict[str, str]:
    """Return the column for each role, from texts such as ``parent=reports_to``.

    Raises:
        SettingError: a text is not of this form, or its role is unknown.
    """
    columns = {}
    for text in texts:
        role, equals, column = (part.strip() for part in text.partition("="))
        if role not in ROLES or not equals or not column:
            raise SettingError(
                f"{name} must be ROLE=COLUMN, such as parent=reports_to; "
                f"the roles are {', '.join(ROLES)}."
            )
        columns[role] = column
    return columns


def drawn(text: str, name: str) -> str:
    """Return which of two hierarchies is drawn, or empty text.

    Raises:
        SettingError: the text is neither ``units`` nor ``people``.
    """
    if text.strip() not in {"", *DRAWN}:
        raise SettingError(f"{name} must be {' or '.join(DRAWN)}.")
    return text.strip()


def noun(text: str, name: str) -> Records | None:
    """Return what the page calls the units; None for an empty text.

    Raises:
        SettingError: the text is none of ``units``, ``people`` and ``posts``.
    """
    if not text.strip():
        return None
    if text.strip() not in {*Records}:
        raise SettingError(f"{name} must be {', '.join(Records)}.")
    return Records(text.strip())


def fact_kinds(texts: Iterable[str], name: str) -> dict[str, FactKind]:
    """Return the kind of each column of facts, from texts such as ``Grade=category``.

    Raises:
        SettingError: a text is not of this form, or there is no such kind.
    """
    chosen = _choices(texts, name, "Grade=category", tuple(FactKind))
    return {heading: FactKind(kind) for heading, kind in chosen.items()}


def measures(texts: Iterable[str], name: str) -> dict[str, bool]:
    """Return whether numbers are totals, by heading, from texts such as ``Headcount=own``.

    Raises:
        SettingError: a text is not of this form.
    """
    chosen = _choices(texts, name, "Headcount=own", MEASURES)
    return {heading: choice == TOTAL for heading, choice in chosen.items()}


def _choices(
    texts: Iterable[str], name: str, example: str, allowed: Sequence[str]
) -> dict[str, str]:
    """Return the choice for each column."""
    chosen = {}
    for text in texts:
        # A heading may have an equals sign itself.
        column, _, choice = (part.strip() for part in text.rpartition("="))
        if not column or choice not in allowed:
            raise SettingError(
                f"{name} must be COLUMN=CHOICE, such as {example}; "
                f"the choices are {', '.join(allowed)}."
            )
        chosen[column] = choice
    return chosen


def cache_folder(text: str, default: Path | None) -> Path | None:
    """Return a folder, or None for ``no``; the default for an empty text."""
    text = text.strip()
    return None if text == "no" else Path(text) if text else default


def yes_or_no(text: str, name: str) -> bool:
    """Return whether a text is ``yes``.

    Raises:
        SettingError: it is neither ``yes`` nor ``no``.
    """
    if text.strip() not in {"yes", "no"}:
        raise SettingError(f"{name} must be yes or no.")
    return text.strip() == "yes"


def whole_number(text: str, name: str, low: int, high: int) -> int:
    """Return the text of a setting as a number.

    Raises:
        SettingError: the text is not a whole number in the range.
    """
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(high))
    if not is_number or not low <= int(text) <= high:
        raise SettingError(f"{name} must be a whole number from {low} to {high}.")
    return int(text)


def _origins(text: str, name: str) -> tuple[str, ...]:
    words = re.split(r"[\s,]+", text.strip(" \t\r\n,").lower())
    if words in (["any"], [ANYONE]):
        return (ANYONE,)
    if words == ["none"]:
        return ()
    try:
        return tuple(map(_origin, words))
    except ValueError:
        raise SettingError(
            f"{name} must be any, none, or origins such as https://intranet.example, "
            "separated by spaces or commas."
        ) from None


def _origin(text: str) -> str:
    """Return an origin as browsers write it: without the default port of its scheme."""
    if not ORIGIN.fullmatch(text):
        raise ValueError(text)
    parts = urlsplit(text)
    port = "" if parts.port in {None, DEFAULT_PORTS[parts.scheme]} else f":{parts.port}"
    return f"{parts.scheme}://{parts.hostname}{port}"
