"""The facts of units: the columns without a role of their own, and what their cells are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from itertools import chain, count
from typing import Any

import pandas as pd
from babel.numbers import list_currencies

from components import faults
from components.importing.cells import Cells, is_missing
from components.importing.column_names import fold_name, vocabulary_words
from components.importing.column_settings import FactSettings, quoted_list, schema_fields
from components.importing.evidence import MOSTLY, SURELY
from components.importing.naming import IDENTITIES
from components.importing.profiles import ColumnKind, Profile
from components.importing.table_roles import COLUMN_SEPARATOR, UNITS, TableRole
from components.importing.unit_rows import UnitRows
from components.model.days import day_in, is_month_first
from components.model.facts import FactColumn, FactKind
from components.model.measures import MEASURES as OF_UNITS
from components.model.organization import UNIT_COLUMNS
from components.model.quantities import decimal_mark, quantity_in, unit_beside
from components.model.standard_columns import (
    COLUMNS,
    has_standard_columns,
    heading_of_fact,
)
from components.model.text import slug, split_list
from components.reading.nested_objects import RECORD

MAX_CATEGORIES = 100
"""Distinct cells of a category; texts with more of them are no choice that a reader can make."""
LONGEST_CATEGORY = 60
"""Mean characters of the cells of a category."""
MIN_SHARED = 2
"""Units that share a cell of a category, on average."""
UNIT_IN_HEADING = re.compile(r".*\S\s*[(\[](?P<unit>[^()\[\]]{1,12})[)\]]\s*")
"""``Budget (EUR)``, ``Area [km²]``."""
SIGNS_IN_HEADING = ("%", "€", "$", "£")
"""Units that a heading may have anywhere: ``% of time``, ``Salary in US$``."""
BARE_UNITS = {"fte": "FTE", "vze": "VZE", "vza": "VZÄ", "etp": "ETP"}
"""Units that are a heading by themselves, or its last word, by folded text."""
CODE_LENGTH = 9
"""Digits from which on whole numbers of one length are codes: telephone numbers, tax numbers."""
NUMBER_SIGN = re.compile(r"\s*(?:№|n[°º])", re.IGNORECASE)
"""``N° de poste``, ``Nº de empleados``: the number of one, or how many there are."""
YEARS = range(1000, 2200)
IMAGE = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp|avif|bmp)(?:[?#]\S*)?", re.IGNORECASE)
PHONE = re.compile(r"(?:\+|00|\()?[\d(][\d\s()./–-]{4,}\d(?:\s*(?:x|ext\.?|-)\s*\d+)?")
OWN, TOTAL = MEASURES = ("own", "total")
"""Whether the numbers of units are their own, or include those of the units below."""
KINDS_OF_TYPES: Mapping[tuple[str, str], FactKind] = {
    ("number", ""): FactKind.NUMBER,
    ("integer", ""): FactKind.NUMBER,
    ("date", ""): FactKind.DATE,
    ("datetime", ""): FactKind.DATE,
    ("year", ""): FactKind.DATE,
    ("yearmonth", ""): FactKind.DATE,
    ("boolean", ""): FactKind.YES_NO,
    ("string", "email"): FactKind.EMAIL,
    ("string", "uri"): FactKind.LINK,
}
"""The kind for each type and format of a Table Schema."""
COUNTED = {FactKind.NUMBER, FactKind.CATEGORY}
NOT_SHOWN = {*IDENTITIES, "valid_from", "valid_to"}
"""Roles of columns that are facts all the same."""
RESERVED = (*UNIT_COLUMNS, "parent", "parent-id", "themes", "references", *OF_UNITS)
"""Ids that no column of facts has, since addresses name other things by them."""


def fact_settings(
    units: TableRole, descriptor: Mapping[str, Any], chosen: FactSettings
) -> FactSettings:
    """Return the settings by heading as the table spells it; what is chosen beats the schema.

    Raises:
        DataError: the table has no such column.
    """
    folded = {fold_name(name): name for name in reversed(units.cells.header)}

    def spelled(heading: str) -> str | None:
        return heading if heading in units.cells.header else folded.get(fold_name(heading))

    kinds, totals = dict[str, FactKind](), dict[str, bool]()
    for field_ in schema_fields(units.table, descriptor):
        name = spelled(str(field_.get("name", "")))
        kind = _kind_of_field(field_)
        if name and kind:
            kinds[name] = kind
        if name and field_.get("measure") in MEASURES:
            totals[name] = field_["measure"] == TOTAL
    for given, known in ((chosen.kinds, kinds), (chosen.totals, totals)):
        for heading, setting in given.items():
            name = spelled(heading)
            if name is None:
                header = [name for name in units.cells.header if name not in units.cells.derived]
                raise faults.UNKNOWN_MAPPED_COLUMN.error(
                    units.table, name=heading, header=quoted_list(header)
                )
            known[name] = setting  # type: ignore[assignment]
    # A column whose sum is set has numbers.
    return FactSettings({**dict.fromkeys(totals, FactKind.NUMBER), **kinds}, totals)


def _is_readable(unit_id: str) -> bool:
    """Return whether an id is made of words, for addresses: it says nothing besides the name."""
    return unit_id == slug(unit_id) and not any(map(str.isdecimal, unit_id))


def _kind_of_field(field_: Mapping[str, Any]) -> FactKind | None:
    """Return what the schema of a data package says of a column; None if it says only "string"."""
    if field_.get("kind") in {*FactKind}:
        return FactKind(field_["kind"])
    key = (str(field_.get("type", "")), str(field_.get("format", "")))
    return KINDS_OF_TYPES.get(key) or KINDS_OF_TYPES.get((key[0], ""))


def fact_columns_of(units: TableRole) -> list[str]:
    """Return the columns of a table that say something of its units and have no role, in order.

    Columns by which others refer to a record are facts, too, and so are ids that mean something to
    readers, such as numbers of employees.
    """
    described = {*units.levels, *units.further_parents}
    for role, name in units.columns.items():
        if role not in NOT_SHOWN:
            parts = name.split(COLUMN_SEPARATOR)
            # Of a composite key, only the last part of a parent is seen elsewhere: as the parent.
            described |= {name, *{"id": [], "parent_id": parts[-1:]}.get(role, parts)}
    profile = Profile(units.cells)
    if is_standard := has_standard_columns(units.role, units.cells.header):
        described |= {*COLUMNS[units.role]}
    codes = {
        name
        for name in (units.key, units.columns.get("id", ""))
        if name in units.cells.header
        and not is_standard
        and name != RECORD  # a column of nested data that reading adds
        and name != units.columns.get("name")
        and not _nearly_all(_is_readable, profile.sample(name))
    }
    return [
        name
        for name in units.cells.header
        if (name not in described or name in codes)
        and name not in units.cells.derived
        and units.cells.counts(name)
    ]


def read_facts(
    units: TableRole, rows: UnitRows, columns: Sequence[str], settings: FactSettings
) -> dict[str, FactColumn]:
    """Return the facts in some columns of the table, of all units, by id.

    A unit that several records describe has the cells of all of them, separated by semicolons.
    """
    is_standard = has_standard_columns(UNITS, units.cells.header)
    headings = {name: heading_of_fact(UNITS, name) if is_standard else name for name in columns}
    cells_of = {heading: _cells_of_units(units, rows, name) for name, heading in headings.items()}
    # Of the units, not of the records: so what is written and read again is understood alike.
    profile = Profile(Cells(pd.DataFrame(cells_of, dtype=object)))
    keys = {
        part
        for key in (units.key, units.columns.get("id", ""))
        for part in (key, *key.split(COLUMN_SEPARATOR)[-1:])
    }
    facts: dict[str, FactColumn] = {}
    for name, heading in headings.items():
        cells, sample = cells_of[heading], profile.sample(heading)
        if not any(cells):
            continue
        fact_id = _free_id(heading, facts)
        found = kind_of_fact(heading, profile)
        is_key = name in keys
        if found in COUNTED and (is_key or _repeats_ids(cells, rows)):
            found = FactKind.TEXT  # a number of employees counts nothing
        kind = settings.kinds.get(name, found)
        is_number = kind is FactKind.NUMBER
        facts[fact_id] = FactColumn(
            fact_id,
            heading,
            kind,
            cells,
            unit=_unit(heading, profile) if is_number else "",
            is_rate=is_number and (_unit(heading, profile) == "%" or _has_word(heading, "rate")),
            mark=decimal_mark(sample) if is_number else ".",
            month_first=is_month_first(sample) if kind is FactKind.DATE else None,
            is_total=settings.totals.get(name) if is_number else None,
        )
    return facts


def _cells_of_units(units: TableRole, rows: UnitRows, name: str) -> list[str]:
    """Return the cells of a column of the table for all units."""
    column = units.cells.of(name)
    cells = [column[source] if source >= 0 else "" for source in rows.sources]
    for row, sources in rows.further_sources.items():
        entries = dict.fromkeys((cells[row], *(column[source] for source in sources)))
        cells[row] = "; ".join(filter(None, entries))
    return cells


def _repeats_ids(cells: Sequence[str], rows: UnitRows) -> bool:
    """Return whether nearly all filled cells are the ids of their units."""
    pairs = [pair for pair in zip(cells, rows.cells["id"], strict=True) if pair[0]]
    return sum(cell == unit_id for cell, unit_id in pairs) >= SURELY * len(pairs)


def _free_id(heading: str, taken: Collection[str]) -> str:
    base = slug(heading) or "fact"
    numbered = (f"{base}-{number}" for number in count(2))
    return next(
        each for each in chain([base], numbered) if each not in taken and each not in RESERVED
    )


def kind_of_fact(name: str, profile: Profile) -> FactKind:
    """Return what the cells of a column are, by its heading and nearly all of its cells."""
    return next((kind for kind, fits in FITS.items() if fits(name, profile)), FactKind.TEXT)


def _are_images(name: str, profile: Profile) -> bool:
    if profile.kind(name) is not ColumnKind.LINK:
        return False
    return _has_word(name, "image") or _nearly_all(IMAGE.fullmatch, profile.sample(name))


def _are_phones(name: str, profile: Profile) -> bool:
    sample = profile.sample(name)
    international = sum(cell.startswith("+") for cell in sample)
    is_named = _has_word(name, "phone") or international > MOSTLY * len(sample)
    return is_named and _nearly_all(PHONE.fullmatch, sample)


def _are_answers(name: str, profile: Profile) -> bool:
    """Return whether all cells of a column say yes or no; a mark alone says yes."""
    answers = vocabulary_words("yes") | vocabulary_words("not")
    return all(cell.casefold() in answers for cell in profile.cells.counts(name))


def _are_dates(name: str, profile: Profile) -> bool:
    sample = profile.sample(name)
    are_years = _has_word(name, "dated") and _nearly_all(_is_year, sample)
    return (
        profile.kind(name) is ColumnKind.DATE or are_years or _nearly_all(_has_month_name, sample)
    )


def _is_year(cell: str) -> bool:
    return len(cell) == len("2000") and cell.isdecimal() and int(cell) in YEARS


def _has_month_name(cell: str) -> bool:
    """Return whether a cell is a day such as ``31 janvier 2024``."""
    return any(map(str.isalpha, cell)) and day_in(cell, month_first=False) is not None


def _are_quantities(name: str, profile: Profile) -> bool:
    """Return whether the cells of a column are numbers that count or measure something."""
    sample = profile.sample(name)
    mark = decimal_mark(sample)
    numbers = [cell for cell in sample if quantity_in(cell, mark) is not None]
    if not sample or len(numbers) < SURELY * len(sample):
        return False
    units = {unit_beside([cell]) for cell in numbers} - {""}
    if len(units) > 1:
        return False
    # Letters directly before a number are a code, unless they are a currency.
    if any(cell[0].isalpha() for cell in numbers) and not any(map(_is_currency, units)):
        return False
    in_brackets = UNIT_IN_HEADING.fullmatch(name)
    is_amount = in_brackets and _is_currency(in_brackets["unit"])
    return bool(is_amount) or not _are_codes(name, numbers, profile)


def _are_codes(name: str, numbers: Sequence[str], profile: Profile) -> bool:
    """Return whether numbers only tell things apart: numbers of rooms, of accounts."""
    words = fold_name(name)
    if words and words[-1] in vocabulary_words("numbering"):
        return True
    if words and words[-1].endswith("id") and profile.cells.distinct(name) == 1:
        return True
    if _has_word(name, "code") or _has_word(name, "phone"):
        return True
    if any(cell[0] == "0" and cell.isdecimal() and len(cell) > 1 for cell in numbers):
        return True
    lengths = {*map(len, numbers)}
    if len(lengths) > 1 or not all(map(str.isdecimal, numbers)):
        return False
    return min(lengths) >= CODE_LENGTH or bool(NUMBER_SIGN.match(name))


def _are_categories(name: str, profile: Profile) -> bool:
    """Return whether the cells of a column are few texts, each of which several units share."""
    counts = profile.cells.counts(name)
    if not 1 < len(counts) <= MAX_CATEGORIES * 2:
        return False
    values = Counter[str]()
    for cell, number in counts.items():
        if not is_missing(cell):
            values.update(dict.fromkeys(split_list(cell), number))
    shared = sum(values.values()) >= MIN_SHARED * len(values)
    letters = sum(map(len, values)) / max(1, len(values))
    return shared and 1 < len(values) <= MAX_CATEGORIES and letters <= LONGEST_CATEGORY


def _unit(name: str, profile: Profile) -> str:
    """Return the unit of a column of numbers: from its heading, or beside its numbers."""
    if match := UNIT_IN_HEADING.fullmatch(name):
        return match["unit"].strip()
    if unit := unit_beside(profile.sample(name)):
        return unit
    *_, last = fold_name(name) or ("",)
    if last.upper() in _currency_codes():
        return last.upper()
    return next((sign for sign in SIGNS_IN_HEADING if sign in name), BARE_UNITS.get(last, ""))


def _is_currency(unit: str) -> bool:
    """Return whether a unit is a code of a currency, or has the sign of one: ``EUR``, ``R$``."""
    return unit in _currency_codes() or any(unicodedata.category(letter) == "Sc" for letter in unit)


@cache
def _currency_codes() -> frozenset[str]:
    return frozenset((*list_currencies(), "Fr"))


def _has_word(name: str, category: str) -> bool:
    """Return whether a heading has one of the words, or phrases, of a category."""
    heading = f" {' '.join(fold_name(name))} "
    return any(f" {word} " in heading for word in vocabulary_words(category))


def _nearly_all(is_one: Callable[[str], object], sample: Sequence[str]) -> bool:
    return bool(sample) and sum(map(bool, map(is_one, sample))) >= SURELY * len(sample)


FITS: Mapping[FactKind, Callable[[str, Profile], bool]] = {
    FactKind.EMAIL: lambda name, profile: profile.kind(name) is ColumnKind.EMAIL,
    FactKind.IMAGE: _are_images,
    FactKind.LINK: lambda name, profile: profile.kind(name) is ColumnKind.LINK,
    FactKind.PHONE: _are_phones,
    FactKind.YES_NO: _are_answers,
    FactKind.DATE: _are_dates,
    FactKind.NUMBER: _are_quantities,
    FactKind.CATEGORY: _are_categories,
}
"""Whether the cells of a column are of a kind; the first that fits counts."""
