from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import components
from components import faults
from components.problems import Severity

ROOT = Path(components.__file__).parent
SOURCES = {path: path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py")}


def test_the_catalogue_has_exactly_the_faults_that_the_source_uses() -> None:
    used = {name for text in SOURCES.values() for name in re.findall(r"\bfaults\.([A-Z]\w*)", text)}

    assert used == set(faults.catalogue())


@pytest.mark.parametrize("name", faults.catalogue())
def test_a_fault_is_a_sentence_and_a_remedy(name: str) -> None:
    fault = getattr(faults, name)

    for text in (fault.reason, fault.remedy):
        assert text.endswith((".", "}"))
        assert text[0] in "“{(" or text[0].isupper()
        assert "  " not in text
        list(Formatter().parse(text))  # raises ValueError if the template is invalid
    assert isinstance(fault.severity, Severity)


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="There is no fault NOTHING"):
        _ = faults.NOTHING
