"""The connection of two units in a frozen page: the graph, and the sentences of its steps.

``assets/js/frozen/connection.js`` reads the files, finds the chain that
``components/model/shortest_chains.py`` finds, and answers as the server does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from components.diagrams import connection_path as path
from components.diagrams.style import ACCENT, STATION_SIZE, Theme, text_on
from components.model import shortest_chains as chains
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.relations import Direction, direction_from
from components.model.shortest_chains import Evidence, Step, StepBasis
from components.shards import Entry, table_files
from components.views.connection import (
    MAX_STEPS,
    arrival,
    evidence_elements,
    section_of,
    step_item,
)
from components.views.links import unit_link
from components.views.text import and_more, data_text, place
from components.web.frozen.stored import as_json
from components.words import Words, languages, words_in

FOLDER = "connection"
LINKS = place("one"), place("other")


def connection_files(index: OrganizationIndex) -> Iterator[tuple[str, object]]:
    """Yield name and content of each file of the connections.

    - ``graph``: the depth of each unit in preorder, the units with stated relations and those on
      the other ends, the units with references and the numbers of these
    - ``stated``: for each unit its stated relations: the other unit, kind, direction, description
      and source
    - ``mentions``: for each unit its label, and the number, the role and the source of its
      references
    - ``sources``: the source of a unit
    - ``kinds``, ``references``: what a step through them says in each language

    Contents with marks, see ``place``, are filled in by the script.
    """
    organization = index.organization
    every = [words_in(language).about(organization) for language in languages()]
    tables: Mapping[str, Iterable[Entry]] = {
        "stated": _stated(organization),
        "mentions": _mentions(organization),
        "sources": _sources(organization),
        "kinds": _kinds(organization, every),
        "references": _references(organization, every),
    }
    about = {
        "languages": {words.language: _contents(organization, words) for words in every},
        "chains": {
            "max_levels": chains.MAX_LEVELS,
            "reference_cost": chains.REFERENCE_COST,
            "hierarchy_cost": chains.HIERARCHY_COST,
        },
        "path": _geometry(),
        "max_steps": MAX_STEPS,
    }
    yield f"{FOLDER}/graph", _graph(organization)
    yield from table_files(FOLDER, tables, about)


def _graph(organization: Organization) -> Mapping[str, Any]:
    position = {reference: number for number, reference in enumerate(organization.references)}
    partners, mentions = [], []
    for unit in range(len(organization)):
        relations, mentioned = organization.relations.of(unit), organization.mentions.of(unit)
        if relations:
            ends = [row.origin + row.target - unit for row in relations]
            partners.append((unit, ends))
        if mentioned:
            mentions.append((unit, [position[row.reference] for row in mentioned]))
    return {
        "depths": organization.depth.tolist(),
        "partners": partners,
        "mentions": mentions,
        "references": len(position),
    }


def _stated(organization: Organization) -> Iterator[Entry]:
    for unit in range(len(organization)):
        rows = [
            (
                row.origin + row.target - unit,
                row.kind,
                direction_from(unit, row),
                row.description,
                row.source,
            )
            for row in organization.relations.of(unit)
        ]
        if rows:
            yield unit, rows


def _mentions(organization: Organization) -> Iterator[Entry]:
    position = {reference: number for number, reference in enumerate(organization.references)}
    for unit in range(len(organization)):
        rows = [
            (position[row.reference], row.role, row.source)
            for row in organization.mentions.of(unit)
        ]
        if rows:
            yield unit, (organization.label(unit), rows)


def _sources(organization: Organization) -> Iterator[Entry]:
    return ((unit, source) for unit, source in enumerate(organization.units["source"]) if source)


def _kinds(organization: Organization, every: list[Words]) -> Iterator[Entry]:
    for kind in sorted(organization.relation_kinds):
        steps = [_step(StepBasis.STATED, direction, kind) for direction in Direction]
        yield kind, {words.language: _items(organization, steps, words) for words in every}


def _references(organization: Organization, every: list[Words]) -> Iterator[Entry]:
    for number, reference in enumerate(organization.references):
        step = _step(StepBasis.REFERENCE, Direction.BOTH, reference)
        items = {words.language: _items(organization, [step], words) for words in every}
        yield number, (reference, items)


def _step(basis: StepBasis, direction: Direction, through: str = "") -> Step:
    """Return a step between any two units."""
    return Step(0, 0, basis, direction, through, ())


def _items(organization: Organization, steps: list[Step], words: Words) -> Mapping[str, Any]:
    """Return the item of each step by its direction, with places for the links and evidence."""
    return {
        step.direction: as_json(step_item(organization, step, LINKS, [place("evidence")], words))
        for step in steps
    }


def _contents(organization: Organization, words: Words) -> Mapping[str, Any]:
    """Return what the section of a connection is made of, with places for what differs."""
    one, other, name = (place(each) for each in ("one", "other", "name"))
    steps = [_step(StepBasis.HIERARCHY, direction) for direction in (Direction.OUT, Direction.IN)]
    evidence = Evidence(place("text"), place("source"))
    return {
        "messages": {key: words.messages[key] for key in ("connection-steps", "connection-more")},
        "section": as_json(
            section_of((one, other), place("count"), place("items"), [place("end")], words)
        ),
        "name": as_json(data_text(organization, name, words)),
        "link": as_json(unit_link(organization, 0, words, name)),
        "arrival": as_json(arrival(place("link"))),
        "more": as_json(and_more(1, words, "connection-more")[0]),
        "evidence": as_json(evidence_elements(organization, evidence, words, who=place("who"))[0]),
        "hierarchy": _items(organization, steps, words),
    }


def _geometry() -> Mapping[str, Any]:
    """Return the numbers and colours of the path in the diagrams."""
    return {
        "radius": path.PAGE_RADIUS,
        "station_offset": path.STATION_OFFSET,
        "centre_offset": path.CENTRE_OFFSET,
        "bend_position": path.BEND_POSITION,
        "box_overhang": path.BOX_OVERHANG,
        "station_size": STATION_SIZE,
        "station": {
            "fill": dict(ACCENT),
            "text": {theme: text_on(ACCENT[theme]) for theme in Theme},
        },
    }
