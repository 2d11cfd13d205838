"""The state of a view, and the only list of its keys.

Addresses, exports and the page's scripts all use this list. To add a key, add an entry to ``KEYS``
and a field with the same name and its default to ``ViewState``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from components.model.groups import Focus, find_focus, focus_text
from components.model.index import OrganizationIndex
from components.model.measures import Amounts
from components.model.moment import Moment, Shown
from components.model.organization import Organization
from components.model.scope import Room, Scope, scope_containing, scope_showing
from components.model.shortest_chains import units_of
from components.model.text import split_list
from components.search.nearest import nearest_units

SEPARATOR = ";"
"""Separates the values of a list, in an address as in a cell of a table."""
CLOSED = "-"
"""Stands before what is closed in the network and the outline."""
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

    @property
    def alternatives(self) -> tuple[Layout, ...]:
        """Return the layout, and for a tree also the one with short names."""
        return (Layout.TREE, Layout.COMPACT) if self is Layout.TREE else (self,)


class ValueType(StrEnum):
    """How the value of a key is parsed."""

    UNIT = "unit"
    """Id, name, acronym or alias of a unit; the value is its unit number."""
    FOCUS = "focus"
    """The same, or a group of the children of a unit."""
    CHOICE = "choice"
    """One of ``Key.values``."""
    LIST = "list"
    """Some of the values in the attribute of ``Filters`` with the same name, separated by ``;``."""
    OPENINGS = "openings"
    """Units and groups, separated by ``;``: those that are opened, and, after a ``-``, closed."""
    COLUMN = "column"
    """One of the ids in the attribute ``Key.among`` of ``OrganizationIndex``."""
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
    among: str = ""
    """Of a column: the attribute of ``OrganizationIndex`` that has the allowed ids."""
    diagrams: tuple[Diagram, ...] = ()
    """The diagrams whose picture depends on the key."""
    compares: bool = False
    """Whether only organizations that stand for two states have the key."""


BOTH, NETWORK_ONLY = tuple(Diagram), (Diagram.NETWORK,)


def _choice(name: str, *values: str, diagrams: tuple[Diagram, ...] = ()) -> Key:
    allowed = f"one of {', '.join(filter(None, values))}"
    return Key(name, ValueType.CHOICE, allowed, values, diagrams=diagrams)


KEYS = (
    Key("unit", ValueType.UNIT, "the id, acronym or alias of a unit", diagrams=BOTH),
    Key("focus", ValueType.FOCUS, "the id, acronym or alias of a unit", diagrams=BOTH),
    _choice("view", "", "both", "sunburst", "network", "outline", "matrix", "changes"),
    _choice("links", "selected", "all", diagrams=NETWORK_ONLY),
    _choice("layout", Layout.TREE, Layout.RADIAL, diagrams=NETWORK_ONLY),
    _choice("references", "hidden", "shown", diagrams=NETWORK_ONLY),
    Key(
        "open",
        ValueType.OPENINGS,
        f"ids of units, with {SEPARATOR} between them, after a {CLOSED} what is closed; or all",
        diagrams=NETWORK_ONLY,
    ),
    Key(
        "to",
        ValueType.UNIT,
        "the id, acronym or alias of a unit, with which the other one is connected",
        diagrams=BOTH,
    ),
    Key("types", ValueType.LIST, f"types of units, with {SEPARATOR} between them", diagrams=BOTH),
    Key("themes", ValueType.LIST, f"ids of themes, with {SEPARATOR} between them", diagrams=BOTH),
    Key(
        "where",
        ValueType.LIST,
        f"values of categories, such as location:Oslo, with {SEPARATOR} between them",
        diagrams=BOTH,
    ),
    Key(
        "changes",
        ValueType.LIST,
        f"all, or kinds of changes, with {SEPARATOR} between them",
        diagrams=BOTH,
        compares=True,
    ),
    Key("size", ValueType.COLUMN, "the id of a measure", among="sizes", diagrams=BOTH),
    Key(
        "colour",
        ValueType.COLUMN,
        "the id of a category or a measure",
        among="colours",
        diagrams=BOTH,
    ),
    Key("by", ValueType.COLUMN, "themes, references, or the id of a category", among="topics"),
    _choice("sort", "table", "size"),
    Key("q", ValueType.TEXT, "the words in the search field"),
)
"""All keys, in the order of an address."""
KEY_BY_NAME = {key.name: key for key in KEYS}
AT, BEFORE, STATE = "at", "before", "state"
MOMENT_KEYS = (AT, BEFORE, STATE)
"""The keys of the moment: the day, the day with which it is compared, and which of both states is
shown. They are none of ``KEYS``: they say which organization the others are about, so they are read
before them, and an open page keeps them."""
DAY_ALLOWED = "a day such as 2026-01-31"


@dataclass(frozen=True, slots=True)
class ViewState:
    """The value of each key, with its default."""

    unit: int | None = None
    """The selected unit."""
    focus: Focus = 0
    """The unit, or the group of a unit's children, in the centre of the diagrams."""
    view: str = ""
    links: str = "selected"
    layout: Layout = Layout.TREE
    references: str = "hidden"
    open: tuple[tuple[Focus, bool], ...] = ()
    """What is opened in the network and the outline beyond what fits (true), or closed (false)."""
    to: int | None = None
    """The unit to which the shortest chain from the selected one is shown."""
    types: tuple[str, ...] = ()
    """The filter by type; empty: all."""
    themes: tuple[str, ...] = ()
    """The filter by theme, as ids; empty: all."""
    where: tuple[str, ...] = ()
    """The filters by other categories, as ids of columns and values; empty: all."""
    changes: tuple[str, ...] = ()
    """The filter by kinds of changes between two states; empty: all units."""
    size: str = ""
    """The measure of angles, bars and lists; empty: lowest-level units."""
    colour: str = ""
    """The category or the measure of the colours; empty: branches."""
    by: str = ""
    """What the columns of the matrix are; empty: the first of what the organization has."""
    sort: str = "table"
    """The order of siblings in the outline and the matrix."""
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

    @property
    def filters(self) -> Mapping[str, tuple[str, ...]]:
        """Return the values of all keys of the type ``LIST``."""
        return {key.name: getattr(self, key.name) for key in KEYS if key.type is ValueType.LIST}

    def for_diagrams(self, *diagrams: Diagram) -> ViewState:
        """Return the state with defaults for all keys that none of these diagrams depends on."""
        unused = [key.name for key in KEYS if not {*diagrams} & {*key.diagrams}]
        return replace(self, **{name: _DEFAULTS[name] for name in unused})


