"""Exported pictures open in the usual readers; incomplete ones are errors."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from pypdf import PdfReader

from components.diagrams.picture import Picture
from components.export import pictures
from components.export.errors import RenderError
from components.export.options import PictureOptions, Subject, read_options
from components.export.parameters import OptionError
from components.export.pictures import Export, Job, export
from components.export.workers import render_here
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from tests.organizations import organization_of

DIAGRAMS = ["sunburst", "network"]
NO_CHARACTER = "\U0010fffd"
"""A private-use character, which no font of a system has."""


def options(
    subject: Subject, diagram: str = "network", form: str = "png", **texts: str
) -> PictureOptions:
    return read_options(subject, diagram, form, texts)


def export_of(
    subject: Subject, diagram: str = "network", form: str = "png", **texts: str
) -> Export:
    return export(subject, options(subject, diagram, form, **texts), render_here)


def opened(picture: Export) -> Image.Image:
    """Return a PNG after checking that it is complete and not blank."""
    image = Image.open(io.BytesIO(picture.data), formats=["PNG"])
    image.load()
    assert image.size == (picture.width, picture.height)
    assert any(low != high for low, high in image.convert("RGB").getextrema())
    return image


def text_of(picture: Export) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(picture.data)).pages)


def subject_with_names(*names: str) -> Subject:
    return Subject(
        OrganizationIndex(
            organization_of([(name, names[0] if n else "") for n, name in enumerate(names)])
        ),
        "https://a.example/",
    )


class TestPng:
    @pytest.mark.parametrize("diagram", DIAGRAMS)
    def test_is_wide_enough_for_print_by_default(self, iom: Organization, diagram: str) -> None:
        picture = export_of(Subject(OrganizationIndex(iom), ""), diagram)

        assert opened(picture).width >= 3_000
        assert len(picture.data) < 5_000_000

    @pytest.mark.parametrize("diagram", DIAGRAMS)
    def test_has_the_requested_size(self, subject: Subject, diagram: str) -> None:
        image = opened(export_of(subject, diagram, width="640", height="480", scale="1.5"))

        assert image.size == (960, 720)

    def test_is_in_the_colours_of_its_theme(self, subject: Subject) -> None:
        corners = [
            opened(export_of(subject, width="640", height="480", scale="1", theme=theme))
            .convert("L")
            .getpixel((1, 1))
            for theme in ("light", "dark")
        ]

        assert corners[0] > 200  # type: ignore[operator]  # one channel is one number
        assert corners[1] < 60  # type: ignore[operator]

    def test_for_a_slide_has_its_pixels(self, subject: Subject) -> None:
        assert opened(export_of(subject, preset="slide", scale="1")).size == (1920, 1080)

    @pytest.mark.parametrize("diagram", DIAGRAMS)
    def test_has_no_ground_if_it_is_transparent(self, subject: Subject, diagram: str) -> None:
        picture = export_of(subject, diagram, scale="1", background="transparent")
        image = Image.open(io.BytesIO(picture.data)).convert("RGBA")

        assert image.getpixel((1, 1)) == (0, 0, 0, 0)
        assert image.getchannel("A").getextrema() == (0, 255)

    def test_of_too_many_pixels_is_an_error(self, subject: Subject) -> None:
        with pytest.raises(OptionError) as raised:
            export_of(subject, width="8000", height="8000", scale="1.01")

        assert str(raised.value) == (
            "A picture must have at most 64 million pixels; "
            "ask for a smaller width, height or scale."
        )

    @pytest.mark.parametrize(
        ("width", "height", "pixels"),
        [(1_200, 848, (3_000, 2_120)), (8_000, 8_000, (8_000, 8_000)), (1_000, 40_000, None)],
    )
    def test_default_scale_keeps_below_the_maximum_of_pixels(
        self,
        subject: Subject,
        monkeypatch: pytest.MonkeyPatch,
        width: int,
        height: int,
        pixels: tuple[int, int] | None,
    ) -> None:
        drawn = Picture("<svg/>", width, height)
        monkeypatch.setattr(pictures, "draw", lambda *_: drawn)
        jobs: list[Job] = []

        def renderer(job: Job) -> tuple[bytes, str]:
            jobs.append(job)
            return b"", ""

        with pytest.raises(RenderError):
            export(subject, options(subject), renderer)

        pixel_width = jobs[0].width
        assert pixel_width * pixel_width * height / width <= pictures.MAX_PIXELS * 1.001
        assert pixels is None or pixel_width == pixels[0]


class TestPdf:
    @pytest.mark.parametrize("diagram", DIAGRAMS)
    def test_has_its_text_as_text(self, subject: Subject, diagram: str) -> None:
        text = text_of(export_of(subject, diagram, "pdf"))

        assert "Traffic" in text
        assert "Pilot" in text

    def test_has_one_page_of_the_requested_size_in_points(self, subject: Subject) -> None:
        (page,) = PdfReader(
            io.BytesIO(export_of(subject, form="pdf", width="640", height="480").data), strict=True
        ).pages

        assert tuple(page.mediabox) == (0, 0, 480, 360)

    @pytest.mark.parametrize(
        ("preset", "millimetres"),
        [
            ("a4", (210, 297)),
            ("a4-landscape", (297, 210)),
            ("a3", (297, 420)),
            ("poster", (594, 841)),
        ],
    )
    def test_for_paper_has_its_true_size(
        self, subject: Subject, preset: str, millimetres: tuple[int, int]
    ) -> None:
        data = export_of(subject, form="pdf", preset=preset).data
        (page,) = PdfReader(io.BytesIO(data), strict=True).pages

        points = [float(edge) for edge in page.mediabox[2:]]
        assert [25.4 / 72 * edge for edge in points] == pytest.approx(millimetres, abs=0.01)

    @pytest.mark.parametrize(
        ("texts", "title"),
        [
            ({}, "Harbour"),
            ({"unit": "locks"}, "Locks & Bridges Unit – Harbour"),
            ({"focus": "safety"}, "Safety Department – Harbour"),
        ],
    )
    def test_has_a_title(self, subject: Subject, texts: dict[str, str], title: str) -> None:
        reader = PdfReader(io.BytesIO(export_of(subject, form="pdf", **texts).data), strict=True)

        assert reader.metadata
        assert reader.metadata.title == title

    def test_has_any_title(self) -> None:
        names = "部门 (x) \\ >> endobj", "b"
        reader = PdfReader(
            io.BytesIO(export_of(subject_with_names(*names), form="pdf", unit="b").data),
            strict=True,
        )

        assert reader.metadata
        assert reader.metadata.title == "b – Inline"


class TestSvg:
    @pytest.mark.parametrize("diagram", DIAGRAMS)
    def test_is_well_formed_with_text_as_text(self, subject: Subject, diagram: str) -> None:
        root = ET.fromstring(export_of(subject, diagram, "svg").data)  # noqa: S314, our own

        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert "Traffic" in "".join(root.itertext())

    def test_embeds_the_glyphs_that_it_uses(self, subject: Subject) -> None:
        svg = export_of(subject, form="svg").data.decode()

        assert svg.count("@font-face") == 2
        assert svg.count("src:url(data:font/woff;base64,") == 2
        assert len(svg) < 60_000

    def test_differs_from_the_picture_only_by_the_font(self, subject: Subject) -> None:
        drawn = pictures.draw(subject, options(subject)).svg
        svg = export_of(subject, form="svg").data.decode()

        begin, end = svg.index("<style>"), svg.index("</style>") + len("</style>")
        assert svg[:begin] + svg[end:] == drawn


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_options_give_the_same_bytes(subject: Subject, form: str) -> None:
    one, other = (export_of(subject, form=form, width="640", scale="1") for _ in range(2))

    assert one == other


def test_units_layouts_themes_and_addresses_change_the_picture(subject: Subject) -> None:
    queries = [
        {}, {"unit": "fire"}, {"focus": "traffic"}, {"layout": "radial"}, {"theme": "dark"},
        {"width": "700"},
    ]  # fmt: skip
    drawn = {pictures.draw(subject, options(subject, **texts)).svg for texts in queries}
    elsewhere = replace(subject, address="https://other.example/")

    assert len(drawn) == len(queries)
    assert pictures.draw(elsewhere, options(subject)).svg not in drawn


class TestMissingCharacters:
    @pytest.mark.parametrize("form", ["png", "svg", "pdf"])
    def test_are_returned(self, form: str) -> None:
        subject = subject_with_names("Top", f"a{NO_CHARACTER}b{NO_CHARACTER}")

        assert export_of(subject, form=form, width="640", scale="1").missing == NO_CHARACTER

    def test_are_left_blank(self) -> None:
        text = text_of(export_of(subject_with_names("Top", f"a{NO_CHARACTER}b"), form="pdf"))

        assert "a\u00a0b" in text

    def test_stay_in_an_svg(self) -> None:
        assert (
            f"a{NO_CHARACTER}b"
            in export_of(subject_with_names("Top", f"a{NO_CHARACTER}b"), form="svg").data.decode()
        )

    @pytest.mark.parametrize(
        "name", ["Łódź – Ærø", "Отдел", "a\u00a0b\u200db\u200e\u2003c\ufe0f", "<&\"'>"]
    )
    def test_do_not_include_characters_with_a_glyph_or_invisible_ones(self, name: str) -> None:
        assert export_of(subject_with_names("Top", name), form="svg").missing == ""


def corrupted(change: Callable[[bytes], bytes]) -> Callable[[Job], tuple[bytes, str]]:
    def render(job: Job) -> tuple[bytes, str]:
        data, missing = render_here(job)
        return change(data), missing

    return render


def blank(data: bytes) -> bytes:
    """Return a valid PNG that shows nothing."""
    return data[:33] + zlib.compress(b"") + data[-12:]


class TestInvalidOutput:
    @pytest.mark.parametrize(
        "change",
        [
            lambda data: data[:3],
            lambda data: data[:-1],
            lambda data: data[: len(data) // 2],
            lambda data: b"GIF89a" + data[6:],
            lambda data: data[:16] + b"\0\0\0\1\0\0\0\1" + data[24:],
            blank,
            lambda _: b"",
        ],
    )
    def test_is_not_returned_as_png(
        self, subject: Subject, change: Callable[[bytes], bytes]
    ) -> None:
        valid_options = options(subject, width="640", scale="1")

        with pytest.raises(RenderError):
            export(subject, valid_options, corrupted(change))

    @pytest.mark.parametrize(
        "change", [lambda data: data[:-5], lambda data: data[1:], lambda _: b""]
    )
    def test_is_not_returned_as_pdf(
        self, subject: Subject, change: Callable[[bytes], bytes]
    ) -> None:
        with pytest.raises(RenderError):
            export(subject, options(subject, form="pdf"), corrupted(change))

    @pytest.mark.parametrize("svg", ["", "<svg", "<svg>\1</svg>", "<svg>\ud800</svg>"])
    def test_is_an_error_of_one_sentence(
        self, subject: Subject, monkeypatch: pytest.MonkeyPatch, svg: str
    ) -> None:
        monkeypatch.setattr(pictures, "draw", lambda *_: Picture(svg, 640, 480))

        with pytest.raises(RenderError, match=r"^The picture could not be drawn\.$"):
            export(subject, options(subject), render_here)
