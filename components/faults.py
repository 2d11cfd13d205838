"""The faults that tables have: what is said of each, and what to do about it.

One entry a sentence, in the order of the steps that find them. What is drawn in spite of a fault
stands in docs/data.md, by kind.
"""

from __future__ import annotations

from dataclasses import replace

from components.problems import Fault, ProblemKind, Severity

# Files that cannot be read


# Tables that are odd


# The table of units

UNKNOWN_PARENT = Fault(
    ProblemKind.UNKNOWN_PARENT,
    "The parent “{value}” is not in the table; a placeholder stands for it.",
    "Add a record for it, or name another unit.",
)
REPAIRED_PARENT = Fault(
    ProblemKind.REPAIRED_PARENT,
    "“{value}” is taken for “{meant}”{where}.",
    "Write both alike.",
    Severity.NOTE,
)

# The tables beside it

# Workbooks, JSON, graphs and data packages

NOT_A_WORKBOOK = Fault(
    ProblemKind.UNKNOWN_FORMAT,
    "This is an old Office document and no workbook, whatever its name says.",
    "Save the table as CSV, XLSX or ODS.",
)
UNKNOWN_SHEET = Fault(
    ProblemKind.NO_SUCH_CHOICE, "There is no sheet “{sheet}”.", "Choose one of {sheets}."
)
EMPTY_SHEET = Fault(
    ProblemKind.EMPTY,
    "There is nothing in the sheet “{sheet}”.",
    "Name the columns in its first row, and give each unit a row below.",
)
EMPTY_WORKBOOK = replace(EMPTY_SHEET, reason="There is nothing in any sheet of the workbook.")

FILE_OF_OBJECTS_EMPTY = Fault(
    ProblemKind.EMPTY, "The file is empty.", "Save it again where it was made."
)
OBJECTS_WITHOUT_KEYS = Fault(
    ProblemKind.EMPTY, "There is nothing in its objects.", "Give them names."
)


def _above_limit(figure: str, setting: str) -> Fault:
    """Return the fault of JSON or a graph that is above the limit that a setting raises."""
    return Fault(
        ProblemKind.TOO_LARGE,
        f"{figure}, and at most {{limit:,}} are read.",
        f"Split it, or raise the limit with {setting}.",
    )


FILE_OF_OBJECTS_TOO_LARGE = _above_limit(
    "The file has {megabytes:,.1f} megabytes", "REMIT_MOST_MEGABYTES"
)
VALUES_TOO_LARGE = _above_limit(
    "Its values take {megabytes:,} megabytes of memory", "REMIT_MOST_UNPACKED_MEGABYTES"
)
TABLE_OF_OBJECTS_TOO_LARGE = _above_limit(
    "With {columns:,} columns for {records:,} records the table takes {megabytes:,} megabytes",
    "REMIT_MOST_UNPACKED_MEGABYTES",
)
TOO_MANY_OBJECTS = _above_limit("The table has {count:,} records or more", "REMIT_MOST_RECORDS")
TOO_MANY_KEYS = _above_limit("The table has {count:,} columns or more", "REMIT_MOST_COLUMNS")
TOO_MANY_LISTS = _above_limit(
    "The file has {count:,} lists of objects or more", "REMIT_MOST_COLUMNS"
)

UNKNOWN_ENCODING_OF_JSON = Fault(
    ProblemKind.NO_SUCH_CHOICE,
    "There is no encoding “{encoding}”.",
    "Name one as Python does: utf-8, utf-16, cp1252, ...",
)
WRONG_ENCODING_OF_JSON = Fault(
    ProblemKind.UNREADABLE,
    "The file is no text in {encoding}: {place} is none of a character.",
    "Save it in UTF-8, or name its encoding.",
)
INVALID_JSON = Fault(
    ProblemKind.UNREADABLE,
    "In line {line}, column {offset} it is no JSON ({message}).",
    "Correct it there, or write the file again with a program.",
)
JSON_TOO_DEEP = Fault(
    ProblemKind.UNREADABLE,
    "Its objects are nested too deeply.",
    "Write it as a list of objects, each with the id of its parent.",
)
JSON_CUT_SHORT = Fault(
    ProblemKind.CUT_SHORT,
    "The file ends too early: what begins in line {line}, column {offset} is not complete.",
    "Save or fetch the whole file again.",
)
CHARACTER_CUT_SHORT = replace(
    JSON_CUT_SHORT,
    reason="The file ends too early: the character that begins in {place} is not complete.",
)
BLANK_JSON = Fault(
    ProblemKind.EMPTY, "There is nothing in the file.", "Write a list of objects into it."
)
NO_OBJECTS = Fault(
    ProblemKind.EMPTY,
    "There is no list of objects in the file.",
    "Write one with an object for each unit: [{{“id”: ..., “name”: ..., “parent”: ...}}].",
)
EMPTY_OBJECTS = Fault(
    ProblemKind.EMPTY, "The objects in the file are empty.", "Give each unit a name."
)
REPEATED_KEY = Fault(
    ProblemKind.REPEATED_HEADER,
    "An object has the key “{key}” twice; the last value is read.",
    "Give each value a key of its own, or write a list.",
)
INFINITY_IN_JSON = Fault(
    ProblemKind.NOT_A_NUMBER,
    "{value} is no JSON; it is read as text.",
    "Write null where there is no value.",
    Severity.NOTE,
)
NAN_IN_JSON = replace(INFINITY_IN_JSON, reason="{value} is no JSON; it is read as an empty cell.")
NOT_AN_OBJECT = Fault(
    ProblemKind.SHORT_RECORD,
    "Not all {place} are objects; the others are left out.",
    "Write each as an object with keys.",
)
UNUSED_KEYS = Fault(
    ProblemKind.UNUSED_TABLE,
    "What stands beside the lists of objects is left out: {keys}.",
    "Nothing has to be done if it says something of the file only.",
    Severity.NOTE,
)
UNPAIRED_SURROGATES = Fault(
    ProblemKind.UNDECODABLE,
    "There are halves of characters in it (such as \\ud83d); “\ufffd” stands for each.",
    "Write the file again in UTF-8.",
)

