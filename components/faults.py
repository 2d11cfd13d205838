"""The catalogue of faults: the text of every problem that is reported, and its remedy.

The entries follow the order of the steps that find them; docs/data.md says by kind what is drawn in
spite of a fault.
"""

from __future__ import annotations

from dataclasses import replace

from components.problems import Fault, ProblemKind, Severity

# Files that cannot be read

_NAME_A_TABLE = "Name a table, a workbook or a folder of them."
_NAME_THE_COLUMNS = "Name the columns in its first record."

ADDRESS_GIVEN = Fault(
    ProblemKind.ADDRESS, "Files are read, not addresses.", "Download it and name the file."
)
FILE_NOT_FOUND = Fault(ProblemKind.NO_FILE, "There is no such file.", _NAME_A_TABLE)
NOT_A_FILE = Fault(ProblemKind.NO_FILE, "This is neither a file nor a folder.", _NAME_A_TABLE)
PATH_NOT_ACCESSIBLE = Fault(
    ProblemKind.NO_FILE, "The file cannot be opened ({reason}).", _NAME_A_TABLE
)
NO_TABLE_IN_FOLDER = Fault(
    ProblemKind.NO_FILE,
    "There is no table in the folder.",
    "Put a CSV, TSV, XLSX, ODS or JSON file there, or name the file itself.",
)
FILE_NOT_OPENED = Fault(
    ProblemKind.UNREADABLE,
    "The file cannot be opened ({reason}).",
    "See that it is there and may be read.",
)
FILE_NOT_READ = Fault(
    ProblemKind.UNREADABLE,
    "The file cannot be read ({reason}).",
    "See whether it is there, and whether it may be read.",
)
OTHER_FORMAT = Fault(
    ProblemKind.UNKNOWN_FORMAT,
    "This is {format}, whatever its name says.",
    "Save the table as CSV, XLSX or ODS.",
)
WEB_PAGE = Fault(
    ProblemKind.UNKNOWN_FORMAT,
    "This is a web page, whatever its name says.",
    "Open it in a spreadsheet program, and save the table as CSV, XLSX or ODS.",
)
BINARY_FILE = Fault(
    ProblemKind.UNKNOWN_FORMAT,
    "This is no text but {format}.",
    "Name the file by the ending of its format, or save the table as CSV in UTF-8.",
)
ARCHIVE_DAMAGED = Fault(
    ProblemKind.UNREADABLE,
    "The file is damaged or not complete.",
    "Copy or download it again, or open it in a spreadsheet program and save it anew.",
)
ARCHIVE_ENCRYPTED = Fault(
    ProblemKind.UNREADABLE, "The file is encrypted with a password.", "Save it without a password."
)
DOCUMENT_TYPE_DECLARED = Fault(
    ProblemKind.UNREADABLE,
    "A part of the file declares a document type (DTD), as no workbook does.",
    "Open it in a spreadsheet program and save it anew.",
)
UNKNOWN_ENCODING = Fault(
    ProblemKind.NO_SUCH_CHOICE,
    "There is no encoding “{value}”.",
    "Set another, such as utf-8, cp1252, utf-16 or shift_jis, or none: then it is found.",
)
INVALID_DELIMITER = Fault(
    ProblemKind.NO_SUCH_CHOICE,
    "“{value}” cannot stand between cells.",
    "Set one character such as “;”, or “tab”, or none: then it is found.",
)
INVALID_HEADER = Fault(
    ProblemKind.NO_SUCH_CHOICE,
    "Record {header:,} cannot name the columns: it is empty, or there is none.",
    "Choose one of the {records:,} records, 0 if none does, or leave it to be found.",
)
FILE_EMPTY = Fault(ProblemKind.EMPTY, "The file is empty.", _NAME_THE_COLUMNS)
TABLE_EMPTY = Fault(ProblemKind.EMPTY, "There is nothing in it.", _NAME_THE_COLUMNS)
FIRST_QUOTE_NOT_CLOSED = Fault(
    ProblemKind.UNREADABLE,
    "The first record opens a quotation mark that is never closed.",
    "Close it, or see whether the file is complete.",
)