_DEFAULTS: Mapping[str, Any] = {field.name: field.default for field in fields(ViewState)}


class InvalidValueError(ValueError):
    """A value that is not allowed; the text is one sentence with the allowed values."""

    def __init__(self, text: str, valid: tuple[Any, ...] = ()) -> None:
        super().__init__(text)
        self.valid = valid
        """The entries of a list that are allowed."""


class UnknownUnitError(LookupError):
    """A unit that does not exist; the text is one sentence with the nearest names."""


def read_view_state(parameters: Mapping[str, str], index: OrganizationIndex) -> ViewState:
    """Return the state of a page from its address; a value that is not allowed counts as absent."""
    values = {
        key.name: _value(key, parameters.get(key.name, ""), index, is_strict=False) for key in KEYS
    }
    if values["view"] not in available_views(index):
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


def read_moment(parameters: Mapping[str, str]) -> Moment:
    """Return the moment in an address.

    Raises:
        InvalidValueError: a value is not allowed.
    """
    shown = parameters.get(STATE, "").strip()
    if shown not in {*Shown}:
        allowed = " or ".join(filter(None, Shown))
        raise InvalidValueError(f"{STATE.capitalize()} must be {allowed}.")
    return Moment(_day(parameters, AT), _day(parameters, BEFORE), Shown(shown))


def _day(parameters: Mapping[str, str], name: str) -> date | None:
    text = parameters.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidValueError(f"{name.capitalize()} must be {DAY_ALLOWED}.") from None


def moment_parameters(moment: Moment) -> dict[str, str]:
    """Return the parameters of an address for a moment; empty for what is shown by default."""
    values = (moment.at, moment.before, moment.shown)
    return {name: str(value) for name, value in zip(MOMENT_KEYS, values, strict=True) if value}


def _consistent(state: ViewState) -> ViewState:
    """Return a state without ``to`` unless it connects two different units."""
    connects = state.unit is not None and state.to != state.unit
    return state if connects else replace(state, to=None)


def _value(key: Key, text: str, index: OrganizationIndex, *, is_strict: bool) -> Any:
    """Return the value of a key; the default for empty text, and for what is not allowed.

    Raises:
        InvalidValueError: the value is not allowed, and ``is_strict``.
        UnknownUnitError: there is no such unit, and ``is_strict``.
    """
    default = _DEFAULTS[key.name]
    if not text:
        return default
    if key.type in FINDERS:
        found = FINDERS[key.type](index.organization, text)
        if found is None and is_strict:
            raise _unknown_unit(text, index.organization)
        return default if found is None else found
    try:
        return PARSERS[key.type](key, text, index)
    except InvalidValueError as error:
        if is_strict:
            raise
        return error.valid or default


def _choice_of(key: Key, text: str, _index: OrganizationIndex) -> str:
    if text not in key.values:
        raise InvalidValueError(f"{key.name.capitalize()} must be {key.allowed}.")
    value: str = type(_DEFAULTS[key.name])(text)
    return value


def _list(key: Key, text: str, index: OrganizationIndex) -> tuple[str, ...]:
    values, known = {*split_list(text)}, list(getattr(index.filters, key.name))
    valid = tuple(value for value in known if value in values)
    if not values <= {*known}:
        raise _not_among(known, key, valid)
    return valid


def _openings(key: Key, text: str, index: OrganizationIndex) -> tuple[tuple[Focus, bool], ...]:
    found, all_known = [], True
    for entry in split_list(text):
        is_open = not entry.startswith(CLOSED) or entry in index.organization.number
        unit = find_focus(index.organization, entry if is_open else entry.removeprefix(CLOSED))
        if unit is None:
            all_known = False
        else:
            found.append((unit, is_open))
    if not all_known:
        raise InvalidValueError(f"{key.name.capitalize()} must be {key.allowed}.", tuple(found))
    return tuple(found)


