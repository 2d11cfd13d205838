"""What columns of facts are: by their headings and cells, in several languages.

Each case has a heading, its cells, what they are, and of numbers the unit and the mark of decimals.
A rate is a number whose sum means nothing.
"""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from components.importing.column_settings import Choices, FactSettings
from components.importing.import_tables import import_tables
from components.model.facts import FactColumn, FactKind
from components.problems import DataError
from components.reading.tables import Tables

TEXT, NUMBER, DATE, YES_NO, CATEGORY, EMAIL, PHONE, LINK, IMAGE = (
    FactKind.TEXT,
    FactKind.NUMBER,
    FactKind.DATE,
    FactKind.YES_NO,
    FactKind.CATEGORY,
    FactKind.EMAIL,
    FactKind.PHONE,
    FactKind.LINK,
    FactKind.IMAGE,
)

NO_SETTINGS = FactSettings()
NUMBERS = [
    ("Headcount", ["12", "3", "0", "1500"], "", "."),
    ("Budget (EUR)", ["250000", "1200.50", ""], "EUR", "."),
    ("Budget (T€)", ["1.250,5", "80,0", "12,25"], "T€", ","),
    ("Budget [kEUR]", ["1250", "80"], "kEUR", "."),
    ("Haushalt", ["1.234,50 €", "99,00 €", "1.000.000,00 €"], "€", ","),
    ("Ausgaben", ["€ 1.250", "€ 3.400", "€ 12.000"], "€", ","),
    ("Coût annuel", ["1 250,50 €", "12 000,00 €", "800,00 €"], "€", ","),
    ("Coût", ["1\u202f250,50", "12\u202f000,00"], "", ","),
    ("Presupuesto", ["1.250,50", "3.000,00", "12.400,75"], "", ","),
    ("Orçamento", ["R$ 1.250,50", "R$ 80,00"], "R$", ","),
    ("Lohnsumme", ["CHF 1'200.50", "CHF 80'000.00"], "CHF", "."),
    ("Lohn CHF", ["1’200.50", "80’000.00"], "CHF", "."),
    ("Salary USD", ["85,000", "120,000", "60,500"], "USD", "."),
    ("Salary", ["$85,000", "$120,000.50"], "$", "."),
    ("Pay floor (£)", ["31000", "45000"], "£", "."),
    ("Result", ["(1,200)", "3,400", "(50)"], "", "."),
    ("Balance", ["-1200", "+300", "−50"], "", "."),
    ("FTE", ["1.0", "0.8", "0.5"], "FTE", "."),
    ("VZÄ", ["1,0", "0,8"], "VZÄ", ","),
    ("Effectif ETP", ["12,5", "3,0"], "ETP", ","),
    ("Salary in US$", ["85,000", "120,000"], "$", "."),
    ("Nº de empleados", ["120", "45", "8"], "", "."),
    ("Area (km²)", ["12.5", "800"], "km²", "."),
    ("Fläche", ["120 m²", "80 m²"], "m²", "."),
    ("Posts", ["1", "2", "2", "1"], "", "."),
    ("Vacant posts", ["0", "2", "0", "1"], "", "."),
    ("直接人件費", ["1,250,000", "980,000"], "", "."),
    ("Численность", ["120", "45", "8"], "", "."),
]
RATES = [
    ("% of time", ["100", "50", "80"], "%"),
    ("Share of women", ["45 %", "50 %", "38.5 %"], "%"),
    ("Frauenanteil in Prozent", ["45", "50"], ""),
    ("Average age", ["41.5", "38", "52"], ""),
    ("Âge moyen", ["41,5", "38,0"], ""),
    ("Edad media", ["41", "38"], ""),
    ("Taux de vacance", ["12", "0"], ""),
    ("Cost per head", ["1200", "900"], ""),
    ("Occupancy rate", ["0.85", "0.9"], ""),
]
OTHERS = [
    # Digits that count nothing
    ("Kostenstelle", ["4711", "4712", "4720"], TEXT),
    ("Cost centre", ["100200", "100300", "100400"], TEXT),
    ("Centre de coût", ["4711", "4712", "4720"], TEXT),
    ("N° de poste", ["1201", "1202", "1203"], TEXT),
    ("Personalnummer", ["00123", "00124", "00125"], TEXT),
    ("Employee no.", ["123", "124", "125"], TEXT),
    ("Payroll number", ["90017", "90018", "90019"], TEXT),
    ("PLZ", ["10115", "80331", "20095"], TEXT),
    ("Postcode", ["1011", "3512", "9711"], TEXT),
    ("Latitude", ["52.52", "48.13", "53.55"], TEXT),
    ("Longitude", ["13.40", "-11.57", "9.99"], TEXT),
    ("SIRET", ["73282932000074", "35600000000048"], TEXT),
    ("Tax reference", ["123456789", "987654321", "456789123"], TEXT),
    ("empid", ["17", "23", "131"], TEXT),
    ("Course", ["FR 101", "FR 204", "FR 305"], TEXT),
    ("Room", ["101", "204", "305"], TEXT),
    ("Raum", ["1.04", "2.17", "3.01"], TEXT),
    ("Stelle", ["A12", "A13", "B3"], TEXT),
    ("Version", ["1.2", "1.10", "2.0"], TEXT),
    # Choices
    ("Employment", ["full-time", "part-time", "full-time", "full-time"], CATEGORY),
    ("Vertragsart", ["unbefristet", "befristet", "befristet", "unbefristet"], CATEGORY),
    ("Régime", ["cadre", "non-cadre", "cadre", "cadre"], CATEGORY),
    ("Pay scale", ["G7", "G9", "G7", "G9"], CATEGORY),
    ("Entgeltgruppe", ["9", "11", "9", "11"], CATEGORY),
    ("Floor", ["1", "2", "1", "2"], CATEGORY),
    ("Languages", ["en; fr", "fr", "en", "en; fr"], CATEGORY),
    ("Remarks of staff", ["Came in May", "On leave", "Works from home"], TEXT),
    ("Same everywhere", ["Harbour", "Harbour", "Harbour"], TEXT),
    # Yes or no
    ("Manages people", ["yes", "no", "yes"], YES_NO),
    ("Führungskraft?", ["ja", "nein", "ja"], YES_NO),
    ("Télétravail", ["oui", "non", "oui"], YES_NO),
    ("Teletrabajo", ["sí", "no", "sí"], YES_NO),
    ("On call", ["x", "", "x", ""], YES_NO),
    ("First aid", ["TRUE", "FALSE", "TRUE"], YES_NO),
    ("Brandschutz", ["✓", "", "✓"], YES_NO),
    # Days and years
    ("Hired", ["2019-03-01", "2021-11-15"], DATE),
    ("Fecha de ingreso", ["01/03/2019", "15/11/2021"], DATE),
    ("Geboren am", ["31.12.1980", "1.2.1975"], DATE),
    ("Eintritt", ["01.03.19", "15.11.21"], DATE),
    ("Founded", ["1998", "2004", "1871"], DATE),
    ("Gegründet", ["1998", "2004", "1871"], DATE),
    ("Année de création", ["1998", "2004"], DATE),
    ("Last review", ["March 1, 2019", "November 15, 2021"], DATE),
    ("Ingreso", ["1 de marzo de 2019", "15 de noviembre de 2021"], DATE),
    ("Where to find", ["12 Baker 2019", "3 Mill 2021"], TEXT),
    ("Letzte Prüfung", ["1. März 2019", "15. November 2021"], DATE),
    # Ways to reach somebody
    ("Contact", ["ada@x.example", "ben@x.example"], EMAIL),
    ("Courriel du service", ["paie@x.example", "rh@x.example"], EMAIL),
    ("Téléphone", ["01 23 45 67 89", "01 23 45 67 90"], PHONE),
    ("Telefonnummer", ["030 1234-56", "030 1234-78"], PHONE),
    ("Phone", ["+353 20 910 1001", "(020) 910-1002"], PHONE),
    ("Direct line", ["+49 30 123456", "+49 30 123457"], PHONE),
    ("Mobile phone", ["0791234567", "0791234568"], PHONE),
    ("Durchwahl", ["4711", "4712"], TEXT),
    ("Website", ["https://x.example/a", "https://x.example/b"], LINK),
    ("Page", ["www.x.example", "www.y.example"], LINK),
    ("Photo", ["https://x.example/1", "https://x.example/2"], IMAGE),
    ("Link", ["https://x.example/1.png", "https://x.example/2.jpg"], IMAGE),
]