def _too_large(excess: str, setting: str) -> Fault:
    """Return the fault that a limit is exceeded, which ``setting`` raises."""
    return Fault(
        ProblemKind.TOO_LARGE,
        f"{excess} are read.",
        f"Leave out what is not needed, or raise {setting}.",
    )


FILE_TOO_LARGE = _too_large(
    "The file has {megabytes:,} MB; at most {limit:,} MB", "REMIT_MOST_MEGABYTES"
)
UNPACKED_TOO_LARGE = _too_large(
    "The file unpacks to more than {megabytes:,} MB; at most {limit:,} MB",
    "REMIT_MOST_UNPACKED_MEGABYTES",
)
ZIP_BOMB = Fault(
    ProblemKind.TOO_LARGE,
    "A part of it unpacks to more than {factor} times its size, as no table does.",
    "Open it in a spreadsheet program, and save the table alone.",
)
SHEET_TOO_LARGE = _too_large(
    "The sheet “{sheet}” reaches to record {rows:,} and column {columns:,}, which takes "
    "{megabytes:,} MB of memory; at most {limit:,} MB",
    "REMIT_MOST_UNPACKED_MEGABYTES",
)
SHEET_TOO_WIDE = _too_large(
    "The sheet “{sheet}” has {columns:,} columns; at most {limit:,}", "REMIT_MOST_COLUMNS"
)
TABLE_TOO_WIDE = _too_large(
    "The table has {columns:,} columns; at most {limit:,}", "REMIT_MOST_COLUMNS"
)
TABLE_TOO_LONG = _too_large(
    "The table has more than {limit:,} records; at most {limit:,}", "REMIT_MOST_RECORDS"
)
SHEET_CELL_TOO_LONG = _too_large(
    "A cell has {characters:,} characters; at most {limit:,}", "REMIT_MOST_CHARACTERS"
)
CELL_TOO_LONG = _too_large(
    "The cell has {characters:,} characters; at most {limit:,}", "REMIT_MOST_CHARACTERS"
)

# Tables that are odd

STRAY_QUOTE = Fault(
    ProblemKind.CUT_SHORT,
    "A quotation mark is opened in the record and not closed before the next one; it is read as "
    "any character.",
    "Close it, or write it twice within quotation marks.",
)
QUOTE_NOT_CLOSED = Fault(
    ProblemKind.CUT_SHORT,
    "A quotation mark is opened in the record and never closed; it and all behind it ({lines}) is "
    "left out.",
    "See whether the file is complete; close the quotation mark.",
)
NO_HEADER = Fault(
    ProblemKind.NO_HEADER,
    "No record names the columns: the first is like those below it.",
    "Put a record with the names of the columns above it.",
)
SECOND_HEADER = Fault(
    ProblemKind.REPEATED_HEADER,
    "The record names the columns once more; it is left out.",
    "Leave one record with the names of the columns.",
    Severity.NOTE,
)
COLUMN_WITHOUT_NAME = Fault(
    ProblemKind.EMPTY_HEADER,
    "Column {position} has content but no name; it is called “{column}”.",
    "Name the column.",
    Severity.NOTE,
)
REPEATED_COLUMN_NAME = Fault(
    ProblemKind.REPEATED_HEADER,
    "Several columns are called “{value}”; this one is called “{column}”.",
    "Give each column a name of its own.",
)
LONG_RECORD = Fault(
    ProblemKind.LONG_RECORD,
    "The record has {cells:,} cells, {reference} {expected:,}; what is too much is left out.",
    "Put quotation marks around a cell that has the delimiter in it.",
)
SHORT_RECORD = Fault(
    ProblemKind.SHORT_RECORD,
    "The record has {cells:,} cells, {reference} {expected:,}; the rest is taken as empty.",
    "Complete the record.",
)
TRUNCATED_RECORD = Fault(
    ProblemKind.CUT_SHORT,
    "The record has {cells:,} cells, {reference} {expected:,}, and the file ends within it.",
    "See whether the file is complete, and save or fetch it again.",
)
LONG_CELL = Fault(
    ProblemKind.LONG_TEXT,
    "The cell has {characters:,} characters.",
    "See whether a quotation mark is missing before or behind it.",
    Severity.NOTE,
)
UNDECODABLE_CHARACTERS = Fault(
    ProblemKind.UNDECODABLE,
    "The cell has characters that cannot be read as {encoding}; “\ufffd” stands for each.",
    "Write them again, and save the file in UTF-8.",
)
CONTROL_CHARACTERS = Fault(
    ProblemKind.CONTROL_CHARACTERS,
    "The cell has {codes}, which cannot be shown and is taken out.",
    "Write the cell again.",
    Severity.NOTE,
)

