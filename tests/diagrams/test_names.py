from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.labels import sector_labels
from components.diagrams.names import Named, NameForms, name_forms
from components.diagrams.text import ELLIPSIS, text_width
from components.diagrams.tree import tree_of
from tests.english import ENGLISH
from tests.organizations import organization_of, scope_of
from tests.properties import examples

WORDS = (
    "Department",
    "of",
    "for",
    "Finance",
    "Payroll",
    "Division",
    "and",
    "Transport",
    "交通",
    "Nord",
)


def below(parent: str, *names: str, language: str = "en") -> list[str]:
    """Return the label of each of some siblings below a unit."""
    return [forms.short[0] for forms in all_below(parent, *names, language=language)]


def all_below(parent: str, *names: str, language: str = "en") -> list[NameForms]:
    children = [Named(name, parent=0) for name in names]
    return name_forms([Named(parent), *children], language)[1:]


def compared(text: str) -> str:
    return " ".join(text.casefold().split())


@st.composite
def pictures(draw: st.DrawFn) -> list[Named]:
    """Draw the names of a picture, many of which are alike; parents are before children."""
    name = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
    text = st.one_of(name, st.text(min_size=1, max_size=8).filter(str.strip))
    below_others = (
        Named(
            draw(text),
            short_name=draw(st.sampled_from(["", "", "", "Finance", "Pay"])),
            acronym=draw(st.sampled_from(["", "", "", "DF", "DT"])),
            kind=draw(st.sampled_from(["", "department"])),
            parent=draw(st.integers(0, at)),
            is_person=draw(st.integers(0, 3)) == 0,
        )
        for at in range(draw(st.integers(0, 30)))
    )
    return [Named(draw(text)), *below_others]


class TestForms:
    @examples(100)
    @given(pictures())
    def test_of_a_picture_are_never_equal(self, names: list[Named]) -> None:
        forms = name_forms(names)

        shown = [set(map(compared, (each.full, *each.short))) for each in forms]
        assert sum(map(len, shown)) == len(set().union(*shown))

    @examples(50)
    @given(pictures())
    def test_are_narrower_and_narrower(self, names: list[Named]) -> None:
        for forms in name_forms(names):
            widths = list(map(text_width, forms.short))
            assert widths == sorted(widths, reverse=True)
            assert len(set(widths)) == len(widths)

    @examples(50)
    @given(pictures())
    def test_that_are_beginnings_are_those_of_no_other_name(self, names: list[Named]) -> None:
        forms = name_forms(names)

        for at, each in enumerate(forms):
            for text in each.short:
                if text.endswith(ELLIPSIS) and not names[at].name.endswith(ELLIPSIS):
                    beginning = compared(text.removesuffix(ELLIPSIS))
                    others = [other.name for other in names[:at] + names[at + 1 :]]
                    assert not [name for name in others if compared(name).startswith(beginning)]

    def test_of_a_name_without_shorter_ones_are_the_name(self) -> None:
        assert name_forms([Named("Quays")]) == [NameForms("Quays", ("Quays",))]


