"""Periods of validity: how their ends may be written, and what holds on a day."""

from __future__ import annotations

from datetime import date

import pytest

from components.importing.column_settings import Choices
from components.importing.import_tables import import_tables
from components.model.organization import Organization
from tests.organizations import outline, tables

DAY = date(2015, 6, 15)


def on(day: date, units: str) -> Organization:
    """Return the organization of a day."""
    return import_tables(tables(units), Choices(at=day)).organization


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("2015-06-16", "2015-06-14"),
        ("2015/06/16", "2015/06/14"),
        ("2015-07", "2015-05"),
        ("2016", "2014"),
        ("20150616", "20150614"),
        ("16.06.2015", "14.06.2015"),
        ("16/6/2015", "14/6/2015"),
        ("6/16/2015", "6/14/2015"),
        ("2015-06-16T00:00:00Z", "2015-06-14 23:59:59"),
        ("16 June 2015", "14 Jun 2015"),
        ("16. Juni 2015", "14. Mai 2015"),
        ("16 juin 2015", "14 févr. 2015"),
        ("16-Jun-2015", "14-May-2015"),
    ],
)
def test_days_may_be_written_in_many_ways(begin: str, end: str) -> None:
    organization = on(
        DAY,
        f"""
        id, name,   parent, valid from, valid to
        a,  Board,  ,       1990-01-01,
        b,  Ended,  a,      ,           {end}
        c,  Future, a,      {begin},
        d,  Desk,   a,      {end},      {begin}
        """,
    )

    assert outline(organization) == ["a", ". d"]
    assert "1 has ended and 1 begins later" in organization.problems[0].reason


@pytest.mark.parametrize("end", ["", "9999-12-31", "31.12.9999", "99991231", "9999"])
def test_an_end_may_not_be_known_yet(end: str) -> None:
    organization = on(
        DAY,
        f"""
        id, name,  parent, valid from, valid to
        a,  Board, ,       1990-01-01, {end}
        b,  Old,   a,      1990-01-01, 2001-01-01
        """,
    )

    assert outline(organization) == ["a"]


@pytest.mark.parametrize(
    ("day", "drawn"),
    [
        (date(2014, 12, 31), ["a", ". b"]),
        (date(2015, 1, 1), ["a", ". b"]),
        (date(2015, 1, 2), ["a", ". c"]),
    ],
)
def test_the_first_and_the_last_day_belong_to_a_period(day: date, drawn: list[str]) -> None:
    organization = on(
        day,
        """
        id, name,  parent, valid from, valid to
        a,  Board, ,       1990-01-01,
        b,  Old,   a,      1990-01-01, 2015-01-01
        c,  New,   a,      2015-01-02,
        """,
    )

    assert outline(organization) == drawn


def test_an_id_may_occur_once_in_each_period() -> None:
    units = """
        id, name,  parent, valid from, valid to
        a,  Board, ,       1990-01-01,
        b,  Old,   a,      1990-01-01, 2015-12-31
        b,  New,   a,      2016-01-01,
        """

    for day, name in ((date(2010, 1, 1), "Old"), (date(2020, 1, 1), "New")):
        organization = on(day, units)
        assert organization.units["name"] == ["Board", name]
        assert [problem.kind for problem in organization.problems] == ["periods"]


def test_a_table_in_which_nothing_holds_on_the_day_is_drawn_as_it_is() -> None:
    organization = on(
        DAY,
        """
        id, name,  parent, valid from, valid to
        a,  Board, ,       1990-01-01, 1999-12-31
        b,  Desk,  a,      1990-01-01, 1999-12-31
        """,
    )

    assert outline(organization) == ["a", ". b"]


def test_days_of_another_meaning_are_no_periods() -> None:
    organization = on(
        DAY,
        """
        id, name,  parent, hired on,   born on
        a,  Board, ,       2016-01-01, 1960-01-01
        b,  Desk,  a,      2017-01-01, 1970-01-01
        """,
    )

    assert outline(organization) == ["a", ". b"]
    assert organization.problems == ()


def test_what_is_drawn_today_has_another_version_than_on_another_day() -> None:
    units = """
        id, name,  parent, valid from, valid to
        a,  Board, ,       1990-01-01,
        b,  Old,   a,      1990-01-01, 2015-12-31
        c,  New,   a,      2016-01-01,
        """

    assert on(date(2020, 1, 1), units).version != on(date(2010, 1, 1), units).version


class TestTheDayOfAnOrganization:
    UNITS = """
    id, name,  parent, valid from, valid to
    a,  Board, ,       2000-01-01,
    b,  Desk,  a,      2000-01-01, 2010-12-31
    """

    def test_is_the_one_that_was_asked_for(self) -> None:
        organization = on(DAY, self.UNITS)

        assert organization.has_periods
        assert organization.day == DAY
        assert organization.as_of == "2015-06-15"

    def test_is_unknown_if_no_record_holds_and_all_are_drawn(self) -> None:
        organization = on(date(1990, 1, 1), self.UNITS)

        assert organization.has_periods
        assert organization.day is None
        assert len(organization) == 2

    def test_is_none_without_periods(self) -> None:
        organization = on(DAY, "id, name, parent\na, Board,\nb, Desk, a")

        assert not organization.has_periods
        assert organization.day is None
