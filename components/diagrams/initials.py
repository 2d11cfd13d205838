"""The mark before the name of a person or a post: the initials of the person who is there."""

from __future__ import annotations

import re
import unicodedata

from components.importing.column_names import vocabulary_words
from components.model.organization import Organization, Records
from components.model.text import fold_text, split_list

IN_BRACKETS = re.compile(r"[(\[<][^()\[\]<>]*[)\]>]")
COMMA, SPACE = re.compile("[,，،]"), re.compile(r"[\s・·]+")
SUFFIXES = frozenset(["jr", "sr", "junior", "senior", "ii", "iii", "iv"])
"""Words after a name that tell generations apart, folded."""
VIRAMA = 9
"""The combining class of signs that join an Indic letter to the next (Unicode 15.0, 4.3)."""
RIGHT_TO_LEFT_JOINING = "AL"
"""The bidirectional class of Arabic letters, which take another form beside each other."""
NON_JOINER = "\N{ZERO WIDTH NON-JOINER}"


def initials_of(organization: Organization, unit: int) -> str | None:
    """Return the initials of a person, or of the holder of a post; empty text if it is vacant.

    None if the unit is neither, or if nothing is known of the holder.
    """
    if organization.records is Records.UNITS or unit in organization.synthetic:
        return None
    if unit in organization.vacancies:
        return ""
    column = "name" if organization.records is Records.PEOPLE else "head"
    names = split_list(organization.units[column][unit])
    return next(filter(None, map(initials, names)), None)


def initials(name: str) -> str:
    """Return the first letters of the first and the last name, in any script.

    "Ada B. Roe" and "Roe, Ada" give "AR"; a single word gives one letter. Titles, and what stands
    in brackets, do not count. Empty if there is no letter.
    """
    parts = [_words(part) for part in COMMA.split(IN_BRACKETS.sub(" ", name))]
    parts = [words for words in parts if words]
    if not parts:
        return ""
    first, last = (parts[1][0], parts[0][-1]) if len(parts) > 1 else (parts[0][0], parts[0][-1])
    is_one = len(parts) == 1 and len(parts[0]) == 1
    letters = [_letter(first)] if is_one else [_letter(first), _letter(last)]
    are_joining = all(
        unicodedata.bidirectional(each[0]) == RIGHT_TO_LEFT_JOINING for each in letters
    )
    return (NON_JOINER if are_joining else "").join(letters)


def _words(text: str) -> list[str]:
    """Return the words of a name that have letters, without titles unless there is nothing else."""
    words = [word for word in SPACE.split(text) if any(map(str.isalpha, word))]
    ignored = vocabulary_words("courtesy") | SUFFIXES
    return [word for word in words if fold_text(word).replace(" ", "") not in ignored]


def _letter(word: str) -> str:
    """Return the first letter of a word with the signs on it, as at the beginning of a title."""
    composed = unicodedata.normalize("NFC", word)
    start = next(at for at, character in enumerate(composed) if character.isalpha())
    end = start + 1
    while end < len(composed) and unicodedata.category(composed[end]) in {"Mn", "Mc"}:
        if unicodedata.combining(composed[end]) == VIRAMA:
            break
        end += 1
    # Georgian letters have capitals that hardly any font has; they are not used in names.
    return composed[start:end].title()
