"""Exports of directories and address books: LDIF (RFC 2849) and vCard (RFC 6350).

Both are lines of a name and a value, where a line that begins with a space continues the one above.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from components import faults
from components.reading.nested_objects import cell_of
from components.reading.objects import table_of_objects
from components.reading.options import Limits
from components.reading.tables import ReadingReport, Table

LDIF_ENDINGS, VCARD_ENDINGS = {".ldif", ".ldf"}, {".vcf", ".vcard"}
LDIF_SIGNATURE = re.compile(
    r"(?:\s*(?:#[^\n]*(?:\n [^\n]*)*)?\n)*+(?:version:\s*\d+\s*\n)?(?:\s*(?:#[^\n]*)?\n)*+"
    r"dn:(?:: *\S+| *[^=\n]+=[^\n]*)\n(?: [^\n]*\n)*[a-z][\w;.-]*:",
    re.IGNORECASE,
)
VCARD_SIGNATURE = re.compile(r"\s*BEGIN:VCARD[ \t]*(?:\n|$)", re.IGNORECASE)
Values = dict[str, list[str]]
"""The values of a record by the name of their attribute."""

DN, MANAGER = "dn", "manager"
LDIF_NAMES = ("displayname", "cn", "ou", "o", "dc")
"""The attributes with the name of an entry, the most telling first."""
PEOPLE = frozenset({"person", "inetorgperson", "organizationalperson", "user", "posixaccount"})
"""The classes of entries that are people."""
MEANINGLESS = frozenset(
    {"objectclass", "userpassword", "jpegphoto", "usercertificate", "changetype"}
)
"""Attributes for programs."""
CHANGES = frozenset({"delete", "modify", "modrdn", "moddn"})
ESCAPED_COMMA = re.compile(r"(?<!\\),\s*")

CARD_COLUMNS = {
    "FN": "name",
    "UID": "id",
    "TITLE": "title",
    "ROLE": "role",
    "ORG": "organization",
    "EMAIL": "email",
    "TEL": "phone",
    "URL": "url",
    "NOTE": "notes",
    "ADR": "address",
    "KIND": "kind",
    "NICKNAME": "aliases",
    "X-MANAGER": MANAGER,
    "X-MS-MANAGER": MANAGER,
    "X-EVOLUTION-MANAGER": MANAGER,
    "MANAGER": MANAGER,
}
"""The columns for the properties of cards; other properties have a column of their own name."""
CARD_IGNORED = frozenset(
    {
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "REV",
        "PHOTO",
        "LOGO",
        "SOUND",
        "KEY",
        "X-ABLABEL",
        "CLIENTPIDMAP",
        "SORT-STRING",
        "CLASS",
    }
)
PARTS_OF_NAME, CONTACT = ".n", ".contact"
"""Properties that become columns only where others are missing."""
SUPERIORS = frozenset({"manager", "supervisor", "boss", "superior", "parent", "x-manager"})
"""The types of relations that lead to a superior."""
CARD_LINE = re.compile(r"(?:([\w-]+)\.)?([\w-]+)((?:;(?:\"[^\"]*\"|[^:;\"])*)*):(.*)", re.DOTALL)
"""Group, name, parameters and value."""
APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
LIST_SEPARATOR = re.compile(r"(?<!\\);")


def read_ldif(text: str, name: str, limits: Limits) -> list[Table]:
    """Return the entries of a directory as a table, with a column for each attribute.

    If entries name their managers, the containers of people are left out; otherwise the column
    ``parent`` has the entry that each entry is in.

    Raises:
        DataError: there are no entries, or the table is above the limits.
    """
    entries = [entry for entry in _entries(text) if DN in entry]
    entries = [entry for entry in entries if CHANGES.isdisjoint(entry.get("changetype", []))]
    if not entries:
        raise faults.NOTATION_WITHOUT_UNITS.error(name, format="LDIF", content="entries")
    has_managers = any(MANAGER in entry for entry in entries)
    problems = []
    if has_managers:
        managers = {_canonical(dn) for entry in entries for dn in entry.get(MANAGER, ())}
        is_kept = [
            MANAGER in entry or _is_person(entry) or _canonical(entry[DN][0]) in managers
            for entry in entries
        ]
        if not all(is_kept):
            containers = [
                entry[DN][0] for entry, kept in zip(entries, is_kept, strict=True) if not kept
            ]
            problem = faults.CONTAINERS.problem(name, value=containers[0], count=len(containers))
            problems.append(problem)
        entries = [entry for entry, kept in zip(entries, is_kept, strict=True) if kept]
    known = {_canonical(entry[DN][0]): entry[DN][0] for entry in entries}
    rows = [_entry_cells(entry, {} if has_managers else known) for entry in entries]
    table = table_of_objects(name, rows, ReadingReport("LDIF"), limits)
    return [replace(table, problems=(*problems, *table.problems))]


def _entries(text: str) -> Iterator[Values]:
    """Yield the entries of LDIF by the names of their attributes in lower case."""
    entry: Values = {}
    for line in [*_unfolded(text, "\n "), ""]:
        if not line.strip():
            if entry:
                yield entry
            entry = {}
            continue
        attribute, colon, value = line.partition(":")
        # Options such as the language of a value are no part of the name.
        key = attribute.partition(";")[0].strip().casefold()
        if line.startswith("#") or not colon or key in {"version", "-"}:
            continue
        if value.startswith(":"):
            value = _from_base64(value[1:].strip())
        elif value.startswith("<"):
            continue
        entry.setdefault(key, []).append(value.strip())


def _unfolded(text: str, fold: str) -> list[str]:
    return text.replace(fold, "").split("\n")


def _from_base64(text: str) -> str:
    try:
        return binascii.a2b_base64(text).decode("utf-8", "replace")
    except (ValueError, binascii.Error):
        return text


def _is_person(entry: Mapping[str, Sequence[str]]) -> bool:
    return not PEOPLE.isdisjoint(map(str.casefold, entry.get("objectclass", ())))


def _canonical(dn: str) -> str:
    return ",".join(ESCAPED_COMMA.split(dn.strip().casefold()))


def _entry_cells(entry: Values, known: Mapping[str, str]) -> dict[str, str]:
    naming = next((key for key in LDIF_NAMES if key in entry), "")
    name = entry[naming][0] if naming else ESCAPED_COMMA.split(entry[DN][0])[0].partition("=")[2]
    cells = {"name": name, DN: entry[DN][0]}
    if known:
        above = _canonical(entry[DN][0]).partition(",")[2]
        while above and above not in known:
            above = above.partition(",")[2]
        cells["parent"] = known.get(above, "")
    for key, values in entry.items():
        if key not in {DN, *MEANINGLESS} and (key not in LDIF_NAMES or values != [name]):
            cells[key] = values[0] if key == MANAGER else cell_of(values)
    return cells


def read_vcards(text: str, name: str, limits: Limits) -> list[Table]:
    """Return the cards of an address book as a table, with a column for each property.

    ``manager`` has the name or UID of the superior. Where no card names one, it has the contact of
    the card if that is another card of the file.

    Raises:
        DataError: there are no cards, or the table is above the limits.
    """
    cards = [card for card in _cards(text) if card]
    if not cards:
        raise faults.NOTATION_WITHOUT_UNITS.error(name, format="a vCard", content="cards")
    uids = {uid for card in cards for uid in card.get("id", ())}
    has_managers = any(MANAGER in card for card in cards)
    rows: list[dict[str, str]] = []
    for card in cards:
        contacts = [uid for uid in card.pop(CONTACT, []) if uid in uids]
        if contacts and not has_managers:
            card[MANAGER] = contacts
        columns = {key: cell_of(values) for key, values in card.items() if key[0] != "."}
        rows.append({"name": columns.pop("name", "")} | columns)
    return [table_of_objects(name, rows, ReadingReport("vCard"), limits)]


def _cards(text: str) -> Iterator[Values]:
    """Yield the cards of a text by the columns for their properties."""
    card: Values = {}
    for line in _card_lines(text):
        match = CARD_LINE.fullmatch(line)
        key = match[2].upper() if match else ""
        if key == "BEGIN":
            card = {}
        elif key == "END":
            names = card.pop(PARTS_OF_NAME, [])
            card.setdefault("name", names)
            yield card
            card = {}
        elif match:
            _add_property(card, key, match)


def _add_property(card: Values, key: str, match: re.Match[str]) -> None:
    value, parameters = match[4].strip(), match[3].casefold()
    related = f".{match[1]}"
    """The place of a name whose kind of relation a label of the same group says (Apple)."""
    if key == "X-ABRELATEDNAMES":
        card[related] = [_plain(value)]
    elif key == "X-ABLABEL" and APPLE_LABEL.sub(r"\1", value).casefold() in SUPERIORS:
        card.setdefault(MANAGER, []).extend(card.get(related, []))
    elif key == "RELATED":
        kinds = set(re.split(r"[;,=\"]", parameters))
        card.setdefault(MANAGER if kinds & SUPERIORS else CONTACT, []).append(_plain(value))
    elif key not in CARD_IGNORED and value.strip(";"):
        _add_texts(card, key, _decoded_value(value, parameters))


def _add_texts(card: Values, key: str, value: str) -> None:
    parts = [_plain(part) for part in LIST_SEPARATOR.split(value)]
    if key == "ORG":
        card.setdefault("organization", []).append(parts[0])
        if any(parts[1:]):
            card.setdefault("department", []).append(" / ".join(filter(None, parts[1:])))
    elif key == "N":
        family, given, middle, prefix = [*parts, "", "", "", ""][:4]
        card[PARTS_OF_NAME] = [" ".join(filter(None, (prefix, given, middle, family)))]
    elif key == "ADR":
        card.setdefault("address", []).append(", ".join(filter(None, parts)))
    else:
        column = CARD_COLUMNS.get(key, key.casefold().removeprefix("x-"))
        plain = _plain(value)
        if column in {"email", "phone"}:
            plain = re.sub(r"^(?:mailto|tel):", "", plain, flags=re.IGNORECASE)
        card.setdefault(column, []).append(plain)


def _card_lines(text: str) -> Iterator[str]:
    """Yield the lines of cards, with those that continue them.

    In old cards (2.1) a line of quoted-printable continues behind a “=” at its end.
    """
    parts: list[str] = []
    for line in text.split("\n"):
        is_quoted = parts and parts[-1].endswith("=") and "QUOTED-PRINTABLE" in parts[0].upper()
        if is_quoted:
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        elif parts and line.startswith((" ", "\t")):
            parts.append(line[1:])
        else:
            yield "".join(parts)
            parts = [line]
    yield "".join(parts)


def _decoded_value(value: str, parameters: str) -> str:
    if "quoted-printable" not in parameters:
        return value
    return quopri.decodestring(value.encode("utf-8", "replace")).decode("utf-8", "replace")


def _plain(value: str) -> str:
    r"""Return a value without its escapes: ``\,``, ``\;``, ``\n`` and ``\\``."""
    escapes = {"n": "\n", "N": "\n"}
    return re.sub(r"\\(.)", lambda match: escapes.get(match[1], match[1]), value).strip()
