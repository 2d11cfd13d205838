from __future__ import annotations

import json

from hypothesis import given

from components.formats.json_files import flat_json, nested_json
from components.model.organization import Organization
from tests.formats.again import organizations
from tests.organizations import organization_of


class TestFlat:
    def test_has_a_list_for_each_table(self, harbour: Organization) -> None:
        told = json.loads(flat_json(harbour))

        assert list(told) == [
            "about",
            "units",
            "responsibilities",
            "relations",
            "references",
            "mentions",
            "themes",
        ]
        assert told["about"]["title"] == "Harbour"
        assert [(unit["id"], unit["parent_id"]) for unit in told["units"][:3]] == [
            ("harbour", ""),
            ("traffic", "harbour"),
            ("pilots", "traffic"),
        ]
        assert told["units"][1]["aliases"] == ["Ships", "Vessel Watch"]
        assert told["responsibilities"][-1] == {
            "unit_id": "goods",
            "position": 1,
            "responsibility": "Inspects containers",
            "themes": ["permits", "environment"],
            "source": "Handbook 6",
        }
        assert len(told["relations"]) == 2

    @given(organizations())
    def test_of_any_organization_can_be_read(self, any_: Organization) -> None:
        assert len(json.loads(flat_json(any_))["units"]) == len(any_) - len(any_.synthetic)


class TestNested:
    def test_has_the_units_one_within_the_other(self, harbour: Organization) -> None:
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

    @given(organizations())
    def test_of_any_organization_has_each_unit_below_its_parent(self, any_: Organization) -> None:
        above = {}
        waiting = [(json.loads(nested_json(any_)), "")]
        while waiting:
            unit, parent = waiting.pop()
            above[unit["id"]] = parent
            waiting += [(child, unit["id"]) for child in unit.get("children", [])]

        ids, parents = any_.units["id"], any_.parent.tolist()
        assert above == {
            unit: ids[over] if over >= 0 else "" for unit, over in zip(ids, parents, strict=True)
        }

    def test_of_a_very_deep_organization_is_written(self) -> None:
        chain = [(f"n{at}", f"n{at - 1}" if at else "") for at in range(5_000)]

        assert nested_json(organization_of(chain)).count(b"children") == 4_999
