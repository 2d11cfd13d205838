"""The state of a view, and the only list of its keys.

Addresses, exports and the page's scripts all use this list. To add a key, add an entry to ``KEYS``
and a field with the same name and its default to ``ViewState``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from components.model.coverage import TopicKind, topic_kinds
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import Scope, scope_containing, scope_showing
from components.model.shortest_chains import units_of
from components.model.text import split_list
from components.search.nearest import nearest_units

SEPARATOR = ";"
"""Separates the values of a list, in an address as in a cell of a table."""
MAX_NAMED = 8
"""Allowed values that an error message lists."""


class Diagram(StrEnum):
    """The diagrams that can be drawn as a picture."""

    SUNBURST = "sunburst"
    NETWORK = "network"


class Layout(StrEnum):
    """Layouts of the network."""

    TREE = "tree"
    """Left to right by level, with full names."""
    COMPACT = "compact"
    """The tree with short names, where there is little room; never in an address."""
    RADIAL = "radial"
    """Rings around the focus, in the order of the sunburst, with short names."""


class ValueType(StrEnum):
    """How the value of a key is parsed."""

    UNIT = "unit"
    """Id, name, acronym or alias of a unit; the value is its unit number."""
    CHOICE = "choice"
    """One of ``Key.values``."""
    LIST = "list"
    """Some of the values in the attribute of ``Filters`` with the same name, separated by ``;``."""
    TEXT = "text"
    """Any text."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the view."""

    name: str
    type: ValueType
    allowed: str
    """The allowed values, for help texts and error messages."""
    values: tuple[str, ...] = ()
    """The values of a choice, the default first. If it is empty, the page chooses by its width."""
    diagrams: tuple[Diagram, ...] = ()
    """The diagrams whose picture depends on the key."""


BOTH, NETWORK_ONLY = tuple(Diagram), (Diagram.NETWORK,)


def _choice(name: str, *values: str, diagrams: tuple[Diagram, ...] = ()) -> Key:
    allowed = f"one of {', '.join(filter(None, values))}"
    return Key(name, ValueType.CHOICE, allowed, values, diagrams)


KEYS = (
    Key("unit", ValueType.UNIT, "the id, acronym or alias of a unit", diagrams=BOTH),
    Key("focus", ValueType.UNIT, "the id, acronym or alias of a unit", diagrams=BOTH),
    _choice("view", "", "both", "sunburst", "network", "outline", "matrix"),
    _choice("links", "selected", "all", diagrams=NETWORK_ONLY),
    _choice("layout", Layout.TREE, Layout.RADIAL, diagrams=NETWORK_ONLY),
    _choice("references", "hidden", "shown", diagrams=NETWORK_ONLY),
    Key(
        "to",
        ValueType.UNIT,
        "the id, acronym or alias of a unit, with which the other one is connected",
        diagrams=BOTH,
    ),
    Key("types", ValueType.LIST, f"types of units, with {SEPARATOR} between them", diagrams=BOTH),
    Key("themes", ValueType.LIST, f"ids of themes, with {SEPARATOR} between them", diagrams=BOTH),
    _choice("by", *TopicKind),
    Key("q", ValueType.TEXT, "the words in the search field"),
)
"""All keys, in the order of an address."""
KEY_BY_NAME = {key.name: key for key in KEYS}


@dataclass(frozen=True, slots=True)
class ViewState:
    """The value of each key, with its default."""

    unit: int | None = None
    """The selected unit."""
    focus: int = 0
    """The unit in the centre of the diagrams."""
    view: str = ""
    links: str = "selected"
    layout: Layout = Layout.TREE
    references: str = "hidden"
    to: int | None = None
    """The unit to which the shortest chain from the selected one is shown."""
    types: tuple[str, ...] = ()
    """The filter by type; empty: all."""
    themes: tuple[str, ...] = ()
    """The filter by theme, as ids; empty: all."""
    by: str = TopicKind.THEMES
    """The topics in the columns of the matrix."""
    q: str = ""

    @property
    def shows_all_links(self) -> bool:
        """Return whether the network shows the cross-links of all units."""
        return self.links == "all"

    @property
    def shows_references(self) -> bool:
        """Return whether references are nodes of the network."""
        return self.references == "shown"

    @property
    def choices(self) -> Mapping[str, str]:
        """Return the values of all keys of the type ``CHOICE``."""
        return {key.name: getattr(self, key.name) for key in KEYS if key.values}

    def for_diagrams(self, *diagrams: Diagram) -> ViewState:
        """Return the state with defaults for all keys that none of these diagrams depends on."""
        unused = [key.name for key in KEYS if not {*diagrams} & {*key.diagrams}]
        return replace(self, **{name: _DEFAULTS[name] for name in unused})


_DEFAULTS: Mapping[str, Any] = {field.name: field.default for field in fields(ViewState)}


