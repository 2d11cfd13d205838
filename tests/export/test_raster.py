"""The work of a drawing process, done in the process of the tests."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from components.export import raster
from components.export.workers import FontFiles

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text y="9">{}</text></svg>'


@pytest.fixture(scope="module")
def fonts() -> Iterator[list[str]]:
    files = FontFiles()
    yield files.paths
    files.close()


def request_for(fonts: list[str], text: str = "a", **changed: Any) -> dict[str, Any]:
    size = {"width": 80, "height": 40, "across": 2.0, "down": 2.0}
    return {"svg": SVG.format(text), "form": "png", "foreign": "", "fonts": fonts} | size | changed


def test_each_request_is_answered_with_a_line_and_the_file(fonts: list[str]) -> None:
    requests = [request_for(fonts), request_for(fonts, form="pdf"), request_for(fonts, form="svg")]
    lines = b"".join(json.dumps(request).encode() + b"\n" for request in requests)
    answers = io.BytesIO()

    raster.answer(io.BytesIO(lines), answers)

    answers.seek(0)
    for request in requests:
        head = json.loads(answers.readline())
        assert answers.read(head["length"]) == raster.render(**request)[0]
        assert head["missing"] == ""
    assert answers.read() == b""


def test_a_character_without_a_glyph_does_not_hide_those_after_it(
    fonts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The machine has no font then, and our own has the second character.
    monkeypatch.setattr(raster, "system_fonts", lambda: ())
    hole = "\U0010fffd"

    with_hole, lost = raster.render(**request_for(fonts, f"{hole}ß", foreign=f"{hole}ß"))

    assert lost == hole
    assert with_hole == raster.render(**request_for(fonts, "\u00a0ß"))[0]


def test_plain_fonts_of_the_system_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cjk").mkdir()
    names = ["A-Bold.otf", "A-Italic.ttf", "B.TTF", "cjk/C-Regular.ttc", "cjk/notes.txt", "D.pfb"]
    for name in names:
        (tmp_path / name).write_bytes(b"")
    monkeypatch.setattr(raster, "FONT_FOLDERS", (str(tmp_path), str(tmp_path / "none")))
    raster.system_fonts.cache_clear()

    font_names = [str(Path(path).relative_to(tmp_path)) for path in raster.system_fonts()]

    raster.system_fonts.cache_clear()
    assert font_names == ["B.TTF", "cjk/C-Regular.ttc", "A-Bold.otf", "A-Italic.ttf"]