def fact(heading: str, cells: list[str], settings: FactSettings = NO_SETTINGS) -> FactColumn | None:
    """Return the column as it is read from a table of units, of which each has one of the cells."""
    numbers = [str(number) for number in range(len(cells))]
    frame = pd.DataFrame(
        {
            "id": [f"u{number}" for number in numbers],
            "name": [f"Unit {number}" for number in numbers],
            "parent": ["", *["u0"] * (len(cells) - 1)],
            heading: cells,
        },
        dtype=str,
    )
    tables = Tables("staff", {"units": frame}, {})
    organization = import_tables(tables, Choices(facts=settings)).organization
    facts = {column.heading: column for column in organization.facts.values()}
    return facts.get(heading)


def kind(heading: str, cells: list[str]) -> FactKind | None:
    column = fact(heading, cells)
    return column.kind if column else None


@pytest.mark.parametrize(("heading", "cells", "unit", "mark"), NUMBERS, ids=[n[0] for n in NUMBERS])
def test_numbers_have_a_unit_and_a_mark_of_decimals(
    heading: str, cells: list[str], unit: str, mark: str
) -> None:
    column = fact(heading, cells)

    assert column
    assert (column.kind, column.unit, column.mark) == (NUMBER, unit, mark)
    assert not column.is_rate


