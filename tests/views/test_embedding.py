from __future__ import annotations

from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.view_state import KEY_BY_NAME
from components.views import ids
from components.views.embedding import embed_dialog
from components.views.panel import unit_panel
from tests.english import ENGLISH
from tests.organizations import organization_of, seven_units, two_states
from tests.views.components import attribute, css, find, kind, only, text_of, walk
from tests.views.pages import page_of


def choices(field: str, organization: Organization | None = None) -> list[str]:
    """Return the values that can be chosen for a field of the dialog."""
    index = OrganizationIndex(organization or seven_units())
    select = only(embed_dialog(index, ENGLISH), "Select", **{"data-field": field})
    return [attribute(option, "value") for option in find(select, "Option")]


class TestTheDialog:
    def test_offers_every_view(self) -> None:
        assert choices("view", two_states()) == [*KEY_BY_NAME["view"].values]

    def test_offers_no_list_of_changes_of_one_state(self) -> None:
        assert "changes" not in choices("view")

    def test_offers_no_matrix_without_topics(self) -> None:
        assert "matrix" not in choices("view", organization_of([("a", "")]))

    def test_offers_values_that_the_embed_understands(self) -> None:
        assert choices("panel") == ["", "0"]
        assert choices("theme") == ["auto", "light", "dark"]
        assert choices("width")[0] == "100%"
        assert all(320 <= int(width) <= 1600 for width in choices("width")[1:])

    def test_has_no_fields_for_the_focus_and_the_unit(self) -> None:
        assert choices("focus") == choices("unit") == []

    def test_has_a_unique_label_for_each_field(self) -> None:
        labels = find(embed_dialog(OrganizationIndex(seven_units()), ENGLISH), "Label")

        assert [len(find(label, "Select")) for label in labels] == [1] * len(labels)
        names = [text_of(only(label, "Span")) for label in labels]
        assert len(set(names)) == len(names)

    def test_is_on_the_page_once(self, harbour: Organization) -> None:
        assert kind(only(page_of(harbour), id=ids.EMBED_DIALOG)) == "Dialog"


def test_the_header_and_the_panel_have_a_button_for_the_dialog(harbour: Organization) -> None:
    for content in (
        only(page_of(harbour), "Header", css="page-header"),
        unit_panel(OrganizationIndex(harbour), 0, ENGLISH),
    ):
        only(content, "Button", **{"data-action": "embed"})


def test_the_link_to_the_full_page_opens_a_separate_tab(
    harbour: Organization,
) -> None:
    (link,) = [component for component in walk(page_of(harbour)) if "full-page" in css(component)]

    assert attribute(link, "target") == "_blank"
    assert attribute(link, "rel") == "noopener"
