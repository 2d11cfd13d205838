from __future__ import annotations

import json

from hypothesis import given

from components.formats.json_files import flat_json, nested_json
from components.model.organization import Organization
from tests.formats.round_trip import organizations
from tests.organizations import organization_of
from tests.properties import examples


class TestFlat:
    def test_has_a_list_for_each_table(self, harbour: Organization) -> None:
        content = json.loads(flat_json(harbour))

        assert list(content) == [
            "about",
            "units",
            "responsibilities",
            "relations",
            "references",
            "mentions",
            "themes",
        ]
        assert content["about"]["title"] == "Harbour"
        assert [(unit["id"], unit["parent_id"]) for unit in content["units"][:3]] == [
            ("harbour", ""),
            ("traffic", "harbour"),
            ("pilots", "traffic"),
        ]
        assert content["units"][1]["aliases"] == ["Ships", "Vessel Watch"]
        assert content["responsibilities"][-1] == {
            "unit_id": "goods",
            "position": 1,
            "responsibility": "Inspects containers",
            "themes": ["permits", "environment"],
            "source": "Handbook 6",
        }
        assert len(content["relations"]) == 2

    @examples(20)
    @given(organizations())
    def test_of_any_organization_has_all_units(self, random_organization: Organization) -> None:
        assert len(json.loads(flat_json(random_organization))["units"]) == len(
            random_organization
        ) - len(random_organization.synthetic)


class TestNested:
    def test_nests_units_in_their_parents(self, harbour: Organization) -> None:
        top = json.loads(nested_json(harbour))

        assert (top["id"], top["head"]) == ("harbour", "Ada Marsh")
        assert [unit["id"] for unit in top["children"]] == ["traffic", "safety"]
        assert [unit["id"] for unit in top["children"][1]["children"]] == ["fire", "goods"]
        assert top["children"][1]["children"][1]["responsibilities"] == [
            {
                "responsibility": "Inspects containers",
                "themes": ["permits", "environment"],
                "source": "Handbook 6",
            }
        ]
        assert "children" not in top["children"][0]["children"][0]

    @examples(20)
    @given(organizations())
    def test_of_any_organization_has_each_unit_below_its_parent(
        self, random_organization: Organization
    ) -> None:
        parents = {}
        stack = [(json.loads(nested_json(random_organization)), "")]
        while stack:
            unit, parent = stack.pop()
            parents[unit["id"]] = parent
            stack += [(child, unit["id"]) for child in unit.get("children", [])]

        ids = random_organization.units["id"]
        assert parents == {
            unit: ids[parent] if parent >= 0 else ""
            for unit, parent in zip(ids, random_organization.parent.tolist(), strict=True)
        }

    def test_a_very_deep_organization_can_be_written(self) -> None:
        chain = [(f"n{number}", f"n{number - 1}" if number else "") for number in range(5_000)]

        assert nested_json(organization_of(chain)).count(b"children") == 4_999
