"""Exports of directories and address books: LDIF (RFC 2849) and vCard (RFC 6350).

Both are lines of a name and a value, where a line that begins with a space continues the one above.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Collection, Iterator, Mapping

from components import faults
from components.reading.nested_objects import cell_of
from components.reading.objects import Units
from components.reading.options import Limits
from components.reading.tables import Table

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
BLANK_LINE = re.compile(r"\n(?:[^\S\n]*\n)+")
ESCAPED_COMMA = re.compile(r"(?<!\\),\s*")

CARD_COLUMNS = {
    "FN": "name",
    "UID": "id",
    "ORG": "organization",
    "TEL": "phone",
    "NOTE": "notes",
    "ADR": "address",
    "NICKNAME": "aliases",
    **dict.fromkeys(("X-MS-MANAGER", "X-EVOLUTION-MANAGER"), MANAGER),
}
"""The columns for the properties of cards; others have a column of their own name without “X-”."""
CARD_IGNORED = {
    "BEGIN", "END", "VERSION", "PRODID", "REV", "PHOTO", "LOGO", "SOUND", "KEY", "X-ABLABEL",
    "CLIENTPIDMAP", "SORT-STRING", "CLASS",
}  # fmt: skip
PARTS_OF_NAME, CONTACT = ".n", ".contact"
"""Properties that become columns only where others are missing."""
SUPERIORS = frozenset({"manager", "supervisor", "boss", "superior", "parent", "x-manager"})
"""The types of relations that lead to a superior."""
CARD_LINE = re.compile(r"(?:([\w-]+)\.)?([\w-]+)((?:;(?:\"[^\"]*\"|[^:;\"])*)*):(.*)", re.DOTALL)
"""Group, name, parameters and value."""
SCHEME = re.compile(r"^(?:mailto|tel):", re.IGNORECASE)
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
    problems = []
    known: dict[str, str] = {}
    if any(MANAGER in entry for entry in entries):
        managers = {_canonical(dn) for entry in entries for dn in entry.get(MANAGER, ())}
        members: list[Values] = []
        containers: list[Values] = []
        for entry in entries:
            (members if _is_member(entry, managers) else containers).append(entry)
        entries = members
        if containers:
            first, count = containers[0][DN][0], len(containers)
            problems.append(faults.CONTAINERS.problem(name, value=first, count=count))
    else:
        known = {_canonical(entry[DN][0]): entry[DN][0] for entry in entries}
    rows = [_entry_cells(entry, known) for entry in entries]
    return Units("LDIF", rows, problems=problems, parts="entries").tables(name, limits)


def _entries(text: str) -> Iterator[Values]:
    """Yield the entries of LDIF by the names of their attributes in lower case."""
    for block in BLANK_LINE.split(text.replace("\n ", "")):
        entry: Values = {}
        for line in block.split("\n"):
            attribute, colon, value = line.partition(":")
            # Options such as the language of a value are no part of the name.
            key = attribute.partition(";")[0].strip().casefold()
            if line.startswith("#") or not colon or key in {"version", "-"} or value[:1] == "<":
                continue
            if value.startswith(":"):
                value = _from_base64(value[1:].strip())
            entry.setdefault(key, []).append(value.strip())
        yield entry


def _from_base64(text: str) -> str:
    try:
        return binascii.a2b_base64(text).decode("utf-8", "replace")
    except (ValueError, binascii.Error):
        return text


def _is_member(entry: Values, managers: Collection[str]) -> bool:
    """Return whether an entry is a person, has a manager, or is one."""
    return (
        MANAGER in entry
        or not PEOPLE.isdisjoint(map(str.casefold, entry.get("objectclass", ())))
        or _canonical(entry[DN][0]) in managers
    )


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
    uids = {uid for card in cards for uid in card.get("id", ())}
    has_managers = any(MANAGER in card for card in cards)
    for card in cards:
        contacts = [uid for uid in card.pop(CONTACT, []) if uid in uids]
        if contacts and not has_managers:
            card[MANAGER] = contacts
    rows = [
        {"name": cell_of(card.pop("name"))}
        | {column: cell_of(values) for column, values in card.items() if column[0] != "."}
        for card in cards
    ]
    return Units("vCard", rows, parts="cards").tables(name, limits)


def _cards(text: str) -> Iterator[Values]:
    """Yield the cards of a text by the columns for their properties."""
    card: Values = {}
    for line in _card_lines(text):
        match = CARD_LINE.fullmatch(line)
        key = match[2].upper() if match else ""
        if key == "END":
            card.setdefault("name", card.pop(PARTS_OF_NAME, []))
            yield card
        if key in {"BEGIN", "END"}:
            card = {}
        elif match:
            for column, cell in _cells_of_property(card, key, match):
                if cell:
                    card.setdefault(column, []).append(cell)


def _cells_of_property(card: Values, key: str, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    """Yield the columns and texts for a property of a card."""
    parameters, value = match[3].casefold(), match[4].strip()
    if "quoted-printable" in parameters:
        value = quopri.decodestring(value.encode("utf-8", "replace")).decode("utf-8", "replace")
    column = CARD_COLUMNS.get(key, key.casefold().removeprefix("x-"))
    parts = [_plain(part) for part in LIST_SEPARATOR.split(value)]
    related = f".{match[1]}"
    """The place of a name whose kind of relation a label of the same group says (Apple)."""
    if key == "X-ABRELATEDNAMES":
        yield related, _plain(value)
    elif key == "X-ABLABEL":
        is_superior = APPLE_LABEL.sub(r"\1", value).casefold() in SUPERIORS
        yield from ((MANAGER, name) for name in card.get(related, []) if is_superior)
    elif key == "RELATED":
        is_superior = not SUPERIORS.isdisjoint(re.split(r"[;,=\"]", parameters))
        yield MANAGER if is_superior else CONTACT, _plain(value)
    elif key == "N":
        family, given, middle, prefix = [*parts, "", "", ""][:4]
        yield PARTS_OF_NAME, " ".join(filter(None, (prefix, given, middle, family)))
    elif key == "ORG":
        yield column, parts[0]
        yield "department", " / ".join(filter(None, parts[1:]))
    elif key == "ADR":
        yield column, ", ".join(filter(None, parts))
    elif key not in CARD_IGNORED:
        yield (
            column,
            SCHEME.sub("", _plain(value)) if column in {"email", "phone"} else _plain(value),
        )


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


def _plain(value: str) -> str:
    r"""Return a value without its escapes: ``\,``, ``\;``, ``\n`` and ``\\``."""
    escapes = {"n": "\n", "N": "\n"}
    return re.sub(r"\\(.)", lambda match: escapes.get(match[1], match[1]), value).strip()