# Workbooks, JSON, graphs and data packages

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
    "An object has the key “{column}” twice; the last value is read.",
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
    "There is another column “{value}”; this one is called “{column}”.",
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
    "The data package describes a column “{column}” that the table does not have.",
    "Correct the name in the data package or in the table.",
    Severity.NOTE,
)

# The table of units

_GIVE_RECORDS = "Give it one record a unit."
_ADD_RECORD = "Add a record for it, or name another unit."

DATASET_WITHOUT_TABLE = Fault(ProblemKind.NO_UNITS, "There is no table in it.", _GIVE_RECORDS)
DATASET_WITHOUT_RECORDS = Fault(
    ProblemKind.NO_UNITS, "There is a header and nothing below it.", _GIVE_RECORDS
)
UNKNOWN_MAPPED_COLUMN = Fault(
    ProblemKind.NO_SUCH_CHOICE,
    "There is no column “{name}”; there are {header}.",
    "Name one of them.",
)
NO_NAME_COLUMN = Fault(
    ProblemKind.NO_UNITS,
    "No column has names of units; there are {header}.",
    "Call one “name” and one “parent”, or say which they are: --map name=COLUMN.",
)
TOTAL = Fault(
    ProblemKind.NAMELESS,
    "The record is a total and no unit; it is left out.",
    "Give it a parent if it is a unit.",
    Severity.NOTE,
)
NAMELESS = Fault(
    ProblemKind.NAMELESS,
    "The record has neither a name nor an id and is left out.",
    "Name the unit, or remove the record.",
)
NO_NAMED_RECORD = Fault(
    ProblemKind.NO_UNITS,
    "No record has a name or an id.",
    "Give it a column “name”, a column “parent” and one record a unit.",
)
REPEATED_PATHS = Fault(
    ProblemKind.DUPLICATE_RECORD,
    "{records} in an earlier record; only responsibilities are added from there.",
    "Give each unit one record, or each record a unit of its own.",
    Severity.NOTE,
)
EQUAL_RECORDS = Fault(
    ProblemKind.DUPLICATE_RECORD,
    "The record is the same as record {earlier}{more}; all are drawn.",
    "Remove what stands twice, or give each unit an id.",
)
REPEATED_RECORD = Fault(
    ProblemKind.DUPLICATE_RECORD,
    "The record is the same as record {earlier}; it is left out.",
    "Remove one of them.",
    Severity.NOTE,
)
REPEATED_ID = Fault(
    ProblemKind.DUPLICATE_ID,
    "The id “{value}” stands in record {earlier} too; this record is left out.",
    "Give each unit an id of its own.",
)
PARENTS_IN_SEVERAL_RECORDS = Fault(
    ProblemKind.SEVERAL_PARENTS,
    "“{unit}” has another parent in record {earlier}; it is drawn under that one and related to "
    "“{value}”.",
    "Leave one record, with the parent under which it is to be drawn.",
)
WORD_FOR_NO_PARENT = Fault(
    ProblemKind.NO_PARENT,
    "“{value}” is read as no parent{where}.",
    "Leave the cell empty.",
    Severity.NOTE,
)
REPAIRED_PARENT = Fault(
    ProblemKind.REPAIRED_PARENT,
    "“{value}” is taken for “{meant}”{where}.",
    "Write both alike.",
    Severity.NOTE,
)
AMBIGUOUS_PARENT = Fault(
    ProblemKind.AMBIGUOUS_PARENT,
    "Several units are called “{value}”; the unit is drawn under the first, of record "
    "{first_record}.",
    "Name its parent by an id.",
)
PARENTS_IN_ONE_CELL = Fault(
    ProblemKind.SEVERAL_PARENTS,
    "The cell names {count} parents; the unit is drawn under “{first}” and related to the others.",
    "Put the one under which it is to be drawn first.",
    Severity.NOTE,
)
OWN_PARENT = Fault(
    ProblemKind.OWN_PARENT,
    "The unit is its own parent; it is drawn at the top.",
    "Name another unit, or leave the cell empty.",
)
ONE_OWN_PARENT = replace(OWN_PARENT, reason="The unit is its own parent.")
UNKNOWN_PARENT = Fault(
    ProblemKind.UNKNOWN_PARENT,
    "The parent “{value}” is not in the table; a placeholder stands for it.",
    _ADD_RECORD,
)
MISSPELT_PARENT = replace(
    UNKNOWN_PARENT,
    remedy="Perhaps “{suggestion}” is meant; else add a record for it, or name another unit.",
)
UNKNOWN_FURTHER_PARENT = Fault(
    ProblemKind.UNKNOWN_PARENT,
    "The further parent “{parent}” is not in the table; it is left out.",
    _ADD_RECORD,
)
CYCLE = Fault(
    ProblemKind.CYCLE,
    "The units are above each other in a circle: {cycle}; “{first}” is drawn at the top.",
    "Correct the parent of one of them.",
)
MANY_ROOTS = Fault(
    ProblemKind.MANY_ROOTS,
    "{units} no parent{alone}; what is at the top is gathered under “{title}”.",
    "Name the parent of each, if it has one.",
    Severity.NOTE,
)

