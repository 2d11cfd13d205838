"""The dataset that ships with Remit: whole, sourced, and true to the text that it follows."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from frictionless import validate

from components.model.organization import Organization
from components.model.relations import Basis, related_units
from components.reading.read import read_tables
from components.reading.tables import Tables

SOURCE = re.compile(r"(.+), paragraph [1-9][0-9]?")
TABLES = ("units", "responsibilities", "relations", "references", "mentions", "themes", "synonyms")


@pytest.fixture(scope="module")
def data(shipped: Path) -> Tables:
    return read_tables(shipped)


def column(tables: Tables, table: str, name: str) -> list[str]:
    return tables.frames[table][name].tolist()


def short_names(organization: Organization, *ids: str) -> set[str]:
    return {organization.units["short_name"][organization.number[unit]] for unit in ids}


class TestThePackage:
    def test_is_valid(self, shipped: Path) -> None:
        report = validate(shipped / "datapackage.json")

        assert report.valid, report.to_summary()
        assert len(report.tasks) == len(TABLES)

    @pytest.mark.parametrize(
        ("table", "line", "error"),
        [
            ("units", "office,Office,Office,,,office,nowhere,,,What.,x,", "foreign-key"),
            ("relations", 'x,y,advises,Why.,"Introduction, paragraph 1"', "foreign-key"),
            ("mentions", 'x,y,Reads it,"Introduction, paragraph 1"', "foreign-key"),
            ("responsibilities", "x,1,Reads,data-and-research,p. 3", "constraint-error"),
            ("themes", "data-and-research,Again,Twice.", "primary-key"),
            ("references", "x,X,,rumour,What.", "constraint-error"),
            ("synonyms", "something,", "constraint-error"),
        ],
    )
    def test_says_enough_to_find_a_broken_row(
        self, shipped: Path, tmp_path: Path, table: str, line: str, error: str
    ) -> None:
        broken = shutil.copytree(shipped, tmp_path / "broken")
        with (broken / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.write(line + "\n")

        report = validate(broken / "datapackage.json")

        assert error in {found for _, found in report.flatten(["name", "type"])}

    def test_lists_the_tables_and_every_file_of_its_folder(
        self, shipped: Path, data: Tables
    ) -> None:
        assert tuple(data.frames) == TABLES
        assert {path.stem for path in shipped.glob("*.csv")} == set(TABLES)

    def test_tells_its_title_source_licence_and_date(self, iom: Organization) -> None:
        assert "International Organization for Migration" in iom.about.title
        assert iom.about.description
        assert iom.about.source_url == (
            "https://www.iom.int/iom-deputy-director-general-operations"
        )
        assert "Creative Commons Attribution 4.0" in iom.about.licence
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", iom.about.date)

    def test_reads_without_a_problem(self, iom: Organization) -> None:
        assert iom.problems == ()

    def test_has_no_space_around_a_cell_and_no_line_break_in_one(self, data: Tables) -> None:
        for frame in data.frames.values():
            for cell in frame.to_numpy().ravel():
                assert cell == " ".join(cell.split())


class TestTheUnits:
    def test_are_47_on_levels_of_1_7_16_and_23(self, iom: Organization) -> None:
        assert len(iom) == 47
        assert Counter(iom.depth.tolist()) == {0: 1, 1: 7, 2: 16, 3: 23}

    def test_that_report_to_the_office_are_5_departments_and_institutes_and_2_units(
        self, iom: Organization
    ) -> None:
        types = [iom.unit(child).type for child in iom.children(0)]

        assert Counter(types) == {"department": 4, "institute": 1, "unit": 2}

    @pytest.mark.parametrize(
        ("unit", "parts"),
        [
            (
                "preparedness-and-response-division",
                [
                    "Preparedness",
                    "Emergency Response",
                    "Camp Coordination and Camp Management",
                    "Shelter and Settlements",
                    "Water, Sanitation and Hygiene",
                    "Division Support",
                ],
            ),
            (
                "transition-and-recovery-division",
                [
                    "Peacebuilding and Transitional Justice Unit",
                    "Recovery, Durable Solutions and Community Development Unit",
                ],
            ),
            (
                "migration-health-division",
                [
                    "Migration Health Policy Advice and Partnerships Unit",
                    "Migration Health Assessments and Travel Health Assistance Unit",
                    "Health Promotion and Assistance for Migrants Unit",
                    "Migration Health Assistance for Crisis-affected Populations Unit",
                    "Migration and Vaccination Unit",
                    "Global Migration Health Support Unit",
                    "Migration Health Informatics Unit",
                    "Mental Health and Psychosocial Support Unit",
                ],
            ),
            (
                "protection-division",
                [
                    "Humanitarian protection",
                    "Assistance to migrants in situations of vulnerability",
                    "Return and reintegration",
                ],
            ),
            (
                "displacement-tracking-matrix",
                ["Mobility tracking", "Flow monitoring", "Registration", "Surveys"],
            ),
        ],
    )
    def test_are_composed_of_what_the_text_lists(
        self, iom: Organization, unit: str, parts: list[str]
    ) -> None:
        children = iom.children(iom.number[unit])

        assert [iom.units["name"][child] for child in children] == parts

    def test_of_the_lowest_level_belong_to_these_five(self, iom: Organization) -> None:
        parents = {iom.units["id"][iom.parent[n]] for n in range(47) if iom.depth[n] == 3}

        assert parents == {
            "preparedness-and-response-division",
            "transition-and-recovery-division",
            "migration-health-division",
            "protection-division",
            "displacement-tracking-matrix",
        }

    def test_have_ids_that_may_stand_in_an_address(self, iom: Organization) -> None:
        for unit in iom.units["id"]:
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", unit)

    def test_have_short_names_that_are_unique_and_fit_a_label(self, iom: Organization) -> None:
        names = iom.units["short_name"]

        assert len(set(names)) == 47
        assert all(0 < len(name) <= 40 for name in names)

    def test_have_acronyms_in_three_cases_only(self, iom: Organization) -> None:
        acronyms = {
            iom.units["id"][unit]: acronym
            for unit, acronym in enumerate(iom.units["acronym"])
            if acronym
        }

        assert acronyms == {
            "displacement-tracking-matrix": "DTM",
            "global-migration-data-analysis-centre": "GMDAC",
            "global-data-institute": "GDI",
        }

    def test_have_a_head_and_a_place_only_where_the_text_names_one(self, iom: Organization) -> None:
        heads = {head for head in iom.units["head"] if head}
        places = {
            iom.units["acronym"][unit]: place
            for unit, place in enumerate(iom.units["location"])
            if place
        }

        assert heads == {"Ugochi Daniels"}
        assert iom.unit(0).head == "Ugochi Daniels"
        assert places == {"GMDAC": "Berlin"}

    def test_are_called_what_the_text_calls_them(self, iom: Organization) -> None:
        tracking = iom.unit(iom.number["displacement-tracking-matrix"])

        assert tracking.type == "system"

    @pytest.mark.parametrize("words", ["Crisis-affected Populations", "Migration Management"])
    def test_have_no_other_name_that_the_text_gives_to_more_than_one(
        self, iom: Organization, words: str
    ) -> None:
        assert iom.find(words) is None

    def test_each_have_a_summary_and_a_known_type(self, iom: Organization) -> None:
        assert all(iom.units["summary"])
        assert set(iom.units["type"]) == {
            "office",
            "department",
            "institute",
            "centre",
            "division",
            "unit",
            "system",
            "function",
            "workstream",
            "component",
        }

    def test_are_found_by_every_other_name_that_they_have(self, iom: Organization) -> None:
        for number in range(47):
            unit = iom.unit(number)
            for name in (unit.id, unit.name, unit.short_name, unit.acronym, *unit.aliases):
                assert not name or iom.find(name) == number


class TestSources:
    @pytest.mark.parametrize("table", ["units", "responsibilities", "relations", "mentions"])
    def test_of_every_row_are_a_section_and_a_paragraph(self, data: Tables, table: str) -> None:
        sections = {*column(data, "units", "name"), "Introduction"}

        for source in column(data, table, "source"):
            matched = SOURCE.fullmatch(source)
            assert matched, source
            assert matched[1] in sections

    def test_of_a_units_own_rows_are_its_section_or_the_one_that_lists_it(
        self, iom: Organization
    ) -> None:
        for number in range(1, 47):
            own = {iom.units["name"][number], iom.units["name"][iom.parent[number]]}
            for row in iom.responsibilities.of(number):
                matched = SOURCE.fullmatch(row.source)
                assert matched
                assert matched[1] in own


class TestResponsibilities:
    def test_each_have_themes_that_exist(self, iom: Organization) -> None:
        for row in iom.responsibilities.rows:
            assert 1 <= len(row.themes) <= 3
            assert set(row.themes) <= set(iom.themes)
            assert len(set(row.themes)) == len(row.themes)

    def test_are_numbered_from_1_without_a_gap(self, data: Tables) -> None:
        places: dict[str, list[str]] = {}
        units = column(data, "responsibilities", "unit_id")
        for unit, position in zip(units, column(data, "responsibilities", "position"), strict=True):
            places.setdefault(unit, []).append(position)

        for positions in places.values():
            assert positions == [str(place) for place in range(1, len(positions) + 1)]

    def test_begin_with_a_verb_in_the_third_person_and_are_no_sentences(
        self, iom: Organization
    ) -> None:
        for row in iom.responsibilities.rows:
            verb = row.text.replace(",", " ").split()[0]
            assert re.fullmatch(r"[A-Z][a-z]+s", verb), row.text
            assert not row.text.endswith(".")

    def test_and_summaries_name_a_focal_point_alike(self, iom: Organization) -> None:
        texts = [row.text for row in iom.responsibilities.rows] + list(iom.units["summary"])
        naming = [text for text in texts if "focal point" in text]

        assert len(naming) == 15
        for text in naming:
            assert re.match(r"Acts as the (institutional )?focal point for ", text), text

    def test_of_a_unit_are_all_different(self, iom: Organization) -> None:
        for number in range(47):
            texts = [row.text for row in iom.responsibilities.of(number)]
            assert len(set(texts)) == len(texts)

    def test_are_told_of_every_unit_of_which_the_text_gives_more_than_a_name(
        self, iom: Organization
    ) -> None:
        without = [number for number in range(47) if not iom.responsibilities.of(number)]

        assert {int(iom.depth[number]) for number in without} == {3}
        assert len(without) == 21

    @pytest.mark.parametrize(
        ("words", "unit"),
        [
            ("visa application centres", "immigration-and-border-governance-division"),
            ("consular services", "immigration-and-border-governance-division"),
            ("air carriers", "resettlement-and-movement-management-division"),
            ("by air, land or sea", "resettlement-and-movement-management-division"),
            ("institutional emergency procedures", "preparedness-and-response-division"),
            ("land disputes", "transition-and-recovery-division"),
            ("reparations", "transition-and-recovery-division"),
            ("elections", "transition-and-recovery-division"),
            (
                "Environmental Migration Portal",
                "migration-environment-climate-change-and-risk-reduction-division",
            ),
            ("Decade of Action", "sustainable-development-unit"),
            ("Guidance Note and Toolbox", "coordination-and-capacity-development-support-unit"),
            ("ethical recruitment", "labour-mobility-and-social-inclusion-division"),
            ("workforce", "migration-health-division"),
            ("advocacy and communications", "protection-division"),
            ("sustainable reintegration", "protection-division"),
            ("strategic foresight", "policy-coordination-unit"),
            ("World Migration Report", "migration-research-and-publications-unit"),
            ("migration legislation", "international-migration-law-unit"),
            ("lessons learned", "innovation-and-knowledge-management-unit"),
            ("data hub", "global-migration-data-analysis-centre"),
            ("data protection", "global-data-institute"),
            ("economies in transition", "iom-development-fund-unit"),
            ("conflict resolution", "peacebuilding-and-transitional-justice-unit"),
        ],
    )
    def test_say_who_handles_what(self, iom: Organization, words: str, unit: str) -> None:
        handling = {
            iom.units["id"][number]
            for number in range(47)
            if any(words in row.text for row in iom.responsibilities.of(number))
        }

        assert handling == {unit}

    def test_of_the_office_are_to_supervise_the_seven_units_below_it(
        self, iom: Organization
    ) -> None:
        texts = {row.text for row in iom.responsibilities.of(0)}
        below = {iom.units["name"][child] for child in iom.children(0)}

        assert texts == {f"Supervises the {name} directly" for name in below}


class TestRelations:
    def test_are_told_in_a_sentence_and_join_two_units(self, data: Tables) -> None:
        for sentence in column(data, "relations", "description"):
            assert re.fullmatch(r"[A-Z].*\.", sentence)

    def test_speak_of_other_departments_but_not_of_all(self, data: Tables) -> None:
        for sentence in column(data, "relations", "description"):
            assert re.search(r" other (IOM d|D)epartments", sentence)
            assert not re.search(r"\b(the|all) other\b", sentence)

    def test_are_those_that_the_text_states(self, data: Tables) -> None:
        stated = Counter(
            (origin, kind)
            for origin, kind in zip(
                column(data, "relations", "from_id"), column(data, "relations", "kind"), strict=True
            )
        )

        assert stated == {
            ("department-of-peace-and-development-coordination", "coordinates_with"): 3,
            ("preparedness-and-response-division", "coordinates_with"): 3,
            ("department-of-policy-and-research", "advises"): 3,
        }

    def test_that_hold_both_ways_are_written_once(self, data: Tables) -> None:
        pairs = [
            frozenset(pair)
            for pair in zip(
                column(data, "relations", "from_id"),
                column(data, "relations", "to_id"),
                column(data, "relations", "kind"),
                strict=True,
            )
        ]

        assert len(set(pairs)) == len(pairs)


class TestReferences:
    def test_are_each_named_by_a_unit(self, iom: Organization) -> None:
        assert [key for key, mentions in iom.mentions_by_reference.items() if not mentions] == []

    def test_have_names_of_their_own_and_a_known_kind(self, iom: Organization) -> None:
        names = [reference.name for reference in iom.references.values()]

        assert len(set(names)) == len(names)
        assert {reference.kind for reference in iom.references.values()} == {
            "framework",
            "strategy",
            "body",
            "programme",
            "publication",
            "product",
        }

    @pytest.mark.parametrize(
        ("reference", "units"),
        [
            (
                "grand-bargain",
                {
                    "department-of-operations-and-emergencies",
                    "preparedness-and-response-division",
                    "global-data-institute",
                },
            ),
            (
                "global-compact",
                {
                    "department-of-peace-and-development-coordination",
                    "department-of-programme-support-and-migration-management",
                    "global-data-institute",
                },
            ),
            ("agenda-for-humanity", {"global-data-institute"}),
            (
                "united-nations",
                {
                    "department-of-peace-and-development-coordination",
                    "department-of-programme-support-and-migration-management",
                    "labour-mobility-and-social-inclusion-division",
                    "department-of-policy-and-research",
                    "international-migration-law-unit",
                    "global-data-institute",
                },
            ),
            ("paris-agreement", {"department-of-peace-and-development-coordination"}),
            (
                "international-recruitment-integrity-system",
                {"labour-mobility-and-social-inclusion-division"},
            ),
            ("humanitarian-programme-cycle", {"preparedness-and-response-division"}),
        ],
    )
    def test_are_named_by_these_units(
        self, iom: Organization, reference: str, units: set[str]
    ) -> None:
        assert {
            iom.units["id"][each.unit] for each in iom.mentions_by_reference[reference]
        } == units

    def test_are_named_by_a_unit_once_and_in_a_role(self, iom: Organization) -> None:
        pairs = [(mention.unit, mention.reference) for mention in iom.mentions.rows]

        assert len(set(pairs)) == len(pairs)
        assert all(mention.role for mention in iom.mentions.rows)

    def test_relate_the_units_that_share_them(self, iom: Organization) -> None:
        response = iom.number["preparedness-and-response-division"]

        sharing = {
            iom.units["id"][each.unit]
            for each in related_units(iom, response)
            for reason in each.reasons
            if (reason.basis, reason.through) == (Basis.REFERENCE, "grand-bargain")
        }

        assert sharing == {"department-of-operations-and-emergencies", "global-data-institute"}


class TestThemes:
    def test_are_12_to_16_and_each_is_worked_on_by_several_units(self, iom: Organization) -> None:
        assert 12 <= len(iom.themes) <= 16
        assert {theme for theme in iom.themes if len(iom.units_by_theme[theme]) < 2} == set()

    def test_have_a_name_and_a_description(self, iom: Organization) -> None:
        names = {theme.name for theme in iom.themes.values()}

        assert len(names) == len(iom.themes)
        assert all(theme.description for theme in iom.themes.values())
