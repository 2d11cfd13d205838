"""The problems of the tables, for the people who maintain them: a link, and a dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.model.organization import Organization
from components.problems import Problem, Severity
from components.views import ids
from components.views.attributes import aria, data
from components.views.dialogs import dialog
from components.views.text import Content, language_attributes, message_parts
from components.words import DEFAULT, Words

MAX_LISTED = 200
"""Maximum number of problems in the list; the others are counted."""
MAX_LENGTH = 80
"""Maximum number of characters of a value that are shown."""
UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"


def problems_link(organization: Organization, words: Words) -> Component:
    """Return an element with a link to the list; it is empty if there are no warnings.

    Without scripts the link leads to the list on the page; with them it opens a dialog.
    """
    count = len(_with_severity(organization, Severity.WARNING))
    link = html.A(
        words("problems", count=count),
        href=f"#{ids.PROBLEMS_DIALOG}",
        **data(action="problems"),
        **aria(haspopup="dialog"),
    )
    return html.Div([link] if count else [], id=ids.PROBLEMS)


def problems_dialog(words: Words) -> Component:
    """Return the dialog; a fragment fills it when it opens."""
    return dialog(
        ids.PROBLEMS_DIALOG, words("problems-title"), [html.Div(id=ids.PROBLEMS_LIST)], words
    )


def problems_list(organization: Organization, words: Words) -> list[Component]:
    """Return the warnings and then the notes, grouped by kind; an empty list without warnings."""
    warnings = _with_severity(organization, Severity.WARNING)
    notes = _with_severity(organization, Severity.NOTE)
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


def _with_severity(organization: Organization, severity: Severity) -> list[Problem]:
    return [problem for problem in organization.problems if problem.severity is severity]


def _groups(
    organization: Organization,
    problems: Sequence[Problem],
    heading: Callable[..., Component],
    words: Words,
) -> Iterator[Component]:
    """Yield a heading and a list for each kind of problem."""
    for kind in dict.fromkeys(problem.kind for problem in problems):
        group = [problem for problem in problems if problem.kind is kind]
        key = f"fault-{kind}"
        name = words(key) if words.has(key) else html.Span(str(kind), **_english(words))
        yield heading([name, " ", html.Span(words.number(len(group)), className="muted")])
        yield html.Ul([_item(organization, problem, words) for problem in group])


def _item(organization: Organization, problem: Problem, words: Words) -> Component:
    value = problem.value[:MAX_LENGTH] + "…" * (len(problem.value) > MAX_LENGTH)
    value = "".join(char if char.isprintable() else UNPRINTABLE for char in value)
    content: Content = [html.Span([*_place(organization, problem, words)], className="where")]
    if value:
        content += [" ", html.Code(value, **language_attributes(organization, words))]
    content.append(html.P([problem.reason, " ", problem.remedy], **_english(words)))
    return html.Li(content)


def _place(organization: Organization, problem: Problem, words: Words) -> Iterator[Component | str]:
    """Yield where a problem is: “units, record 4, column parent”."""
    attributes = language_attributes(organization, words)
    yield html.Span(problem.table, **attributes)
    if problem.record is not None:
        yield f", {words('problem-record', number=words.number(problem.record))}"
    if problem.column:
        column = html.Span(problem.column, **attributes)
        yield ", "
        yield from message_parts(words, "problem-column", column=column)


def _english(words: Words) -> dict[str, Any]:
    """Return the ``lang`` attribute for the texts of problems, which are always English."""
    return {} if words.language == DEFAULT else {"lang": DEFAULT}
