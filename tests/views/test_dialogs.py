from __future__ import annotations

import pytest

from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.views.embedding import embed_dialog
from components.views.keys import keys_dialog
from tests.english import ENGLISH
from tests.views.components import attribute, find, text_of


@pytest.mark.parametrize("name", ["embed", "keys"])
def test_a_dialog_is_named_by_its_title_and_has_a_close_button(
    harbour: Organization, name: str
) -> None:
    index = OrganizationIndex(harbour)
    dialog = {"embed": embed_dialog(index, ENGLISH), "keys": keys_dialog(ENGLISH)}[name]
    title, *_ = find(dialog, "H2")
    close, *_ = find(dialog, "Button")

    assert attribute(dialog, "id") == f"{name}-dialog"
    assert attribute(dialog, "aria-label") == text_of(title)
    assert attribute(close, "data-action") == f"close-{name}"
    assert attribute(close, "aria-label") == "Close"
