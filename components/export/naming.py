"""The file name of a picture, and the address of the page that shows the same view."""

from __future__ import annotations

from dataclasses import replace

from components.diagrams.style import Theme
from components.export.options import PictureOptions, Subject
from components.model.groups import focus_text, unit_of
from components.model.moment import Moment, Shown
from components.model.text import file_name_part
from components.view_state import moment_parameters, parameters_of, query_of
from components.words import DEFAULT, LANGUAGE

MAX_CODE_POINTS = 50
"""Characters that a message lists."""


def file_name(subject: Subject, options: PictureOptions) -> str:
    """Return a name that is valid on any file system: ``iom-operations-network-surveys-dark.png``.

    It has the dataset, the day if the organization has one, the diagram, the unit or the group of
    the picture unless that is the top, and what the picture is for.
    """
    organization, focus = subject.organization, options.subject
    parts = [organization.file_name, options.diagram]
    if focus:
        name = file_name_part(focus_text(organization, focus))
        parts.append(name or f"unit-{unit_of(focus)}")
    if options.preset:
        parts.append(options.preset)
    if options.theme is Theme.DARK:
        parts.append("dark")
    if options.language != DEFAULT:
        parts.append(options.language)
    return f"{'-'.join(parts)}.{options.format}"


def code_points(characters: str) -> str:
    """Return the code points of the first characters: ``U+90E8 U+95E8``."""
    return " ".join(f"U+{ord(character):04X}" for character in characters[:MAX_CODE_POINTS])


def address_of(subject: Subject, options: PictureOptions) -> str:
    """Return the address of the page with the same view; empty if it is unknown."""
    if not subject.address:
        return ""
    state = replace(options.state, view=options.diagram)
    parameters = {
        **parameters_of(state, subject.organization),
        **moment_parameters(_moment(subject)),
    }
    if options.language != DEFAULT:
        parameters[LANGUAGE] = options.language
    return f"{subject.address}?{query_of(parameters)}"


def _moment(subject: Subject) -> Moment:
    """Return the moment of a subject with its day: by default that of the reader may be another."""
    moment = subject.moment
    if moment.at or moment.shown is Shown.BEFORE:
        return moment
    return replace(moment, at=subject.organization.day)