class InvalidValueError(ValueError):
    """A value that is not allowed; the text is one sentence with the allowed values."""


class UnknownUnitError(LookupError):
    """A unit that does not exist; the text is one sentence with the nearest names."""


def read_view_state(parameters: Mapping[str, str], index: OrganizationIndex) -> ViewState:
    """Return the state of a page from its address; a value that is not allowed counts as absent."""
    values = {
        key.name: _value(key, parameters.get(key.name, ""), index, is_strict=False) for key in KEYS
    }
    if values["view"] not in available_views(index.organization):
        values["view"] = ""
    return _consistent(ViewState(**values))


def parse_view_state(parameters: Mapping[str, str], index: OrganizationIndex) -> ViewState:
    """Return the state of a picture from its parameters.

    Raises:
        InvalidValueError: a value is not allowed.
        UnknownUnitError: a unit does not exist.
    """
    values = {
        key.name: _value(key, parameters.get(key.name, ""), index, is_strict=True) for key in KEYS
    }
    return _consistent(ViewState(**values))


def _consistent(state: ViewState) -> ViewState:
    """Return a state without ``to`` unless it connects two different units."""
    connects = state.unit is not None and state.to != state.unit
    return state if connects else replace(state, to=None)


def _value(key: Key, text: str, index: OrganizationIndex, *, is_strict: bool) -> Any:
    if not text:
        return _DEFAULTS[key.name]
    match key.type:
        case ValueType.UNIT:
            unit = index.organization.find(text)
            if unit is None and is_strict:
                raise _unknown_unit(text, index.organization)
            return _DEFAULTS[key.name] if unit is None else unit
        case ValueType.CHOICE:
            if text in key.values:
                return type(_DEFAULTS[key.name])(text)
            if is_strict:
                raise InvalidValueError(f"{key.name.capitalize()} must be {key.allowed}.")
            return _DEFAULTS[key.name]
        case ValueType.LIST:
            values, known = set(split_list(text)), list(getattr(index.filters, key.name))
            if is_strict and not values <= {*known}:
                allowed = f"{key.allowed}: {_first_of(known)}"
                raise InvalidValueError(f"{key.name.capitalize()} must be {allowed}.")
            return tuple(value for value in known if value in values)
        case ValueType.TEXT:
            return text


def _unknown_unit(name: str, organization: Organization) -> UnknownUnitError:
    nearest = [organization.units["name"][unit] for unit in nearest_units(organization, name)]
    names = "; ".join(" ".join(name.split()) for name in nearest)
    hint = f"the nearest names are: {names}" if names else "the search on the page finds units"
    return UnknownUnitError(f"There is no such unit; {hint}.")


def _first_of(values: Iterable[str]) -> str:
    """Return the first values in one line, and the number of the others."""
    lines = [" ".join(value.split()) for value in values]
    more = len(lines) - MAX_NAMED
    if not lines:
        return "here are none"
    return ", ".join(lines[:MAX_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def available_views(organization: Organization) -> tuple[str, ...]:
    """Return the views of an organization: all, but the matrix only if there are topics."""
    hidden = {""} if topic_kinds(organization) else {"", "matrix"}
    return tuple(view for view in KEY_BY_NAME["view"].values if view not in hidden)


def parameters_of(state: ViewState, organization: Organization) -> dict[str, str]:
    """Return the parameters of an address for a state, without defaults."""
    parameters = {}
    for key in KEYS:
        value = getattr(state, key.name)
        if value == _DEFAULTS[key.name]:
            continue
        match key.type:
            case ValueType.UNIT:
                parameters[key.name] = organization.units["id"][value]
            case ValueType.LIST:
                parameters[key.name] = SEPARATOR.join(value)
            case _:
                parameters[key.name] = str(value)
    return parameters


def query_of(parameters: Mapping[str, str]) -> str:
    """Return a query string, encoded as browsers do."""
    # Browsers leave "*" as it is and encode "~".
    return urlencode(parameters, safe="*").replace("~", "%7E")


def schema_for_scripts() -> Mapping[str, Any]:
    """Return the keys for the page's scripts, by name: ``type``, ``values`` and ``diagrams``."""
    return {
        key.name: {"type": key.type, "values": key.values, "diagrams": key.diagrams} for key in KEYS
    }


def scope_of_view(index: OrganizationIndex, state: ViewState, *, levels: int, most: int) -> Scope:
    """Return the scope of the focus if it shows the selected unit, or else of the unit's parent.

    If two units are connected, the scope shows the whole chain between them.
    """
    if state.unit is not None and state.to is not None:
        units = units_of(index.chain(state.unit, state.to))
        return scope_containing(index.organization, units, state.focus, levels=levels, most=most)
    return scope_showing(index.organization, state.unit, state.focus, levels=levels, most=most)
