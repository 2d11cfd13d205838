"""Graphs that are written as text, Mermaid and DOT: their nodes as a table with parents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from components.problems import Problem
from components.reading.objects import Units

UPWARDS = re.compile(
    r"\b(reports? to|belongs? to|(?:is )?part of|(?:managed|supervised|led) by|child of"
    r"|subordinate (?:to|of)|member of)\b",
    re.IGNORECASE,
)
"""The labels of edges that lead from a child to its parent."""
MIN_SHARE_OF_PARTS = 0.6
GROUP = "group"
"""The column for the title of the group that a node is in."""


@dataclass
class GraphText:
    """The nodes, edges and groups of a graph."""

    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    """The cells of each node by its id; ``name`` if it has a label."""
    edges: dict[tuple[str, str], str] = field(default_factory=dict)
    """The label of each edge from a parent to a child."""
    relations: dict[tuple[str, str], str] = field(default_factory=dict)
    """The labels of dotted and dashed edges, which make no hierarchy beside solid ones."""
    groups: dict[str, str] = field(default_factory=dict)
    """The titles of groups by id."""
    group_of: dict[str, str] = field(default_factory=dict)
    """The group of each node and of each group in a group."""
    title: str = ""

    def add_node(self, node: str, group: str = "", cells: Mapping[str, str] | None = None) -> None:
        """Add a node, or cells to it; it belongs to the first group that it occurs in."""
        if node in self.groups:
            return
        self.nodes.setdefault(node, {}).update(cells or {})
        if group:
            self.group_of.setdefault(node, group)

    def add_edge(
        self, parent: str, child: str, label: str = "", *, is_dotted: bool = False
    ) -> None:
        """Add an edge; it points upwards if its label says so."""
        if UPWARDS.search(label):
            parent, child, label = child, parent, ""
        edges = self.relations if is_dotted else self.edges
        edges.setdefault((parent, child), label)

    def _parents(self) -> dict[str, list[str]]:
        """Return the parents of each node; further edges with a label become relations."""
        if not self.edges:
            self.edges, self.relations = self.relations, {}
        plain = {child for (_, child), label in self.edges.items() if not label}
        parents: dict[str, list[str]] = {}
        for (parent, child), label in self.edges.items():
            if label and child in plain:
                self.relations.setdefault((parent, child), label)
            elif parent != child:
                parents.setdefault(child, []).append(parent)
        return parents

    def units(self, language: str, problems: Sequence[Problem] = ()) -> Units:
        """Return the nodes, with their parents and relations.

        A group is a node of the table, above those in it, if an edge ends there or if the graph has
        no edges at all; otherwise it is a fact about the nodes in it.
        """
        parents = self._parents()
        ends = {node for edge in self.edges for node in edge}
        units = {group for group in self.groups if group in ends or not self.edges}
        rows: list[dict[str, str]] = []
        has_parts = _have_parts(self.nodes.values())
        groups = {group: {"name": title} for group, title in self.groups.items() if group in units}
        for node, cells in (groups | self.nodes).items():
            group = self.group_of.get(node, "")
            above = parents.get(node) or ([group] if group in units else [])
            name_lines = (cells.get("name") or node).split("\n")
            label = name_lines[0] if has_parts else " ".join(name_lines)
            row = {"id": node, "name": label, "parent": ";".join(above)}
            if has_parts and name_lines[1:]:
                row["description"] = "\n".join(name_lines[1:])
            if group and group not in units:
                row[GROUP] = self.groups[group]
            rows.append(row | {key: cell for key, cell in cells.items() if key != "name"})
        links = [{"from": a, "to": b, "kind": kind} for (a, b), kind in self.relations.items()]
        return Units(language, rows, self.title, links, problems)


def _have_parts(nodes: Iterable[Mapping[str, str]]) -> bool:
    """Return whether most labels have several lines: a name, and a title or a head below it.

    Where only some have, long names are broken into lines.
    """
    labels = [cells.get("name", "") for cells in nodes]
    several = sum("\n" in label for label in labels)
    return several > 1 and several >= MIN_SHARE_OF_PARTS * len(labels)


def lines_of_label(text: str) -> str:
    """Return the lines of a label that have any text, without white space around them."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
