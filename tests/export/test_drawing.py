"""Pictures for slides, paper and posters can be read; those of everything draw everything."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.picture import Picture
from components.export import drawing
from components.export.drawing import draw
from components.export.options import Subject, read_options
from components.export.parameters import PRESETS, OptionError
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.view_state import Diagram
from tests.diagrams.drawings import Drawing, parse_svg
from tests.diagrams.shapes import LABELS
from tests.organizations import forests, organization_named, organization_of
from tests.properties import examples

SMALLEST = {"slide": 12, "a4": 8, "a4-landscape": 8, "a3": 8, "poster": 16}
"""The least size of type in CSS pixels; 8 are 6 points."""
ROUNDING = 0.005
of_both = pytest.mark.parametrize("diagram", Diagram)
for_each = pytest.mark.parametrize("preset", PRESETS)


def picture_of(
    organization: Organization | Subject, diagram: str, form: str = "svg", **texts: str
) -> Picture:
    subject = organization
    if isinstance(organization, Organization):
        subject = Subject(OrganizationIndex(organization), "https://a.example/")
    assert isinstance(subject, Subject)
    return draw(subject, read_options(subject, diagram, form, texts))


def keys_of(picture: Picture) -> set[str]:
    """Return the keys of the units and groups that a picture draws."""
    return {key for key in picture.areas if key[0] in "ug" and key != "up"}


def smallest_text(picture: Picture) -> float:
    """Return the smallest font size in a picture, in CSS pixels."""
    image = parse_svg(picture.svg)
    return min(text.size for text in image.texts) * magnification(image)


def magnification(image: Drawing) -> float:
    return float(image.root.attrib["width"]) / image.view_box[2]


@cache
def large(count: int = 900) -> Organization:
    """Return an organization with a wide top and several levels below it."""
    pairs = [("top", ""), *((f"n{n}", f"n{n // 7}" if n > 60 else "top") for n in range(count))]
    return organization_named(pairs, ["Office for the Coordination of Ports", "Pilots", "Locks"])


@st.composite
def requests(draw: st.DrawFn) -> tuple[Organization, str, str, Mapping[str, str]]:
    """Draw a random organization, a diagram, a preset, and options of its picture."""
    pairs = draw(forests(most=80))
    names = draw(st.lists(LABELS, min_size=1, max_size=6))
    mentions = draw(st.lists(st.integers(0, len(pairs) - 1), max_size=5))
    organization = organization_named(
        pairs,
        names,
        references=[["id", "name"], ["r", "Tide Tables"]],
        mentions=[["unit_id", "reference_id"], *([pairs[unit][0], "r"] for unit in mentions)],
    )
    numbers = st.integers(0, len(organization) - 1)
    texts = {
        "focus": organization.units["id"][draw(numbers)],
        "layout": draw(st.sampled_from(["tree", "radial"])),
        "references": draw(st.sampled_from(["hidden", "shown"])),
    }
    if draw(st.booleans()):
        texts["unit"], texts["to"] = (organization.units["id"][draw(numbers)] for _ in range(2))
    return organization, draw(st.sampled_from(Diagram)), draw(st.sampled_from([*PRESETS])), texts


class TestAPreset:
    @examples(40)
    @given(requests())
    def test_has_no_smaller_type_than_it_promises(
        self, request: tuple[Organization, str, str, Mapping[str, str]]
    ) -> None:
        organization, diagram, preset, texts = request
        picture = picture_of(organization, diagram, preset=preset, **texts)

        assert smallest_text(picture) >= SMALLEST[preset] - ROUNDING
        assert parse_svg(picture.svg).outside() == []

    @for_each
    @pytest.mark.parametrize(
        ("diagram", "layout"), [("sunburst", "tree"), ("network", "tree"), ("network", "radial")]
    )
    def test_folds_what_could_not_be_read(self, diagram: str, preset: str, layout: str) -> None:
        picture = picture_of(large(), diagram, preset=preset, layout=layout)

        assert smallest_text(picture) >= SMALLEST[preset] - ROUNDING
        assert 10 < len(keys_of(picture)) < 300
        assert parse_svg(picture.svg).outside() == []

    @of_both
    @pytest.mark.parametrize(
        ("preset", "size"),
        [
            ("slide", (1920, 1080)),
            ("a4", (793.7, 1122.52)),
            ("a4-landscape", (1122.52, 793.7)),
            ("a3", (1122.52, 1587.4)),
            ("poster", (2245.04, 3178.58)),
        ],
    )
    def test_gives_the_size(
        self, subject: Subject, diagram: str, preset: str, size: tuple[float, float]
    ) -> None:
        picture = picture_of(subject, diagram, preset=preset)

        assert (picture.width, picture.height) == pytest.approx(size, abs=0.01)

    @pytest.mark.parametrize(
        ("given", "size"),
        [
            ({"width": "960"}, (960, 540)),
            ({"height": "540"}, (960, 540)),
            ({"width": "800", "height": "800"}, (800, 800)),
        ],
    )
    def test_yields_to_a_given_size(self, given: dict[str, str], size: tuple[float, float]) -> None:
        picture = picture_of(large(), "network", preset="slide", **given)

        assert (picture.width, picture.height) == pytest.approx(size)
        assert smallest_text(picture) >= SMALLEST["slide"] - ROUNDING

    def test_is_refused_if_its_references_could_not_be_read(self) -> None:
        references = [[f"r{n}", f"Treaty {n}"] for n in range(150)]
        organization = organization_named(
            [("top", ""), ("a", "top")],
            ["Top", "Part"],
            references=[["id", "name"], *references],
            mentions=[["unit_id", "reference_id"], *(["a", r[0]] for r in references)],
        )

        with pytest.raises(OptionError, match=r"^Not all names could be read at this size; ask .*"):
            picture_of(organization, "network", preset="slide", references="shown")


@of_both
@pytest.mark.parametrize("size", [{"width": "1200", "height": "630"}, {"width": "700"}])
def test_a_given_size_folds_what_could_not_be_read(diagram: str, size: dict[str, str]) -> None:
    assert picture_of(large(), diagram, **size).smallest_text >= 9.999


class TestLevels:
    @of_both
    @pytest.mark.parametrize(("levels", "units"), [("1", 3), ("2", 7), ("9", 7)])
    def test_are_drawn_at_most(
        self, subject: Subject, diagram: str, levels: str, units: int
    ) -> None:
        assert len(keys_of(picture_of(subject, diagram, levels=levels))) == units

    @of_both
    def test_limit_a_picture_of_everything(self, subject: Subject, diagram: str) -> None:
        assert len(keys_of(picture_of(subject, diagram, open="all", levels="1"))) == 3


class TestAPictureOfEverything:
    @of_both
    @pytest.mark.parametrize("focus", ["top", "n10"])
    def test_draws_each_unit_below_the_focus(self, diagram: str, focus: str) -> None:
        organization = large(400)
        unit = organization.number[focus]
        picture = picture_of(organization, diagram, open="all", focus=focus)

        assert keys_of(picture) == {
            f"u{each}" for each in range(unit, unit + int(organization.size[unit]))
        }
        assert picture.smallest_text >= 9.999
        assert parse_svg(picture.svg).outside() == []

    def test_draws_a_long_chain(self) -> None:
        chain = [("n0", ""), *((f"n{n}", f"n{n - 1}") for n in range(1, 1_200))]
        picture = picture_of(organization_of(chain), "sunburst", open="all", levels="1000")

        assert len(keys_of(picture)) == 1_001

    @of_both
    def test_grows_until_its_labels_fit(self, diagram: str) -> None:
        natural, whole = (picture_of(large(), diagram, **texts) for texts in ({}, {"open": "all"}))

        assert whole.width * whole.height > 2 * natural.width * natural.height

    def test_has_a_limited_number_of_units(self) -> None:
        with pytest.raises(OptionError) as raised:
            picture_of(large(4_000), "network", open="all")

        assert str(raised.value) == (
            "With open=all a picture can have 3,000 units, and this one would have 4,001; "
            "ask for fewer levels or for another focus."
        )

    @pytest.mark.parametrize(
        ("name", "limit", "form", "reason"),
        [
            ("MAX_PIXELS", 1_000_000, "svg", "and 1 million are allowed; ask for fewer levels"),
            ("MAX_SIDE", 2_000, "pdf", "and a page has 2,000 a side at most; ask for an SVG"),
        ],
    )
    def test_has_a_limited_size(
        self, monkeypatch: pytest.MonkeyPatch, name: str, limit: int, form: str, reason: str
    ) -> None:
        monkeypatch.setattr(drawing, name, limit)

        with pytest.raises(OptionError, match=reason):
            picture_of(large(), "network", form, open="all")


class TestParts:
    @of_both
    @pytest.mark.parametrize(
        ("part", "words"),
        [
            ("title", "7 units · 3 levels"),
            ("legend", {"sunburst": "Wider = more units", "network": "Part of"}),
            ("footer", "Source: Harbour handbook – https://harbour.example/handbook"),
        ],
    )
    def test_can_be_left_out(
        self, subject: Subject, diagram: str, part: str, words: str | dict[str, str]
    ) -> None:
        said = words if isinstance(words, str) else words[diagram]
        whole, rest = (
            parse_svg(picture_of(subject, diagram, width="1200", height="848", **texts).svg)
            for texts in ({}, {part: "no"})
        )

        assert said in " ".join(whole.words)
        assert said not in " ".join(rest.words)
        assert rest.outside() == []

    @of_both
    def test_leave_their_room_to_the_diagram(self, subject: Subject, diagram: str) -> None:
        size = {"width": "800", "height": "1200"}
        bare = dict.fromkeys(("title", "legend", "footer"), "no")
        whole, rest = (picture_of(subject, diagram, **size, **texts) for texts in ({}, bare))

        assert parse_svg(rest.svg).words == []
        assert rest.areas["u0"][0].width >= whole.areas["u0"][0].width

    @of_both
    def test_may_have_no_ground(self, subject: Subject, diagram: str) -> None:
        opaque, transparent = (
            parse_svg(picture_of(subject, diagram, background=ground).svg)
            for ground in ("opaque", "transparent")
        )

        assert [each.tag for each in opaque.root].count("rect") == 1
        assert [each.tag for each in transparent.root].count("rect") == 0


class TestLargerType:
    @pytest.mark.parametrize("diagram", Diagram)
    def test_is_taken_where_there_is_room_for_the_same(
        self, subject: Subject, diagram: str
    ) -> None:
        a4, poster = (picture_of(subject, diagram, preset=preset) for preset in ("a4", "poster"))

        assert smallest_text(a4) > 1.5 * SMALLEST["a4"]
        assert smallest_text(poster) > 1.5 * SMALLEST["poster"]
        assert keys_of(a4) == keys_of(poster) == {f"u{unit}" for unit in range(7)}

    def test_does_not_shorten_names(self, iom: Organization) -> None:
        picture = picture_of(iom, "network", preset="a4-landscape")

        assert 'data-layout="tree"' in picture.svg
        assert picture.unread == 0


class TestASunburst:
    @pytest.mark.parametrize("texts", [{"preset": "slide"}, {"width": "700", "height": "700"}])
    def test_has_fewer_sectors_if_too_many_had_no_label(self, texts: dict[str, str]) -> None:
        pairs = [("top", ""), *((f"n{n}", f"n{n // 3}" if n > 40 else "top") for n in range(400))]
        picture = picture_of(organization_of(pairs), "sunburst", **texts)

        assert picture.unlabelled <= 0.05 * len(keys_of(picture))

    def test_keeps_its_sectors_if_fewer_would_not_help(self) -> None:
        units = [("top", ""), ("a", "top"), ("b", "top"), *((f"n{n}", "a") for n in range(2_000))]
        picture = picture_of(organization_of(units), "sunburst", preset="slide", levels="1")

        assert keys_of(picture) == {"u0", "u1", "u2002"}
        assert picture.unlabelled == 1
