"""Numbers of two states in words."""

from __future__ import annotations

from components.model.both_states import both_states
from components.model.changes import compare
from components.model.index import OrganizationIndex
from components.views.encoding import encoding_choices
from components.words.measures import amount, measure_name
from tests.english import ENGLISH
from tests.model.test_changes import port


def numbers_of_two_states() -> OrganizationIndex:
    after = port(
        ("Bo,    h,      20,", "Bo,    h,      26,"), ("Dee,   f,      7,", "Dee,   f,      4,")
    )
    return OrganizationIndex(both_states(compare(port(), after)))


def test_columns_say_what_they_compare() -> None:
    measures = numbers_of_two_states().measures

    assert [measure_name(each, ENGLISH) for each in measures][:3] == [
        *("Budget", "Budget: before", "Budget: difference")
    ]


def test_differences_have_a_sign() -> None:
    index = numbers_of_two_states()
    difference, number = index.measures["budget-difference"], index.organization.number

    assert [amount(difference, difference.value(number[unit]), ENGLISH) for unit in "fah"] == [
        *("+6", "−3", "±0")
    ]


def test_a_difference_is_offered_as_a_colour_only() -> None:
    labels = encoding_choices(numbers_of_two_states(), ENGLISH)
    offered = {
        label.children[1].to_plotly_json()["props"]["data-key"]: [
            option.children for option in label.children[1].children
        ]
        for label in labels
    }

    assert "Budget: before" in offered["size"]
    assert "Budget: difference" not in offered["size"]
    assert "Budget: difference" in offered["colour"]
