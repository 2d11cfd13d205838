"""The settings of a running Remit: the only place that reads the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from components.importing.column_settings import ROLES
from components.importing.loading import Dataset
from components.model.text import split_list
from components.reading.options import DEFAULT_LIMITS, Limits, Options

SHIPPED_DATASET = Path(__file__).parent.parent / "data" / "iom-operations"
PORTS = (0, 65_535)
ANYWHERE = ("0.0.0.0", "::", "")  # noqa: S104  # looked for, not listened to
ANYONE = "*"
ORIGIN = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]+)?")
DEFAULT_PORTS = {"http": 80, "https": 443}


CAPS = {
    "most_megabytes": (DEFAULT_LIMITS.megabytes, 1_048_576),
    "most_unpacked_megabytes": (DEFAULT_LIMITS.unpacked_megabytes, 1_048_576),
    "most_records": (DEFAULT_LIMITS.records, 100_000_000),
    "most_columns": (DEFAULT_LIMITS.columns, 100_000),
    "most_characters": (DEFAULT_LIMITS.characters, 100_000_000),
}
"""What is refused rather than read, and how far that may be raised."""
HEADERS = (0, 1_000_000)
"""Records that may be the header; 0: none is."""


class SettingError(ValueError):
    """A setting that cannot be used; its text names the setting and what is allowed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set from outside; every field has a default that works."""

    dataset: Path = SHIPPED_DATASET
    """A table, a workbook, or a folder of tables; see docs/data.md."""
    encoding: str = ""
    """Of the dataset; empty: found in it, as are the next three."""
    delimiter: str = ""
    sheet: str = ""
    header: int | None = None
    map: Mapping[str, str] = field(default_factory=dict)
    """The column for each role that is set: ``{"parent": "reports_to"}``."""
    most_megabytes: int = DEFAULT_LIMITS.megabytes
    """A larger file is refused; so is what is beyond the next four."""
    most_unpacked_megabytes: int = DEFAULT_LIMITS.unpacked_megabytes
    most_records: int = DEFAULT_LIMITS.records
    most_columns: int = DEFAULT_LIMITS.columns
    most_characters: int = DEFAULT_LIMITS.characters
    """Of one cell."""
    host: str = "127.0.0.1"
    port: int = 8050
    levels: int = 3
    """How many levels below the focus a picture shows."""
    most_units: int = 300
    """At most so many units in one picture; the rest is folded and counted."""
    threads: int = 32
    """How many requests are answered at once; three quarters of them may be exports."""
    address: str = ""
    """Where readers find the page, as it stands on pictures; empty: at ``host`` and ``port``."""
    export_megabytes: int = 64
    """So much of the pictures that were exported last is kept in memory."""
    framed_by: tuple[str, ...] = (ANYONE,)
    """The origins of the pages that may have this one inside; by default any, since the data is
    public and nothing can be changed through it."""

    @property
    def source(self) -> Dataset:
        """The dataset, and how it is to be read."""
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
        )

    @property
    def public_address(self) -> str:
        """The address at which readers find the page, with a slash at its end; empty if unknown.

        It is where the page is served, unless that is any address of this machine, or any port.
        """
        if self.address or self.host in ANYWHERE or not self.port:
            return self.address
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def settings_from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from ``REMIT_DATASET``, ``REMIT_HOST``, ``REMIT_PORT``, ``REMIT_LEVELS``, ...

    Raises:
        SettingError: a number that is none or is out of range, an address of no web page, or an
            origin that is none.
    """
    defaults = Settings()
    return Settings(
        dataset=Path(environment.get("REMIT_DATASET") or defaults.dataset),
        encoding=environment.get("REMIT_ENCODING", "").strip(),
        delimiter=environment.get("REMIT_DELIMITER", ""),
        sheet=environment.get("REMIT_SHEET", ""),
        header=header_number(environment.get("REMIT_HEADER", ""), "REMIT_HEADER"),
        map=column_map(split_list(environment.get("REMIT_MAP", "")), "REMIT_MAP"),
        **{
            name: _whole_number(environment, f"REMIT_{name.upper()}", usual, 1, most)
            for name, (usual, most) in CAPS.items()
        },
        host=environment.get("REMIT_HOST") or defaults.host,
        port=_whole_number(environment, "REMIT_PORT", defaults.port, *PORTS),
        levels=_whole_number(environment, "REMIT_LEVELS", defaults.levels, 1, 8),
        most_units=_whole_number(environment, "REMIT_MOST_UNITS", defaults.most_units, 10, 5_000),
        threads=_whole_number(environment, "REMIT_THREADS", defaults.threads, 1, 256),
        address=_web_address(environment, "REMIT_ADDRESS"),
        export_megabytes=_whole_number(
            environment, "REMIT_EXPORT_MEGABYTES", defaults.export_megabytes, 0, 65_536
        ),
        framed_by=_origins(environment.get("REMIT_FRAMED_BY") or "any", "REMIT_FRAMED_BY"),
    )


def _web_address(environment: Mapping[str, str], name: str) -> str:
    """Return an address with a slash at its end, or empty text if none is set."""
    text = environment.get(name, "").strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable or any(mark in text for mark in "?# ") or not text.isprintable():
        raise SettingError(
            f"{name} must be an address that begins with http:// or https://, without ? and #."
        )
    return text.rstrip("/") + "/"


def _whole_number(
    environment: Mapping[str, str], name: str, default: int, low: int, high: int
) -> int:
    text = environment.get(name, "").strip()
    if not text:
        return default
    return whole_number(text, name, low, high)


def header_number(text: str, name: str) -> int | None:
    """Return the number of the record that is the header, or None if it is to be found.

    Raises:
        SettingError: it is no such number.
    """
    return whole_number(text.strip(), name, *HEADERS) if text.strip() else None


def column_map(texts: Iterable[str], name: str) -> dict[str, str]:
    """Return the column for each role in texts such as ``parent=reports_to``.

    Raises:
        SettingError: a text has no ``=`` in it, or there is no such role.
    """
    found = {}
    for text in texts:
        role, equals, column = (part.strip() for part in text.partition("="))
        if role not in ROLES or not equals or not column:
            raise SettingError(
                f"{name} must be ROLE=COLUMN, such as parent=reports_to; "
                f"the roles are {', '.join(ROLES)}."
            )
        found[role] = column
    return found


def whole_number(text: str, name: str, low: int, high: int) -> int:
    """Return a setting's text as a number.

    Raises:
        SettingError: it is none, or is out of range.
    """
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(high))
    if not digits or not low <= int(text) <= high:
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
    """Return an origin as browsers write it: without the port that its scheme has by itself."""
    if not ORIGIN.fullmatch(text):
        raise ValueError(text)
    parts = urlsplit(text)
    port = "" if parts.port in {None, DEFAULT_PORTS[parts.scheme]} else f":{parts.port}"
    return f"{parts.scheme}://{parts.hostname}{port}"
