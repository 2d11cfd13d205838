"""What is wrong with the tables, for whoever keeps them: a quiet link, and the list it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.model.organization import Organization
from components.problems import Problem, Severity
from components.views import ids
from components.views.attributes import aria, data, of_data, said
from components.views.dialogs import dialog
from components.views.unit_details import Children
from components.words import DEFAULT, Words

MAX_LISTED = 200
"""Problems that are listed one by one; the rest is counted."""
LONGEST = 80
"""Characters of a value that are shown."""
UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"


def problems_link(organization: Organization, words: Words) -> Component:
    """Return the place of the link to the list: there is one where there is something to mend.

    Without scripts it leads to the list on the page, with them it opens a dialog.
    """
    count = len(_of(organization, Severity.WARNING))
    link = html.A(
        words("problems", count=count),
        href=f"#{ids.PROBLEMS_DIALOG}",
        **data(action="problems"),
        **aria(haspopup="dialog"),
    )
    return html.Div([link] if count else [], id=ids.PROBLEMS)


def problems_dialog(words: Words) -> Component:
    """Return the dialog of the list; a fragment fills it when it is opened."""
    return dialog(
        ids.PROBLEMS_DIALOG, words("problems-title"), [html.Div(id=ids.PROBLEMS_LIST)], words
    )


def problems_list(organization: Organization, words: Words) -> list[Component]:
    """Return the problems by their kinds, first those to be mended, then those to be known."""
    warnings, notes = (_of(organization, each) for each in (Severity.WARNING, Severity.NOTE))
    if not warnings:
        return []
    listed = warnings[:MAX_LISTED], notes[: max(0, MAX_LISTED - len(warnings))]
    content = [
        html.P(words("problems-why"), className="muted"),
        *_groups(organization, listed[0], html.H3, words),
    ]
    if notes:
        content.append(html.H3(words("problems-notes", count=len(notes))))
        content += _groups(organization, listed[1], html.H4, words)
    rest = len(warnings) + len(notes) - sum(map(len, listed))
    if rest:
        more = words("and-more-problems", count=rest)
        content.append(html.P(f"{more} {words('problems-check')}", className="muted"))
    return content


def _of(organization: Organization, severity: Severity) -> list[Problem]:
    return [each for each in organization.problems if each.severity is severity]


def _groups(
    organization: Organization,
    problems: Sequence[Problem],
    heading: Callable[..., Component],
    words: Words,
) -> Iterator[Component]:
    """Yield a heading and a list for each kind, in the order in which the kinds occur."""
    for kind in dict.fromkeys(each.kind for each in problems):
        found = [each for each in problems if each.kind is kind]
        name = f"fault-{kind}"
        told = words(name) if words.has(name) else html.Span(str(kind), **_english(words))
        yield heading([told, " ", html.Span(words.number(len(found)), className="muted")])
        yield html.Ul([_item(organization, each, words) for each in found])


def _item(organization: Organization, problem: Problem, words: Words) -> Component:
    marks = of_data(organization, words)
    value = problem.value[:LONGEST] + "…" * (len(problem.value) > LONGEST)
    shown = "".join(each if each.isprintable() else UNPRINTABLE for each in value)
    told: Children = [html.Span([*_place(organization, problem, words)], className="where")]
    if shown:
        told += [" ", html.Code(shown, **marks)]
    told.append(html.P([problem.reason, " ", problem.remedy], **_english(words)))
    return html.Li(told)


def _place(organization: Organization, problem: Problem, words: Words) -> Iterator[Component | str]:
    """Yield where a problem is: “units, record 4, column parent”."""
    marks = of_data(organization, words)
    yield html.Span(problem.table, **marks)
    if problem.record is not None:
        yield f", {words('problem-record', number=words.number(problem.record))}"
    if problem.column:
        column = html.Span(problem.column, **marks)
        yield ", "
        yield from said(words, "problem-column", column=column)


def _english(words: Words) -> dict[str, Any]:
    """Return the marks of what is told to the keepers of tables, which is always English."""
    return {} if words.language == DEFAULT else {"lang": DEFAULT}
