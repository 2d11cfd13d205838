from __future__ import annotations

import time

import pytest

from components.model.organization import Organization
from components.settings import Settings
from components.web import editions
from components.web.editions import Edition, Editions, Snapshot
from tests.web.servers import serve


class TestTheFinder:
    def test_is_made_by_the_first_question(self, harbour: Organization) -> None:
        edition = Edition(harbour, Settings())

        assert edition._finder is None
        assert edition.finder is edition.finder is edition._finder

    def test_of_a_large_organization_is_made_before_anybody_asks(
        self, harbour: Organization, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(editions, "QUICKLY_FOUND", 6)
        monkeypatch.setattr(editions, "PREPARED_AFTER", 0)
        shown = Editions(Edition(harbour, Settings()))
        assert shown.current._finder is None

        shown.begin()

        end = time.monotonic() + 5
        while shown.current._finder is None:
            assert time.monotonic() < end
            time.sleep(0.01)


class TestARequest:
    def test_is_of_one_edition_from_beginning_to_end(
        self, harbour: Organization, iom: Organization
    ) -> None:
        one, other = (Edition(each, Settings()) for each in (harbour, iom))
        shown = Editions(one)
        server = serve(shown).application

        with server.test_request_context("/"):
            assert shown.current is one
            shown.snapshot = Snapshot((other, one))
            assert shown.current is one
        with server.test_request_context("/"):
            assert shown.current is other
        assert shown.find(one.name) is one
        assert shown.find("none") is None
