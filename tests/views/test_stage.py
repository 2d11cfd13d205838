from __future__ import annotations

import json

from plotly.utils import PlotlyJSONEncoder

from components.diagrams.network import network_stylesheet
from components.diagrams.style import Theme
from components.model.organization import Organization
from components.view_state import Layout
from components.views import ids
from components.views.stage import network_style, stage, stage_id
from tests.views.components import attribute, find, only, text_of, walk
from tests.views.pages import page_of


class TestTheStage:
    def test_is_plain_json(self) -> None:
        text = json.dumps(stage(), cls=PlotlyJSONEncoder, allow_nan=False)

        assert json.loads(text)[-1]["props"]["id"] == ids.STATE

    def test_has_nothing_for_which_the_script_of_html_elements_is_needed(self) -> None:
        namespaces = {component.to_plotly_json()["namespace"] for component in walk(stage())}

        assert namespaces == {"dash_core_components", "dash_cytoscape", "remit_components"}

    def test_draws_each_diagram_into_its_place_on_the_page(self, harbour: Organization) -> None:
        portals = find(stage(), "Portal")

        assert [attribute(portal, "into") for portal in portals] == [
            stage_id(ids.SUNBURST),
            stage_id(ids.NETWORK),
        ]
        for portal, name in zip(portals, (ids.SUNBURST, ids.NETWORK), strict=True):
            only(portal, id=name)
            place = only(page_of(harbour), id=attribute(portal, "into"))
            assert attribute(place, "children") is None

    def test_has_empty_diagrams_and_no_text(self) -> None:
        assert attribute(only(stage(), id=ids.SUNBURST), "figure")["data"] == []
        assert attribute(only(stage(), id=ids.NETWORK), "elements") == []
        assert text_of(stage()) == ""

    def test_has_no_toolbar_of_plotly_and_no_storage_in_the_browser(self) -> None:
        graph = only(stage(), id=ids.SUNBURST)

        assert attribute(graph, "config")["displayModeBar"] is False
        for component in walk(stage()):
            assert attribute(component, "persistence") is None
            assert attribute(component, "storage_type") in {None, "memory"}


def test_the_network_has_a_stylesheet_for_each_theme_and_layout() -> None:
    kinds = ["coordinates_with", "advises"]

    assert network_style(kinds)["sheets"] == {
        theme: {layout: network_stylesheet(layout, theme, kinds) for layout in Layout}
        for theme in Theme
    }
