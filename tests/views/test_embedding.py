from __future__ import annotations

from components.model.organization import Organization
from components.view_state import KEY_BY_NAME
from components.views import ids
from components.views.embedding import embed_dialog
from components.views.page import page
from components.views.panel import unit_panel
from tests.english import ENGLISH
from tests.organizations import organization_of, seven_units
from tests.views.components import attribute, css, find, kind, only, text_of, walk


def choices(field: str, organization: Organization | None = None) -> list[str]:
    """Return the values that can be chosen for a field of the dialog."""
    select = only(
        embed_dialog(organization or seven_units(), ENGLISH), "Select", **{"data-field": field}
    )
    return [attribute(each, "value") for each in find(select, "Option")]


class TestTheDialog:
    def test_offers_each_view_and_what_the_width_allows(self) -> None:
        assert choices("view") == [*KEY_BY_NAME["view"].values]

    def test_offers_no_view_that_there_is_not(self) -> None:
        assert "matrix" not in choices("view", organization_of([("a", "")]))

    def test_offers_what_the_embed_understands(self) -> None:
        assert choices("panel") == ["", "0"]
        assert choices("theme") == ["auto", "light", "dark"]
        assert choices("width")[0] == "100%"
        assert all(320 <= int(width) <= 1600 for width in choices("width")[1:])

    def test_leaves_to_the_page_what_depends_on_what_is_seen(self) -> None:
        assert choices("focus") == choices("unit") == []

    def test_names_each_choice(self) -> None:
        labels = find(embed_dialog(seven_units(), ENGLISH), "Label")

        assert [len(find(each, "Select")) for each in labels] == [1] * len(labels)
        names = [text_of(only(each, "Span")) for each in labels]
        assert len(set(names)) == len(names)

    def test_is_one_on_the_page(self, harbour: Organization) -> None:
        assert kind(only(page(harbour, ENGLISH), id=ids.EMBED_DIALOG)) == "Dialog"


def test_it_is_opened_from_the_header_and_from_the_panel(harbour: Organization) -> None:
    for content in (
        only(page(harbour, ENGLISH), "Header", css="page-header"),
        unit_panel(harbour, 0, ENGLISH),
    ):
        only(content, "Button", **{"data-action": "embed"})


def test_the_link_to_the_full_page_opens_a_tab_that_knows_nothing_of_this_one(
    harbour: Organization,
) -> None:
    (link,) = [each for each in walk(page(harbour, ENGLISH)) if "full-page" in css(each)]

    assert attribute(link, "target") == "_blank"
    assert attribute(link, "rel") == "noopener"