class TestSharedWords:
    @pytest.mark.parametrize(
        ("parent", "names", "labels"),
        [
            (
                "Government",
                [
                    "Department for Transport",
                    "Department of the Environment",
                    "Department of Health",
                ],
                ["Transport", "Environment", "Health"],
            ),
            (
                "Company",
                ["Finance Division", "Payroll Division", "IT Division"],
                ["Finance", "Payroll", "IT"],
            ),
            (
                "Oslo Port",
                ["Oslo Port Security", "Pilots of Oslo Port", "Oslo Port"],
                ["Security", "Pilots", "Oslo Port · 2"],
            ),
            (
                "Gouvernement",
                ["Direction de l’eau", "Direction du budget", "Direction des affaires rurales"],
                ["Eau", "Budget", "Affaires rurales"],
            ),
            (
                "Bund",
                ["Ministerium für Verkehr", "Ministerium der Justiz", "Ministerium des Innern"],
                ["Verkehr", "Justiz", "Innern"],
            ),
            (
                "Gobierno",
                ["Ministerio de Hacienda", "Ministerio del Interior", "Ministerio de la Salud"],
                ["Hacienda", "Interior", "Salud"],
            ),
            ("北京市", ["北京市教育局", "北京市交通局", "北京市卫生局"], ["教育", "交通", "卫生"]),
            (
                "الحكومة",
                ["وزارة النقل", "وزارة الصحة", "وزارة المالية"],
                ["النقل", "الصحة", "المالية"],
            ),
        ],
    )
    def test_are_left_out(self, parent: str, names: Sequence[str], labels: Sequence[str]) -> None:
        assert below(parent, *names) == labels

    def test_stay_if_two_siblings_share_them(self) -> None:
        names = ["Finance Division", "Payroll Division", "Harbour Master"]

        assert below("Company", *names) == names

    def test_stay_if_many_other_siblings_do_not_and_they_tell_something(self) -> None:
        names = ["Water Supply", "Water Quality", "Water Works", "Roads", "Parks", "Schools"]

        assert below("Town", *names) == names

    def test_stay_if_nothing_else_would_remain(self) -> None:
        names = ["Section 1", "Section 2", "Section III", "Section A"]

        assert below("Company", *names) == names

    def test_are_judged_among_siblings_of_a_kind(self) -> None:
        ministries = [f"Ministry of {name}" for name in ("Justice", "Defence", "Health")]
        museums = [f"{name} Gallery" for name in "ABCDEFGHIJ"]
        names = [Named("State")]
        names += [Named(name, kind="Ministerial department", parent=0) for name in ministries]
        names += [Named(name, kind="Museum", parent=0) for name in museums]

        labels = [forms.short[0] for forms in name_forms(names)[1:4]]

        assert labels == ["Justice", "Defence", "Health"]

    def test_of_people_are_their_names(self) -> None:
        names = [
            Named("Staff"),
            *(Named(f"{first} Lind", parent=0, is_person=True) for first in "ABC"),
        ]

        assert [forms.short[0] for forms in name_forms(names)[1:]] == ["A Lind", "B Lind", "C Lind"]


class TestShortNames:
    def test_of_the_table_go_before(self) -> None:
        named = Named("Department for Transport", "Roads & Rails", "DfT", parent=0)

        (_, forms) = name_forms([Named("State"), named], "en")

        assert forms.full == "Department for Transport"
        assert forms.short == ("Roads & Rails", "DfT")

    def test_end_with_the_acronym(self) -> None:
        (forms,) = name_forms([Named("Displacement Tracking Matrix", acronym="DTM")], "en")

        assert forms.short == ("Displacement Tracking Matrix", "DTM")

    def test_have_the_acronym_in_brackets(self) -> None:
        (forms,) = name_forms([Named("Displacement Tracking Matrix (DTM)")], "en")

        assert forms.short == ("Displacement Tracking Matrix", "DTM")

    @pytest.mark.parametrize(
        ("name", "language", "shorter"),
        [
            ("Pilot Boat Superintendent", "en", "Pilot Boat Superint."),
            ("Pilot Boat Superintendent", "", "Pilot Boat Superint."),
            ("Department of International Development", "en-GB", "Dept. of Intl. Dev."),
            ("Abteilung Öffentlichkeitsarbeit", "de", "Abt. Öffentl."),
            ("Département du développement régional", "fr", "Dép. du dév. régional"),
            ("Departamento de Administración", "es", "Dpto. de Admón."),
        ],
    )
    def test_end_with_shortened_words(self, name: str, language: str, shorter: str) -> None:
        (forms,) = name_forms([Named(name)], language)

        assert shorter in forms.short

    def test_keep_words_of_languages_that_are_not_hyphenated(self) -> None:
        (forms,) = name_forms([Named("الإدارةالعامةللمواصلات")], "ar")

        assert forms.short == ("الإدارةالعامةللمواصلات",)

    def test_of_people_have_initials(self) -> None:
        people = [
            Named("Tomás Quiroga Leal", parent=0, is_person=True),
            Named("Beethoven, Ludwig", parent=0, is_person=True),
            Named("Anna van der Meer", parent=0, is_person=True),
        ]

        forms = [each.short for each in name_forms([Named("Staff"), *people])[1:]]

        assert forms == [
            ("Tomás Quiroga Leal", "T. Quiroga Leal", "T. Q. Leal", "Leal"),
            ("Beethoven, Ludwig", "Beethoven, L.", "Beethoven"),
            ("Anna van der Meer", "A. van der Meer", "van der Meer"),
        ]


