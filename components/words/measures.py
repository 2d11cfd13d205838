"""Measures in words: their names, and what they say of a unit."""

from __future__ import annotations

from decimal import Decimal

from components.model.categories import Category
from components.model.classes import Classes
from components.model.coverage import THEMES, Topics
from components.model.facts import Compared, FactColumn
from components.model.measures import Measure
from components.model.organization import Organization
from components.model.text import heading_text
from components.words import Words


def measure_name(measure: Measure, words: Words) -> str:
    """Return the heading of a measure's column, or what the page calls it: "Units below"."""
    return fact_name(measure.fact, words) if measure.fact else words(f"measure-{measure.id}")


def fact_name(fact: FactColumn, words: Words) -> str:
    """Return the heading of a column, with what it compares: "Budget: difference"."""
    heading = heading_text(fact.heading)
    return words(f"compared-{fact.compared}", name=heading) if fact.compared else heading


def numbers_are(measure: Measure) -> str:
    """Return the key of the text that says how the numbers of a measure are meant."""
    return "numbers-are-totals" if measure.is_total else "numbers-are-own"


def category_name(category: Category, words: Words) -> str:
    """Return the heading of a category's column, or what the page calls it: "Type"."""
    return heading_text(category.heading) or words(category.id)


def topics_name(topics: Topics, words: Words) -> str:
    """Return what the columns of a matrix are: "Theme", "Type"."""
    if topics.category:
        return category_name(topics.category, words)
    return words("theme" if topics.id == THEMES else "framework")


def encoded_name(by: Category | Measure, words: Words) -> str:
    """Return the name of what colours show."""
    return measure_name(by, words) if isinstance(by, Measure) else category_name(by, words)


def amount(measure: Measure, number: Decimal, words: Words) -> str:
    """Return a number with its unit, unless the heading says it: "1,200 km²".

    A difference has a sign: "+1,200 km²", "−3 FTE".
    """
    fact = measure.fact
    is_difference = fact and fact.compared is Compared.DIFFERENCE
    text = signed(number, words) if is_difference else words.number(number)
    return f"{text} {fact.unit}" if fact and fact.unit and fact.unit not in fact.heading else text


def signed(number: Decimal, words: Words) -> str:
    """Return a difference: "+1,200", "−0.5", "±0"."""
    sign = "+" if number > 0 else "−" if number < 0 else "±"
    return f"{sign}{words.number(abs(number))}"


def amount_note(organization: Organization, measure: Measure, unit: int, words: Words) -> str:
    """Return a measure of a unit: "Budget: 1,200 · 24% of Operations · 12% of the whole".

    Of a measure that does not add up, it is the number alone. Without any number, the text says of
    how many units it is missing, or is empty.
    """
    end, name = unit + int(organization.size[unit]), measure_name(measure, words)
    number, missing = measure.in_list(unit, end), measure.missing_in(unit, end)
    if number is None:
        is_missing = measure.is_additive and missing
        text = words("without-number", count=missing) if is_missing else ""
        return words("heading-of", heading=name, name=text) if text else ""
    parts = [words("heading-of", heading=name, name=amount(measure, number, words))]
    if measure.is_additive:
        parts.append(shares_note(organization, measure, unit, words))
    return " · ".join(filter(None, parts))


def shares_note(organization: Organization, measure: Measure, unit: int, words: Words) -> str:
    """Return the share of a unit, with those below, in its parent and in the whole."""
    parts = []
    parent = int(organization.parent[unit])
    for whole in dict.fromkeys((parent, 0)):
        share = measure.share(unit, whole) if whole >= 0 and unit != whole else None
        if share is not None:
            key = "share-of-whole" if whole == 0 else "share-of"
            parts.append(words(key, share=words.percent(share), unit=organization.label(whole)))
    end = unit + int(organization.size[unit])
    if missing := measure.missing_in(unit, end):
        parts.append(words("without-number", count=missing))
    return " · ".join(parts)


def class_note(organization: Organization, classes: Classes, unit: int, words: Words) -> str:
    """Return what a colour shows of a unit: "Grade: A", "Budget: 1,200"; empty without a value."""
    by = classes.by
    if isinstance(by, Measure):
        number = by.in_list(unit, unit + int(organization.size[unit]))
        text = "" if number is None else amount(by, number, words)
    else:
        number_of_class = int(classes.number_of[unit])
        text = classes.members[number_of_class].value if number_of_class >= 0 else ""
    return words("heading-of", heading=encoded_name(by, words), name=text) if text else ""


def class_text(classes: Classes, number: int, words: Words) -> str:
    """Return what the units of a class share: "Oslo (12)", "1 to 40 (7)", "3 other values (5)"."""
    members = classes.members[number]
    if (
        members.lowest is not None
        and members.highest is not None
        and isinstance(classes.by, Measure)
    ):
        low, high = (amount(classes.by, end, words) for end in (members.lowest, members.highest))
        text = low if low == high else words("legend-range", low=low, high=high)
    else:
        text = members.value or words("other-values", count=members.values)
    return f"{text} ({words.number(members.units)})"
