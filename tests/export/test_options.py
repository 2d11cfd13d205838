"""Parsing the options of a picture, and the errors."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.style import Theme
from components.export.options import Format, PictureOptions, Subject, read_options
from components.export.parameters import ALLOWED, PARAMETERS, PARTS, PRESETS, OptionError
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.view_state import Diagram, Layout, UnknownUnitError, ViewState
from tests.organizations import organization_of
from tests.properties import examples

PLAIN = PictureOptions(Diagram.NETWORK, Format.PNG)
TRAFFIC, PILOTS, GOODS = 1, 2, 6


def read(subject: Subject, **texts: str) -> PictureOptions:
    return read_options(subject, "network", "png", texts)


def test_the_default_is_the_whole_organization_in_the_light_theme(subject: Subject) -> None:
    assert read(subject) == PLAIN


@pytest.mark.parametrize("name", PARAMETERS)
def test_an_empty_text_is_the_default(subject: Subject, name: str) -> None:
    assert read(subject, **{name: ""}) == PLAIN


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        ("unit", "traffic", "state", ViewState(unit=TRAFFIC)),
        ("focus", "traffic", "state", ViewState(focus=TRAFFIC)),
        ("width", "320", "width", 320),
        ("width", "8000", "width", 8_000),
        ("height", "320", "height", 320),
        ("height", "8000", "height", 8_000),
        ("scale", "0.5", "scale", 0.5),
        ("scale", "8", "scale", 8.0),
        ("scale", "2.25", "scale", 2.25),
        ("theme", "light", "theme", Theme.LIGHT),
        ("theme", "dark", "theme", Theme.DARK),
        ("links", "selected", "state", ViewState(links="selected")),
        ("links", "all", "state", ViewState(links="all")),
        ("layout", "tree", "state", ViewState(layout=Layout.TREE)),
        ("layout", "radial", "state", ViewState(layout=Layout.RADIAL)),
        ("references", "hidden", "state", ViewState(references="hidden")),
        ("references", "shown", "state", ViewState(references="shown")),
        ("types", "unit", "state", ViewState(types=("unit",))),
        ("types", " unit; office;", "state", ViewState(types=("office", "unit"))),
        ("types", "unit;office;unit", "state", ViewState(types=("office", "unit"))),
        ("themes", "permits;;navigation", "state", ViewState(themes=("navigation", "permits"))),
        ("lang", "en", "language", "en"),
        ("lang", "fr", "language", "fr"),
        ("lang", "fr-CA", "language", "fr"),
        ("lang", "ES", "language", "es"),
        *(("preset", preset, "preset", preset) for preset in PRESETS),
        ("levels", "1", "levels", 1),
        ("levels", "1000", "levels", 1_000),
        ("open", "all", "opens_all", True),
        ("background", "transparent", "is_transparent", True),
        ("background", "opaque", "is_transparent", False),
        *((part, "no", "left_out", (part,)) for part in PARTS),
        *((part, "yes", "left_out", ()) for part in PARTS),
    ],
)
def test_a_parameter_sets_its_own_option_and_no_other(
    subject: Subject, name: str, text: str, field: str, value: object
) -> None:
    changed = {field: value}

    assert read(subject, **{name: text}) == replace(PLAIN, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *((name, text) for name in ("width", "height") for text in ("319", "8001", "1e3", "640.0")),
        *((name, "-640") for name in ("width", "height")),
        *(("width", text) for text in ("wide", "६४०", " 640", "640\n", "0x280", "9" * 400)),
        *(("scale", text) for text in ("0.4999", "8.0001", "0", "-1", "nan", "inf", "1e0", "2,5")),
        *((name, "Dark") for name in ("theme", "links", "layout", "references")),
        ("layout", "compact"),
        ("links", "selected,all"),
        *(("levels", text) for text in ("0", "1001", "all", "-1")),
        *(("preset", text) for text in ("a5", "A4", "slide;a4")),
        *((name, text) for name in ("open", "pages") for text in ("yes", "none", "1")),
        *(("background", text) for text in ("white", "none")),
        *((part, text) for part in PARTS for text in ("0", "false", "none")),
    ],
)
def test_an_error_names_the_allowed_values_and_does_not_repeat_the_wrong_one(
    subject: Subject, name: str, text: str
) -> None:
    with pytest.raises(OptionError) as raised:
        read(subject, **{name: text})

    assert str(raised.value) == f"{name.capitalize()} must be {ALLOWED[name]}."


def test_the_error_for_an_unknown_parameter_lists_all_parameters(subject: Subject) -> None:
    with pytest.raises(OptionError) as raised:
        read(subject, **{"<colour>": "red"})

    assert str(raised.value) == (
        "Only these parameters are allowed: "
        "unit, focus, links, layout, references, open, to, types, themes, where, changes, size, "
        "colour, width, height, scale, levels, theme, lang, preset, pages, background, title, "
        "legend, footer, at, before, state."
    )


@pytest.mark.parametrize("form", ["png", "svg"])
def test_only_a_pdf_has_pages(subject: Subject, form: str) -> None:
    assert read_options(subject, "network", "pdf", {"pages": "all"}).has_pages
    with pytest.raises(OptionError) as raised:
        read_options(subject, "network", form, {"pages": "all"})

    assert str(raised.value) == "Pages are only those of a PDF; ask for a PDF, or leave pages out."


def test_a_pdf_is_not_transparent(subject: Subject) -> None:
    with pytest.raises(OptionError) as raised:
        read_options(subject, "network", "pdf", {"background": "transparent"})

    assert str(raised.value) == (
        "Only a PNG or an SVG can be transparent; ask for one of these, or for background=opaque."
    )


@pytest.mark.parametrize("size", [{"preset": "a4"}, {"width": "640"}, {"height": "640"}])
def test_a_picture_of_everything_has_no_given_size(subject: Subject, size: dict[str, str]) -> None:
    with pytest.raises(OptionError) as raised:
        read(subject, open="all", **size)

    assert str(raised.value) == (
        "With open=all a picture is as large as it needs; leave out preset, width and height."
    )


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "types",
            "unit;<squad>",
            "Types must be types of units, with ; between them: office, department, unit.",
        ),
        (
            "themes",
            "Permits",
            (
                "Themes must be ids of themes, with ; between them: "
                "navigation, emergencies, permits, environment."
            ),
        ),
    ],
)
def test_the_error_for_an_unknown_type_or_theme_lists_them(
    subject: Subject, name: str, text: str, sentence: str
) -> None:
    with pytest.raises(OptionError) as raised:
        read(subject, **{name: text})

    assert str(raised.value) == sentence


def test_the_error_lists_only_the_first_of_many_types() -> None:
    rows = [
        f"u{number}, u{number}, type\xa0{number}, {'u0' * bool(number)}" for number in range(10)
    ]
    organization = organization_of("\n".join(["id, name, type, parent_id", *rows]))

    with pytest.raises(OptionError, match=r": type 0, type 1, .*, type 7 and 2 more\.$"):
        read(Subject(OrganizationIndex(organization), ""), types="none")
    with pytest.raises(OptionError, match=r": here are none\.$"):
        read(Subject(OrganizationIndex(organization), ""), themes="none")


def test_a_sunburst_has_filters(subject: Subject) -> None:
    options = read_options(subject, "sunburst", "png", {"themes": "permits"})

    assert options.state == ViewState(themes=("permits",))


@pytest.mark.parametrize("name", ["", "SUNBURST", "outline", "<b>"])
def test_the_error_for_an_unknown_diagram_or_format_lists_them(subject: Subject, name: str) -> None:
    with pytest.raises(OptionError, match=r"^The diagram must be one of sunburst, network\.$"):
        read_options(subject, name, "png", {})
    with pytest.raises(OptionError, match=r"^The format, .*, must be one of png, svg, pdf\.$"):
        read_options(subject, "network", name, {})


@pytest.mark.parametrize("name", ["traffic", "VTS", "vessel watch", "Traffic Department"])
def test_a_unit_can_be_given_by_id_name_acronym_and_alias(subject: Subject, name: str) -> None:
    assert read(subject, unit=name).state.unit == TRAFFIC
    assert read(subject, focus=name).state.focus == TRAFFIC


@pytest.mark.parametrize("place", ["unit", "focus"])
def test_the_error_for_an_unknown_unit_lists_the_nearest_names(
    subject: Subject, place: str
) -> None:
    with pytest.raises(UnknownUnitError) as raised:
        read(subject, **{place: "trafic"})

    assert str(raised.value).startswith("There is no such unit; the nearest names are: Traffic De")


def test_the_error_for_an_unknown_unit_without_similar_names_points_to_the_search(
    subject: Subject,
) -> None:
    with pytest.raises(UnknownUnitError) as raised:
        read(subject, unit="<zzzz>")

    assert str(raised.value) == "There is no such unit; the search on the page finds units."


def test_the_nearest_names_fit_in_one_line() -> None:
    organization = organization_of([("Harbour\nOffice", "")])

    with pytest.raises(UnknownUnitError) as raised:
        read(Subject(OrganizationIndex(organization), ""), unit="harbor offices")

    assert str(raised.value) == "There is no such unit; the nearest names are: Harbour Office."


class TestFocus:
    def test_of_a_leaf_is_its_parent(self, subject: Subject) -> None:
        assert read(subject, focus="pilots").state.focus == TRAFFIC

    def test_stays_if_its_picture_shows_the_unit(self, subject: Subject) -> None:
        assert read(subject, unit="pilots") == replace(PLAIN, state=ViewState(unit=PILOTS))

    def test_is_the_parent_of_a_unit_that_the_picture_does_not_show(
        self, harbour: Organization
    ) -> None:
        flat = Subject(OrganizationIndex(harbour), address="")
        shown = read(flat, unit="pilots", levels="1").state

        assert shown == ViewState(unit=PILOTS, focus=TRAFFIC)

    def test_changes_for_a_unit_elsewhere_as_on_the_page(self, subject: Subject) -> None:
        options = read(subject, unit="goods", focus="traffic")

        assert (options.state.unit, options.state.focus) == (GOODS, 4)

    def test_of_the_top_is_the_top(self, harbour: Organization) -> None:
        flat = Subject(OrganizationIndex(harbour), address="")

        assert read(flat, unit="harbour", focus="fire").state.focus == 0

    def test_of_the_only_unit_is_that_unit(self) -> None:
        assert (
            read(Subject(OrganizationIndex(organization_of([("a", "")])), ""), unit="a").state.focus
            == 0
        )


NETWORK_ONLY = {"links": "all", "layout": "radial", "references": "shown"}


def test_keys_of_the_network_are_ignored_in_a_sunburst(subject: Subject) -> None:
    plain, options = (
        read_options(subject, "sunburst", "png", query) for query in ({}, NETWORK_ONLY)
    )

    assert plain == options


@pytest.mark.parametrize("form", ["svg", "pdf"])
def test_a_scale_is_ignored_in_vector_formats(subject: Subject, form: str) -> None:
    assert read_options(subject, "network", form, {"scale": "4"}).scale is None


@examples(30)
@given(
    st.one_of(st.sampled_from(["sunburst", "network"]), st.text()),
    st.one_of(st.sampled_from(["png", "svg", "pdf"]), st.text()),
    st.dictionaries(
        st.one_of(st.sampled_from(PARAMETERS), st.text()),
        st.one_of(st.text(), st.integers().map(str), st.floats().map(str)),
    ),
)
def test_any_texts_are_options_or_an_error_of_one_sentence(
    subject: Subject, diagram: str, form: str, texts: dict[str, str]
) -> None:
    sentence = "Drawn."
    try:
        options = read_options(subject, diagram, form, texts)
    except (OptionError, UnknownUnitError) as error:
        sentence = str(error)
    else:
        assert set(texts) <= set(PARAMETERS)
        assert options.scale is None or 0.5 <= options.scale <= 8
    assert sentence.endswith(".")
    assert len(sentence.splitlines()) == 1


@pytest.mark.parametrize("name", ["\udcff", "\0", "\ud800" * 300, "x" * 100_000])
def test_a_lone_surrogate_is_no_unit(subject: Subject, name: str) -> None:
    with pytest.raises(UnknownUnitError):
        read(subject, unit=name)


def test_options_are_immutable() -> None:
    with pytest.raises(FrozenInstanceError):
        PLAIN.width = 1  # type: ignore[misc]


def test_a_second_unit_can_be_given_by_its_names(subject: Subject) -> None:
    for name in ("goods", "DGU", "Dangerous Goods Unit"):
        assert read(subject, unit="pilots", to=name).state == ViewState(unit=PILOTS, to=GOODS)
    for to in ("pilots", ""):
        assert read(subject, unit="pilots", to=to).state == ViewState(unit=PILOTS)
    assert read(subject, to="goods").state == ViewState()
    with pytest.raises(UnknownUnitError, match="the nearest names are: Pilotage Unit"):
        read(subject, unit="goods", to="pilotage")


def test_the_picture_shows_the_chain_to_a_second_unit(subject: Subject) -> None:
    inside = read(subject, unit="pilots", to="locks", focus="traffic")
    beyond = read(subject, unit="pilots", to="fire", focus="traffic")

    assert (inside.state.focus, beyond.state.focus) == (TRAFFIC, 0)
