"""The name of a picture's file, and the address of the page that shows the same."""

from __future__ import annotations

from dataclasses import replace

from components.diagrams.style import Theme
from components.export.options import Options, Subject
from components.model.text import ascii_slug
from components.view_state import parameters_of, query_of
from components.words import DEFAULT, LANGUAGE

LONGEST_PART = 60
"""Characters of one part of a file's name."""
MAX_CHARACTERS = 50
"""That are named one by one."""


def file_name(subject: Subject, options: Options) -> str:
    """Return a name that any file system takes: ``iom-operations-network-surveys-dark.png``.

    It names the dataset, the diagram, and the unit that is selected or else in the centre.
    """
    organization = subject.organization
    unit = options.state.focus if options.state.unit is None else options.state.unit
    parts = [_part(organization.about.name) or "organization", options.diagram]
    if unit:
        parts.append(_part(organization.units["id"][unit]) or f"unit-{unit}")
    if options.theme is Theme.DARK:
        parts.append("dark")
    if options.language != DEFAULT:
        parts.append(options.language)
    return f"{'-'.join(parts)}.{options.format}"


def code_points(characters: str) -> str:
    """Return characters as ASCII names them: ``U+90E8 U+95E8``; of very many only the first."""
    return " ".join(f"U+{ord(each):04X}" for each in characters[:MAX_CHARACTERS])


def _part(text: str) -> str:
    return ascii_slug(text)[:LONGEST_PART].rstrip("-")


def address_of(subject: Subject, options: Options) -> str:
    """Return the address of the page that shows the same; empty if it is not known."""
    state = replace(options.state, view=options.diagram)
    parameters = parameters_of(state, subject.organization)
    if options.language != DEFAULT:
        parameters[LANGUAGE] = options.language
    return f"{subject.address}?{query_of(parameters)}" if subject.address else ""