WRONG_XML_ROOT = Fault(
    ProblemKind.UNREADABLE,
    "The file is XML, but no {format}: its outermost element is “{root}”.",
    "Save the graph as {format}.",
)
XML_WITH_DOCTYPE = Fault(
    ProblemKind.UNREADABLE,
    "The file has a document type or entities, which can make it as large as any memory.",
    "Remove what begins with <!DOCTYPE.",
)
UNDECODABLE_GRAPH = Fault(
    ProblemKind.UNREADABLE,
    "The file cannot be read in its encoding ({error}).",
    "Save it in UTF-8.",
)
WRONG_ENCODING_OF_GRAPH = replace(UNDECODABLE_GRAPH, kind=ProblemKind.NO_SUCH_CHOICE)
INVALID_XML = Fault(
    ProblemKind.UNREADABLE,
    "In line {line}, column {offset} it is no XML ({message}).",
    "Correct it there, or save the graph as {format} again.",
)
GRAPH_CUT_SHORT = Fault(
    ProblemKind.CUT_SHORT,
    "The file ends too early, within “{element}” in line {line}, column {offset}.",
    "Save or fetch the whole file again.",
)
CUT_BEFORE_ROOT = replace(
    GRAPH_CUT_SHORT,
    reason="The file ends too early, before its first element in line {line}, column {offset}.",
)
NO_NODES = Fault(
    ProblemKind.EMPTY, "There are no nodes in the graph.", "Save it where it was drawn."
)
UNDECLARED_ATTRIBUTE = Fault(
    ProblemKind.NO_HEADER,
    "The graph does not declare the attribute “{value}”; its key is its name.",
    "Declare it with a name.",
    Severity.NOTE,
)
REPEATED_ATTRIBUTE = Fault(
    ProblemKind.REPEATED_HEADER,
    "There is another column “{value}”; this one is called “{name}”.",
    "Give each attribute a name of its own.",
    Severity.NOTE,
)
HYPEREDGE = Fault(
    ProblemKind.UNUSED_TABLE,
    "There is no place in a table for an edge between more than two nodes; it is left out.",
    "Nothing has to be done if the picture can do without it.",
)
PORT = replace(HYPEREDGE, reason="There is no place in a table for a port; it is left out.")
SPELL = replace(
    HYPEREDGE,
    reason="There is no place in a table for a time in which a node or an edge exists; "
    "it is left out.",
)
GRAPH_DATA = replace(
    HYPEREDGE,
    reason="There is no place in a table for what is said of the graph itself; it is left out.",
    severity=Severity.NOTE,
)

INVALID_PACKAGE = Fault(
    ProblemKind.UNREADABLE,
    "This is no Frictionless data package ({error}).",
    "Give it a list “resources” with a name and a path each.",
)
NO_RESOURCES = replace(
    INVALID_PACKAGE, reason="This is no Frictionless data package (It lists no resources)."
)
FILE_OUTSIDE_PACKAGE = Fault(
    ProblemKind.MISSING_TABLE,
    "The file “{file}” of table “{name}” is not in the package's folder.",
    "Put it there, or remove the resource.",
)
INLINE_DATA = Fault(
    ProblemKind.MISSING_TABLE,
    "The data of table “{name}” are no list of records.",
    "Write them as a list of objects, or name a file.",
)
UNLIKE_DESCRIPTION = Fault(
    ProblemKind.NO_SUCH_CHOICE,
    "The file is not as its data package says: {cause}",
    "Correct “encoding” and “dialect” in the data package.",
    Severity.NOTE,
)
ENCODING_UNLIKE_DESCRIPTION = replace(
    UNLIKE_DESCRIPTION,
    reason="The file is not as its data package says: it is no text in {encoding}.",
)
OTHER_COLUMNS = Fault(
    ProblemKind.MISSING_COLUMN,
    "The file “{file}” has other columns than the one before.",
    "Give all files of the table the same columns.",
)
UNKNOWN_FIELD = Fault(
    ProblemKind.MISSING_COLUMN,
    "The data package describes a column “{field}” that the table does not have.",
    "Correct the name in the data package or in the table.",
    Severity.NOTE,
)