def _column(key: Key, text: str, index: OrganizationIndex) -> str:
    known = list(_columns(key, index))
    if text not in known:
        raise _not_among(known, key)
    return text


PARSERS: Mapping[ValueType, Callable[[Key, str, OrganizationIndex], Any]] = {
    ValueType.CHOICE: _choice_of,
    ValueType.LIST: _list,
    ValueType.COLUMN: _column,
    ValueType.OPENINGS: _openings,
    ValueType.TEXT: lambda _key, text, _index: text,
}
"""For each type but those of units, the function that returns the value of a text, or raises."""
FINDERS: Mapping[ValueType, Callable[[Organization, str], Focus | None]] = {
    ValueType.UNIT: Organization.find,
    ValueType.FOCUS: find_focus,
}
"""For the types of units, the function that finds the unit of a text."""


def _not_among(known: Sequence[str], key: Key, valid: tuple[str, ...] = ()) -> InvalidValueError:
    allowed = f"{key.allowed}: {_first_of(known)}"
    return InvalidValueError(f"{key.name.capitalize()} must be {allowed}.", valid)


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


def available_views(index: OrganizationIndex) -> tuple[str, ...]:
    """Return the views of an organization.

    The matrix is none without topics, and the list of changes none without a second state.
    """
    hidden = {"", *(() if index.topics else ("matrix",)), *_missing_values(index)}
    return tuple(view for view in KEY_BY_NAME["view"].values if view not in hidden)


def _missing_values(index: OrganizationIndex) -> tuple[str, ...]:
    """Return the values of choices that only two states have, if there is one."""
    return () if index.organization.history else ("changes",)


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
            case ValueType.FOCUS:
                parameters[key.name] = focus_text(organization, value)
            case ValueType.OPENINGS:
                entries = [
                    f"{'' if is_open else CLOSED}{focus_text(organization, unit)}"
                    for unit, is_open in value
                ]
                parameters[key.name] = SEPARATOR.join(entries)
            case ValueType.LIST:
                parameters[key.name] = SEPARATOR.join(value)
            case _:
                parameters[key.name] = str(value)
    return parameters


def query_of(parameters: Mapping[str, str]) -> str:
    """Return a query string, encoded as browsers do."""
    # Browsers leave "*" as it is and encode "~".
    return urlencode(parameters, safe="*").replace("~", "%7E")


def schema_for_scripts(index: OrganizationIndex) -> Mapping[str, Any]:
    """Return the keys for the page's scripts, by name: ``type``, ``values`` and ``diagrams``.

    What is empty is left out, since every page has the schema, and so are keys that only two
    states have.
    """
    schemas = {
        key.name: {
            "type": key.type,
            "values": _values(key, index),
            "diagrams": key.diagrams,
        }
        for key in KEYS
        if not key.compares or index.organization.history
    }
    return {
        name: {part: value for part, value in schema.items() if value}
        for name, schema in schemas.items()
    }


def _values(key: Key, index: OrganizationIndex) -> Sequence[str]:
    """Return the only values that a key can have, the default first; empty for other keys."""
    if key.type is ValueType.COLUMN:
        return ("", *_columns(key, index))
    missing = _missing_values(index)
    return tuple(value for value in key.values if value not in missing)


def _columns(key: Key, index: OrganizationIndex) -> Iterable[str]:
    """Return the ids that a key of the type ``COLUMN`` can have."""
    columns: Iterable[str] = getattr(index, key.among)
    return columns


def scope_of_view(index: OrganizationIndex, state: ViewState, room: Room) -> Scope:
    """Return the scope of the focus if it shows the selected unit, or else one that does.

    If two units are connected, the scope shows the whole chain between them.
    """
    siblings, weights = index.siblings, weights_of(index, state)
    if state.unit is not None and state.to is not None:
        units = units_of(index.chain(state.unit, state.to))
        return scope_containing(siblings, units, state.focus, room=room, weights=weights)
    return scope_showing(siblings, state.unit, state.focus, room=room, weights=weights)


def weights_of(index: OrganizationIndex, state: ViewState) -> Amounts:
    """Return by unit what the angles of a view are proportional to."""
    measure = index.measures[state.size] if state.size else None
    return measure.total if measure and measure.can_be_angle else index.organization.leaves


def scope_of_network(state: ViewState, scope: Scope) -> Scope:
    """Return the scope of the network and the outline: that of the diagrams, opened as chosen."""
    return scope.opened(dict(state.open)) if state.open else scope


def scope_of_lists(index: OrganizationIndex, state: ViewState, scope: Scope) -> Scope:
    """Return the scope of the outline and the matrix: that of the diagrams, sorted as chosen.

    Units are sorted by what the angle shows: a measure, or the number of lowest-level units.
    """
    scope = scope_of_network(state, scope)
    if state.sort != "size":
        return scope
    by_measure = index.measures[state.size].ranks if state.size else index.organization.leaves
    return scope.sorted_by(by_measure)