# The tables beside it

_CORRECT_CELL = "Correct the cell, or remove the record."

UNUSED_TABLE = Fault(
    ProblemKind.UNUSED_TABLE,
    "There is no use for this table; it is left out.",
    "If it has something of units, call it so: {names}.",
    Severity.NOTE,
)
REQUIRED_COLUMN = Fault(
    ProblemKind.MISSING_COLUMN,
    "The table has no column {columns}; it is left out.",
    "Name the columns as docs/data.md does.",
)
EMPTY_CELL = Fault(ProblemKind.EMPTY_CELL, "“{value}” is empty; it is left out.", _CORRECT_CELL)
EMPTY_LIST = Fault(
    ProblemKind.EMPTY_CELL, "“{value}” names nothing; it is left out.", _CORRECT_CELL
)
REPEATED_ENTRY = Fault(
    ProblemKind.DUPLICATE_ID, "“{value}” is used before; it is left out.", _CORRECT_CELL
)
UNKNOWN_UNIT = Fault(
    ProblemKind.UNKNOWN_UNIT, "“{value}” is no unit; it is left out.", _CORRECT_CELL
)
UNKNOWN_THEME = Fault(
    ProblemKind.UNKNOWN_ENTRY, "“{value}” is no theme; it is left out.", _CORRECT_CELL
)
UNKNOWN_REFERENCE = Fault(
    ProblemKind.UNKNOWN_ENTRY, "“{value}” is no reference; it is left out.", _CORRECT_CELL
)
NOT_A_NUMBER = Fault(
    ProblemKind.NOT_A_NUMBER, "“{value}” is no whole number; it is left out.", _CORRECT_CELL
)
OWN_RELATION = Fault(
    ProblemKind.OWN_RELATION, "“{value}” is its own origin; it is left out.", _CORRECT_CELL
)

# Following

READING_FAILED = Fault(
    ProblemKind.UNREADABLE,
    "Reading it failed ({error}); the server's log says more.",
    "Save it again, or show the log to who runs the server.",
    Severity.ERROR,
)
