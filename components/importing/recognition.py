"""Recognition of tables and columns: by their names, confirmed by their cells.

The column of parents is the one whose cells occur among the ids or the names, a table of
responsibilities is one that refers to units, and so on. Settings of the user are never overruled.
"""

from __future__ import annotations

from collections.abc import Mapping

from components import faults
from components.importing.cells import Cells
from components.importing.column_names import part_named, role_of_table
from components.importing.column_settings import (
    configured_columns,
    quoted_list,
    schema_columns,
    table_schemas,
)
from components.importing.hierarchy_detection import (
    add_composite_columns,
    detect_hierarchy,
    detect_nested_ids,
    level_columns,
)
from components.importing.parent_column import best_key, possible_keys
from components.importing.side_table_roles import side_table_role, units_from_links
from components.importing.table_roles import (
    COLUMN_SEPARATOR,
    HIERARCHY_COLUMNS,
    LEVELS,
    PATH,
    RESPONSIBILITIES,
    UNITS,
    RecognizedTables,
    TableRole,
)
from components.importing.unit_columns import add_descriptive_columns, duties_columns
from components.reading.tables import Tables


def recognize(tables: Tables, mapping: Mapping[str, str]) -> RecognizedTables:
    """Return the role and the columns of each table.

    ``mapping`` has the column of the table of units for each standard column that is set; several
    columns joined by ``+`` are a composite key, or the levels of a hierarchy.

    Raises:
        DataError: a column that is set does not exist, or no table has units.
    """
    all_cells = {name: Cells(frame) for name, frame in tables.frames.items() if len(frame.columns)}
    if not any(map(len, all_cells.values())):
        fault = faults.DATASET_WITHOUT_RECORDS if all_cells else faults.DATASET_WITHOUT_TABLE
        raise fault.error(next(iter(tables.frames), tables.name))
    link_columns: dict[str, str] = {}
    if len(all_cells) == 1:
        ((table, cells),) = all_cells.items()
        all_cells[table], link_columns = units_from_links(cells)
    schemas = table_schemas(tables.descriptor)
    likely = [table for table in all_cells if role_of_table(table) in {UNITS, ""}] or [*all_cells]
    filled = [table for table in likely if len(all_cells[table])]
    if not filled:
        raise faults.DATASET_WITHOUT_RECORDS.error(likely[0])
    units = _table_of_units(
        [
            _as_units(
                table,
                all_cells[table],
                link_columns
                | schema_columns(table, all_cells[table], schemas)
                | configured_columns(table, all_cells[table], mapping),
            )
            for table in filled
        ]
    )
    side: dict[str, TableRole] = {}
    unused: list[str] = []
    for table, cells in all_cells.items():
        if table == units.table:
            continue
        role = side_table_role(table, cells, units)
        if role is None or role.role in side:
            unused.append(table)
        else:
            side[role.role] = role
    return RecognizedTables(units, side, tuple(unused))


def _as_units(table: str, cells: Cells, given: Mapping[str, str]) -> TableRole:
    """Return a table as if it were the one of units."""
    columns = dict(given)
    levels = tuple(columns.pop(LEVELS).split(COLUMN_SEPARATOR)) if LEVELS in columns else ()
    cells = add_composite_columns(cells, columns.values())
    key = ""
    if "parent_id" in columns:
        key = best_key(cells, columns["parent_id"], possible_keys(cells, columns))[0]
    elif not levels and not HIERARCHY_COLUMNS & columns.keys():
        columns, key = detect_hierarchy(cells, columns)
        cells = add_composite_columns(cells, columns.values())
        if not HIERARCHY_COLUMNS & columns.keys():
            ids = part_named(UNITS, "id", cells.header)
            levels = level_columns(cells, {*columns.values(), *ids})
    if not levels and not {"id", RESPONSIBILITIES, *HIERARCHY_COLUMNS} & columns.keys():
        columns |= duties_columns(cells, columns)
    add_descriptive_columns(cells, columns, key, levels)
    id_separator = ""
    if not levels and not HIERARCHY_COLUMNS & columns.keys():
        id_separator = detect_nested_ids(cells, columns)
    key = key or columns.get("id", "")
    return TableRole(table, UNITS, cells, columns, key, levels, id_separator)


def _table_of_units(candidates: list[TableRole]) -> TableRole:
    """Return the table of units: it has names, and best a telling name and a hierarchy.

    Raises:
        DataError: no table has a column of names.
    """

    def has_names(table: TableRole) -> bool:
        return bool({"name", "id", PATH} & table.columns.keys() or table.levels)

    def score(table: TableRole) -> tuple[bool, int]:
        has_hierarchy = bool(table.levels or HIERARCHY_COLUMNS & table.columns.keys())
        by_name = {UNITS: 2, "": 0}.get(role_of_table(table.table), -2)
        return has_names(table), by_name + 2 * has_hierarchy

    units = max(candidates, key=score)  # the first of several with the same score
    if not has_names(units):
        header = quoted_list(units.cells.header)
        raise faults.NO_NAME_COLUMN.error(units.table, header=header)
    return units
