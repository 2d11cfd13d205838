"""What tables and their columns are: found by their names, confirmed by what stands in them.

The column of parents is the one whose cells occur among the ids, or among the names; a table of
responsibilities is one that refers to the units; and so on. What a keeper has set is taken as set.
"""

from __future__ import annotations

from collections.abc import Mapping

from components.importing.cells import Cells
from components.importing.column_names import part_named, use_of_table
from components.importing.column_settings import columns_of_schema, listed, schemas_of, set_columns
from components.importing.hierarchy_detection import (
    hierarchy_of,
    levels_of,
    nested_ids,
    with_composites,
)
from components.importing.parent_column import best_key, keys_of
from components.importing.side_table_roles import use_beside, with_units_of_links
from components.importing.table_roles import (
    JOINED,
    LEVELS,
    PATH,
    RESPONSIBILITIES,
    SHAPES,
    UNITS,
    Recognised,
    Use,
)
from components.importing.unit_columns import add_others, duties_in
from components.problems import ProblemKind, refusal
from components.reading.tables import Tables


def recognise(tables: Tables, mapping: Mapping[str, str]) -> Recognised:
    """Return what each table is, and its columns.

    ``mapping`` has the column of the table of units for each of ours that is set; several, joined
    with ``+``, are a composite key or the levels of a hierarchy.

    Raises:
        DataError: a column that is set does not exist, or no table has units.
    """
    cells = {name: Cells(frame) for name, frame in tables.frames.items() if len(frame.columns)}
    if not any(len(each) for each in cells.values()):
        name = next(iter(tables.frames), tables.name)
        raise refusal(
            ProblemKind.NO_UNITS,
            name,
            "There is a header and nothing below it." if cells else "There is no table in it.",
            "Give it one record a unit.",
        )
    schemas = schemas_of(tables.descriptor)
    called = {name: use_of_table(name) for name in cells}
    meant = UNITS if UNITS in called.values() else ""
    linked: dict[str, str] = {}
    if len(cells) == 1:
        ((only, each),) = cells.items()
        cells[only], linked = with_units_of_links(each)
    uses = {
        name: _units(
            name,
            each,
            linked | columns_of_schema(name, each, schemas) | set_columns(name, each, mapping),
        )
        for name, each in cells.items()
        if len(each) and (called[name] in {meant, ""} or meant not in called.values())
    }
    name = _table_of_units(uses, cells)
    units = uses[name]
    side: dict[str, Use] = {}
    unused: list[str] = []
    for other, each in cells.items():
        if other == name:
            continue
        use = use_beside(other, each, units)
        if use is None or use.use in side:
            unused.append(other)
        else:
            side[use.use] = use
    return Recognised(units, side, tuple(unused))


def _units(table: str, cells: Cells, given: Mapping[str, str]) -> Use:
    """Return a table as one of units, whether it is or not."""
    columns = dict(given)
    levels = tuple(columns.pop(LEVELS).split(JOINED)) if LEVELS in columns else ()
    cells = with_composites(cells, columns.values())
    key = ""
    if "parent_id" in columns:
        key = best_key(cells, columns["parent_id"], keys_of(cells, columns))[0]
    elif not levels and not SHAPES & columns.keys():
        columns, key = hierarchy_of(cells, columns)
        cells = with_composites(cells, columns.values())
        if not SHAPES & columns.keys():
            ids = part_named(UNITS, "id", cells.header)
            levels = levels_of(cells, {*columns.values(), *ids})
    if not levels and not {"id", RESPONSIBILITIES, *SHAPES} & columns.keys():
        columns |= duties_in(cells, columns)
    add_others(cells, columns, key, levels)
    nested = ""
    if not levels and not SHAPES & columns.keys():
        nested = nested_ids(cells, columns)
    return Use(table, UNITS, cells, columns, key or columns.get("id", ""), levels, nested)


def _table_of_units(uses: Mapping[str, Use], cells: Mapping[str, Cells]) -> str:
    """Return the table that is one of units: by its name, its hierarchy, and who refers to it."""

    def worth(name: str) -> tuple[float, ...]:
        use = uses[name]
        called = use_of_table(name)
        has_name = bool({"name", "id", PATH} & use.columns.keys()) or bool(use.levels)
        is_tree = bool(use.levels) or bool(SHAPES & use.columns.keys())
        fits = {UNITS: 2, "": 0}.get(called, -2)
        return (has_name, fits + 2 * is_tree, -list(uses).index(name))

    name = max(uses, key=worth)
    if not (uses[name].columns.keys() & {"name", "id", PATH} or uses[name].levels):
        raise refusal(
            ProblemKind.NO_UNITS,
            name,
            f"No column has names of units; there are {listed(cells[name].header)}.",
            "Call one “name” and one “parent”, or say which they are: --map name=COLUMN.",
        )
    return name
