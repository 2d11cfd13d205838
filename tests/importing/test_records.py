"""What the records of a table are: units, people or posts."""

from __future__ import annotations

import pytest

from components.importing.import_tables import import_tables
from components.model.organization import Records
from tests.organizations import organization_of, tables

POSTS = {
    "numbers of posts": """
        Post No., Title, Reports to
        P1, Director,
        P2, Pilot, P1
        P3, Clerk, P1
        """,
    "titles of posts and no holder": """
        Post, Reports to
        Director,
        Pilot, Director
        Clerk, Director
        """,
    "titles and a column of holders": """
        Title, Holder, Reports to
        Director, Ada Roe,
        Pilot, Cy Moss, Director
        Clerk, Bo Roe, Director
        """,
    "titles and a vacancy": """
        Title, Reports to, Status
        Director, , filled
        Pilot, Director, vacant
        Clerk, Director, filled
        """,
    "Spanish": """
        Puesto, Titular, Depende de
        Directora, Ana Paz,
        Piloto, Vacante, Directora
        Grumete, Luis Sol, Piloto
        """,
    "French": """
        N° poste, Intitulé du poste, Titulaire, Poste supérieur
        1, Directrice, Anne Roux,
        2, Pilote, Luc Petit, 1
        3, Agent, vacant, 2
        """,
    "German": """
        Planstelle, Inhaber, Übergeordnete Planstelle
        Leitung, Ada Roe,
        Lotse, unbesetzt, Leitung
        Bote, Bo Roe, Lotse
        """,
}
UNITS = {
    "units and their heads": """
        Name, Head, Parent
        Board, Ada Roe,
        Pilots, Vacant, Board
        Staff, Bo Roe, Board
        """,
    "titles of units": """
        Title, Parent, Status
        Board, , active
        Staff, Board, active
        Pay, Staff, closed
        """,
    "units with the post and the name of their heads": """
        Unidad, Cargo, Titular, Unidad superior
        Ministerio, Ministra, Ana Paz,
        Puertos, Director, Luis Sol, Ministerio
        Faros, Jefe, Luis Mar, Puertos
        """,
    "positions in an outline": """
        Position, Name, Parent
        1, Board,
        1.1, Staff, 1
        1.2, Pay, 1
        """,
    "posts below groups": """
        Bureau, Division, Position
        Port, Ships, Pilot
        Port, Ships, Coxswain
        Port, Quays, Crane Operator
        """,
}
PEOPLE = {
    "names and titles": """
        Name, Title, Manager
        Ada Roe, Director,
        Bo Roe, Pilot, Ada Roe
        Cy Moss, Clerk, Ada Roe
        """,
    "a vacancy among them": """
        Role, Person, Reports to
        Director, Ada Roe,
        Pilot, Bo Lind, Ada Roe
        Clerk, vacant, Ada Roe
        """,
}


@pytest.mark.parametrize(
    ("records", "table"),
    [
        pytest.param(records, table, id=title)
        for records, cases in (
            (Records.POSTS, POSTS),
            (Records.UNITS, UNITS),
            (Records.PEOPLE, PEOPLE),
        )
        for title, table in cases.items()
    ],
)
def test_the_headings_say_what_the_records_are(records: Records, table: str) -> None:
    assert organization_of(table).records is records


def test_holders_of_posts_are_their_heads() -> None:
    organization = organization_of(POSTS["titles and a column of holders"])

    assert list(organization.units["head"]) == ["Ada Roe", "Cy Moss", "Bo Roe"]


@pytest.mark.parametrize(
    ("stated", "records"),
    [("posts", Records.POSTS), ("people", Records.PEOPLE), ("ships", Records.UNITS)],
)
def test_a_data_package_may_say_what_the_records_are(stated: str, records: Records) -> None:
    descriptor = {"resources": [{"name": "units", "records": stated}]}

    described = tables(UNITS["titles of units"], descriptor=descriptor)

    assert import_tables(described).organization.records is records