class TestEqualNames:
    def test_are_told_apart_by_the_names_above(self) -> None:
        names = [
            Named("State"),
            Named("Transport", parent=0),
            Named("Health", acronym="DH", parent=0),
            Named("Finance", parent=1),
            Named("Finance", parent=2),
        ]

        forms = name_forms(names, "en")

        assert [each.full for each in forms[3:]] == ["Finance (Transport)", "Finance (Health)"]
        assert forms[4].short[-1] == "Finance (DH)"

    def test_are_numbered_below_one_parent(self) -> None:
        assert below("Fleet", "Driver", "Driver", "Cook") == ["Driver · 1", "Driver · 2", "Cook"]

    def test_that_the_focus_has_too_are_numbered_from_two(self) -> None:
        forms = name_forms([Named("Finance"), Named("Finance", parent=0)])

        assert [each.full for each in forms] == ["Finance", "Finance · 2"]

    def test_after_leaving_out_words_are_the_longer_ones(self) -> None:
        names = [
            Named("Ports"),
            Named("Oslo Port", parent=0),
            Named("Kiel Port", parent=0),
            Named("Oslo Port Security", parent=1),
            Named("Kiel Port Security", parent=2),
        ]

        labels = [forms.short[0] for forms in name_forms(names, "en")[3:]]

        assert labels == ["Oslo Port Security", "Kiel Port Security"]


UNITED_KINGDOM = """
    name, acronym
    Attorney General's Office, AGO
    Cabinet Office,
    "Department for Business, Innovation & Skills", BIS
    Department for Communities and Local Government, DCLG
    "Department for Culture, Media & Sport", DCMS
    Department for Education, DfE
    "Department for Environment, Food & Rural Affairs", Defra
    Department for International Development, DFID
    Department for Transport, DFT
    Department for Work and Pensions, DWP
    Department of Energy & Climate Change, DECC
    Department of Health, DH
    Foreign & Commonwealth Office, FCO
    HM Treasury, HMT
    Home Office,
    Ministry of Defence, MOD
    Ministry of Justice, MOJ
    Northern Ireland Office, NIO
    Scotland Office,
    Wales Office,
    """
"""Ministerial departments of 2016."""


@pytest.mark.parametrize("radius", [178, 235, 300, 375])
def test_departments_of_a_government_have_labels_that_tell_them_apart(radius: int) -> None:
    tree = tree_of(scope_of(organization_of(UNITED_KINGDOM)), ENGLISH)

    labels = sector_labels(tree, radius)

    shown = [" ".join(labels[node.key].lines) for node in tree.nodes[1:]]
    assert len(set(shown)) == len(shown) == 20
    assert not [text for text in shown if text.startswith("Dep")]
    assert "Transport" in shown


class TestBeginnings:
    def test_of_a_word_with_hyphens_are_its_first_part_if_it_is_long_enough(self) -> None:
        names = [Named("Office"), Named("Cash-based Initiatives", parent=0)]
        names.append(Named("Co-operation with Industry", parent=0))

        shortest = [forms.short[-1] for forms in name_forms(names, "en")[1:]]

        assert shortest == [f"Cash{ELLIPSIS}", f"Co-oper{ELLIPSIS}"]

    def test_of_the_name_of_a_group_keep_the_number_of_its_units(self) -> None:
        names = ["Executive agency (48)", "Executive body (6)", "Tribunal and court (4)"]
        groups = [
            Named(name, parent=0, is_fixed=True, count=name[name.index(" (") :]) for name in names
        ]

        shortest = [forms.short[-1] for forms in name_forms([Named("Office"), *groups], "en")[1:]]

        assert shortest[2] == f"Tribunal{ELLIPSIS} (4)"
        assert not shortest[0].startswith(f"Executive{ELLIPSIS}")