@pytest.mark.parametrize(("heading", "cells", "unit"), RATES, ids=[rate[0] for rate in RATES])
def test_shares_and_averages_are_not_summed_up(heading: str, cells: list[str], unit: str) -> None:
    column = fact(heading, cells)

    assert column
    assert (column.kind, column.unit, column.is_rate) == (NUMBER, unit, True)


@pytest.mark.parametrize(("heading", "cells", "expected"), OTHERS, ids=[each[0] for each in OTHERS])
def test_other_columns_are_no_numbers(heading: str, cells: list[str], expected: FactKind) -> None:
    assert kind(heading, cells) is expected


@pytest.mark.parametrize(
    ("cell", "others", "expected"),
    [
        ("1.234,50 €", ["99,00 €"], "1234.50"),
        ("CHF 1'200.50", ["CHF 80.25"], "1200.50"),
        ("(1,200)", ["3,400"], "-1200"),
        ("−50", ["30"], "-50"),
        ("1.250", ["3.400"], "1250"),
        ("1.250", ["0.5"], "1.250"),
        ("1 250,5", ["0,5"], "1250.5"),
    ],
)
def test_numbers_are_read_as_their_column_writes_them(
    cell: str, others: list[str], expected: str
) -> None:
    column = fact("Amount", [cell, *others])

    assert column
    assert column.quantity(0) == Decimal(expected)


def test_a_few_other_words_do_not_make_numbers_text() -> None:
    assert kind("Headcount", [*map(str, range(40)), "unknown"]) is NUMBER
    assert kind("Headcount", [*map(str, range(10)), "many", "some", "few"]) is TEXT


def test_amounts_in_several_currencies_are_not_summed_up() -> None:
    assert kind("Costs", ["100 EUR", "200 USD", "300 EUR"]) is not NUMBER


class TestWhatIsSet:
    def test_beats_what_is_found(self) -> None:
        column = fact("Room", ["101", "204"], FactSettings(kinds={"room": NUMBER}))

        assert column
        assert column.kind is NUMBER

    def test_is_a_number_if_it_is_said_how_to_sum_it_up(self) -> None:
        column = fact("Level", ["3", "4"], FactSettings(totals={"Level": True}))

        assert column is None or (column.kind, column.is_total) == (NUMBER, True)

    def test_must_be_a_column_of_the_table(self) -> None:
        with pytest.raises(DataError, match="Rooms"):
            fact("Room", ["101", "204"], FactSettings(kinds={"Rooms": NUMBER}))


@pytest.mark.parametrize("repeated", ["x", "a:", "a: b; ", "a@", "cn=", "[{", "1.", "( "])
def test_no_long_cell_takes_long(repeated: str) -> None:
    """Patterns that try again at each character would take minutes here."""
    cell = (repeated * 400_000)[:400_000]
    rows = [["1", "A", "", ""], ["2", "B", "1", cell], ["3", "C", "1", "x"]]
    table = pd.DataFrame(rows, columns=["id", "name", "parent", "Experience"], dtype="str")

    organization = import_tables(Tables("staff", {"units": table})).organization

    assert organization.facts["experience"].cells[1] == cell.strip()
