"""The menu and the legend of what width, bars and colours show."""

from __future__ import annotations

from components.diagrams.encoding import BY_BRANCH, encoding_of
from components.model.both_states import both_states
from components.model.changes import compare
from components.model.groups import Group
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.view_state import ViewState
from components.views.encoding import encoding_choices, encoding_legend
from tests.english import ENGLISH
from tests.organizations import organization_of, scope_of, units_with_gaps
from tests.views.components import find, text_of

WIDER = "Wider = more: FTE (each unit’s own, added up)"
STAFF = """
    id, name,  parent, type, Grade, FTE, Change
    1,  Ada,   ,       post, M1,    1,   2
    2,  Ben,   1,      post, G5,    0.5, -1
    3,  Cy,    1,      post, G5,    1,   4
    4,  Dora,  2,      post, M1,    ,    1
    5,  Emil,  2,      post, ,      0.8, -3
    """


def legend_of(organization: Organization, **state: str) -> list[str]:
    encoding = encoding_of(ViewState(**state), OrganizationIndex(organization))
    content = encoding_legend(scope_of(organization), encoding, ENGLISH)
    return [text_of(part) for part in find(content, "P", "Li")]


def test_the_menu_lists_measures_and_categories() -> None:
    index = OrganizationIndex(organization_of(STAFF))
    size, colour, sort = encoding_choices(index, ENGLISH)

    structure = ["All units", "Units below", "Direct reports", "Levels below"]
    assert [text_of(option) for option in find(size, "Option")] == [
        *("Lowest-level units", "FTE", "Change"),
        *structure,
        *("FTE: with the units below", "Change: with the units below"),
    ]
    assert [text_of(option) for option in find(colour, "Option")] == [
        *("Branch", "Type", "Grade", "FTE", "Change"),
        *structure,
    ]
    assert [text_of(option) for option in find(sort, "Option")] == [
        "As in the table",
        "Largest first",
    ]


def test_without_a_choice_the_legend_explains_angles_and_branches(harbour: Organization) -> None:
    content = encoding_legend(scope_of(harbour), BY_BRANCH, ENGLISH)

    assert text_of(content) == "Wider = more units, lighter = lower level"


def test_of_a_measure_it_says_how_numbers_add_up_and_how_many_are_missing() -> None:
    assert legend_of(organization_of(STAFF), size="fte") == [
        f"{WIDER} · Free space = the share of the unit itself · 1 unit without a number",
        "Bar: FTE",
        "Grey = smaller branches",
    ]


def test_of_a_group_it_counts_what_is_missing_in_the_group() -> None:
    organization = organization_of(STAFF)
    encoding = encoding_of(ViewState(size="fte"), OrganizationIndex(organization))

    for run, missing in (((1, 1), True), ((2, 2), False)):
        scope = scope_of(organization, Group(0, run=run))
        legend = text_of(encoding_legend(scope, encoding, ENGLISH))
        assert ("without" in legend) == missing


def test_it_says_why_angles_do_not_show_a_measure() -> None:
    staff = organization_of(STAFF)

    assert legend_of(staff, size="change")[0] == (
        "Change has negative numbers, so width shows lowest-level units."
    )
    assert legend_of(staff, size="reports")[0] == (
        "Numbers of “Direct reports” do not add up, so width shows lowest-level units."
    )
    only_at_the_top = organization_of("id, parent, FTE\ntop, , 3\na, top, \nb, top, ")
    assert legend_of(only_at_the_top, size="fte")[0] == (
        "Here no unit below has a number of “FTE”, so width shows lowest-level units."
    )


def test_lightness_and_greys_are_explained_only_where_they_are_seen() -> None:
    staff = organization_of(STAFF)
    below_ben = encoding_legend(scope_of(staff, 1), BY_BRANCH, ENGLISH)
    first_level = encoding_legend(scope_of(staff, rings=1), BY_BRANCH, ENGLISH)

    assert [text_of(part) for part in below_ben] == ["Wider = more units, lighter = lower level"]
    assert [text_of(part) for part in first_level] == [
        "Wider = more units (of the lowest level)",
        "Grey = smaller branches",
    ]
    assert "Grey = smaller branches" not in legend_of(staff, colour="grade")


def test_dashed_borders_are_explained_only_where_they_are_seen() -> None:
    gaps = units_with_gaps()
    placeholder = gaps.number["agency"]

    whole, part = (
        find(encoding_legend(scope_of(gaps, unit), BY_BRANCH, ENGLISH), "P", css="placeholders")
        for unit in (0, 1)
    )

    assert placeholder in gaps.placeholders
    assert [text_of(each) for each in whole] == ["Named as a parent, but not in the table"]
    assert part == []


def test_of_a_category_it_has_each_value_with_its_units() -> None:
    assert legend_of(organization_of(STAFF), colour="grade")[1:] == [
        *("Colour: Grade", "M1 (2)", "G5 (2)", "No value"),
    ]


def test_of_numbers_it_has_classes() -> None:
    staff = organization_of(STAFF)

    assert legend_of(staff, colour="fte")[1:] == [
        *("Colour: FTE", "0.5 (1)", "0.8 (1)", "1 (2)", "No value"),
    ]
    assert legend_of(staff, colour="change")[1:] == [
        *("Colour: Change", "-3 to -1 (2)", "1 to 2 (2)", "4 (1)"),
    ]


def test_values_beyond_the_colours_are_counted() -> None:
    units = "\n".join(f"{n}, U{n}, 1, post, kind{n % 15}" for n in range(2, 62))
    legend = legend_of(
        organization_of(f"id, name, parent, type, Sort\n1, Top, , post, \n{units}"), colour="sort"
    )

    assert len(legend) == len(["size", "name", "others", "none"]) + 12
    assert legend[-2:] == ["3 other values (12)", "No value"]


def test_the_legend_explains_the_signs_of_two_states() -> None:
    after = organization_of(
        STAFF.replace("Cy,    1, ", "Cy,    2, ") + "6,  Fay, 2, post, G5, 1, 0"
    )
    both = both_states(compare(organization_of(STAFF), after))

    texts = legend_of(both)
    assert [text for text in texts if text[0] in {"+", "→"}] == ["+ New", "→ Moved here"]
    assert "In brackets = below, not shown" not in texts
    assert not any(text[0] in {"+", "→"} for text in legend_of(after))
