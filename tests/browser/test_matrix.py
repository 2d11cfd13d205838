"""The matrix, used with the mouse and with the keyboard; the list of all relations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import serve
from tests.browser.explorer import Explorer

pytestmark = pytest.mark.diagrams("still")

TOP = "office-of-the-deputy-director-general-for-operations"
RECOVERY = "transition-and-recovery-division"
RESPONSE = "preparedness-and-response-division"
FOCUSED = """() => {
  const cell = document.activeElement.closest("td, th");
  return cell && [cell.parentElement.rowIndex, cell.cellIndex];
}"""


def cell(page: Page, unit: str, column: str) -> Locator:
    return page.locator(f"#matrix tr[data-unit='{unit}'] a[data-column='{column}']")


def open_matrix(explorer: Explorer, more: str = "") -> Page:
    explorer.open(f"?view=matrix{more}")
    expect(explorer.page.get_by_role("grid")).to_be_visible()
    return explorer.page


def themes_marked(page: Page) -> list[str]:
    """Return the themes of the marked responsibilities in the panel, as text."""
    return page.locator("#panel li.linked-entry .themes").all_text_contents()


def is_seen_in(inner: Locator, outer: Locator) -> bool:
    """Tell whether at most a part of a pixel is cut off: areas scroll by whole pixels."""
    one, other = inner.bounding_box(), outer.bounding_box()
    assert one
    assert other
    return other["y"] - 1 < one["y"] and one["y"] + one["height"] < other["y"] + other["height"] + 1


def press(page: Page, *keys: str) -> Any:
    """Press keys one after the other; return the row and column of the focused cell."""
    for key in keys:
        page.keyboard.press(key)
    return page.evaluate(FOCUSED)


class TestMouse:
    def test_a_number_shows_the_responsibilities_that_it_counts(self, explorer: Explorer) -> None:
        page = open_matrix(explorer)
        link = cell(page, RECOVERY, "peace-and-recovery")
        count = int(link.inner_text().split()[0])
        link.click()

        explorer.expect_panel("Transition and Recovery Division")
        expect(page.locator("#panel li.linked-entry")).to_have_count(count)
        assert all("Peace and recovery" in themes for themes in themes_marked(page))
        others = page.locator("#panel li[data-themes]:not(.linked-entry)")
        other_themes = others.locator(".themes").all_text_contents()
        assert other_themes
        assert not any("Peace and recovery" in themes for themes in other_themes)
        assert is_seen_in(page.locator("#panel li.linked-entry").first, page.locator("#panel"))
        expect(link).to_be_focused()
        expect(page.locator("#matrix [aria-selected='true']")).to_have_attribute(
            "data-unit", RECOVERY
        )
        assert page.url.endswith(f"?unit={RECOVERY}&view=matrix")

    def test_another_number_of_the_same_unit_shows_others(self, explorer: Explorer) -> None:
        page = open_matrix(explorer)
        cell(page, RECOVERY, "peace-and-recovery").click()
        expect(page.locator("#panel li.linked-entry").first).to_be_visible()
        cell(page, RECOVERY, "capacity-development").click()

        expect(page.locator("#panel li.linked-entry")).to_have_count(1)
        assert "Capacity development" in themes_marked(page)[0]

    def test_marks_disappear_with_another_unit(self, explorer: Explorer) -> None:
        page = open_matrix(explorer)
        cell(page, RECOVERY, "peace-and-recovery").click()
        expect(page.locator("#panel li.linked-entry").first).to_be_visible()
        page.locator("#matrix th a", has_text="Migration Health").first.click()
        explorer.expect_panel("Migration Health Division")
        expect(page.locator("#panel .linked-entry")).to_have_count(0)
        page.go_back()
        explorer.expect_panel("Transition and Recovery Division")
        expect(page.locator("#panel .linked-entry")).to_have_count(0)

    def test_a_number_shows_the_entry_of_a_reference(self, explorer: Explorer) -> None:
        page = open_matrix(explorer)
        page.get_by_label("Columns").select_option("Framework")
        cell(page, RESPONSE, "grand-bargain").click()

        explorer.expect_panel("Preparedness and Response Division")
        entry = page.locator("#panel details.linked-entry")
        expect(entry).to_have_attribute("open", "")
        expect(entry.locator("summary")).to_contain_text("Grand Bargain")
        page.wait_for_url(f"**unit={RESPONSE}&view=matrix&by=references")

    def test_a_column_head_lists_the_units_that_cover_it(self, explorer: Explorer) -> None:
        page = open_matrix(explorer)
        page.get_by_role("button", name="Data and research").click()

        covering_list = page.locator("#covering")
        expect(covering_list.locator("h2")).to_have_text("Data and research")
        expect(covering_list.locator("h2")).to_be_focused()
        covering_list.get_by_role("link", name="Global Data Institute").click()
        expect(covering_list).to_be_hidden()
        explorer.expect_panel("Global Data Institute")
        expect(page.locator("#panel li.linked-entry").first).to_contain_text("Data and research")

    def test_a_ring_lists_the_units_below_that_cover_it(self, explorer: Explorer) -> None:
        page = open_matrix(explorer)
        ring = cell(page, TOP, "displacement-and-solutions")
        expect(ring).to_have_accessible_name(
            "Office of the Deputy Director General for Operations, "
            "Displacement and solutions: 9 units below"
        )
        ring.click()

        expect(page.locator("#covering li")).to_have_count(9)
        page.keyboard.press("Escape")
        expect(page.locator("#covering")).to_be_hidden()
        expect(ring).to_be_focused()

    def test_a_column_head_highlights_the_units_that_cover_it(self, explorer: Explorer) -> None:
        page = open_matrix(explorer)
        page.get_by_role("button", name="Climate and disaster risk").hover()

        heads = page.locator("#matrix tbody th.highlighted")
        assert set(heads.all_inner_texts()) == {
            "Deputy Director General for Operations",
            "Peace & Development",
            "Environment, Climate & Risk",
        }

    @pytest.mark.diagrams("living")
    def test_a_selection_in_another_view_is_marked(self, explorer: Explorer) -> None:
        page = open_matrix(explorer, "&unit=surveys")

        row = page.locator("#matrix [aria-selected='true']")
        expect(row).to_have_attribute("data-unit", "surveys")
        assert is_seen_in(row, page.locator(".matrix-area"))
        row.get_by_role("rowheader").get_by_role("link").click()
        page.get_by_role("button", name="Both", exact=True).click()
        explorer.expect_marked("Surveys")


class TestKeyboard:
    def test_it_is_a_grid_with_one_tab_stop(self, explorer: Explorer) -> None:
        page = open_matrix(explorer)
        page.locator(".matrix-area").focus()
        assert press(page, "Tab") == [2, 0]
        assert page.locator("#matrix table [tabindex='0']").count() == 1
        rows = page.locator("#matrix tr").count()
        columns = page.locator("#matrix tr").first.locator("th").count()

        assert press(page, "ArrowRight", "ArrowDown") == [3, 1]
        assert press(page, "ArrowLeft", "ArrowLeft", "ArrowLeft") == [3, 0]
        assert press(page, "End") == [3, columns - 1]
        assert press(page, "ArrowRight", "Home") == [3, 0]
        assert press(page, "Control+End") == [rows - 1, columns - 1]
        assert press(page, "PageUp")[0] < rows - 5
        assert press(page, "Control+Home", "ArrowUp") == [0, 0]
        assert press(page, "PageDown")[0] > 5
        assert page.locator("#matrix table [tabindex='0']").count() == 1

    def test_the_focused_cell_is_never_covered_by_the_heads(self, explorer: Explorer) -> None:
        page = open_matrix(explorer, "&by=references")
        page.set_viewport_size({"width": 1024, "height": 768})
        page.locator(".matrix-area").focus()
        press(page, "Tab", "Control+End")
        for keys in (["PageUp"] * 4, ["ArrowUp"] * 3, ["ArrowLeft"] * 20):
            press(page, *keys)
            seen, head, name = (
                page.locator(selector).first.bounding_box()
                for selector in ("#matrix :focus", "#matrix thead", "#matrix tbody th")
            )
            assert seen
            assert head
            assert name
            assert seen["y"] >= head["y"] + head["height"] - 1
            assert seen["x"] >= name["x"] + name["width"] - 1

    def test_enter_focuses_the_responsibilities(self, explorer: Explorer) -> None:
        page = open_matrix(explorer)
        link = cell(page, RESPONSE, "humanitarian-response")
        expect(link).to_have_accessible_name(
            "Preparedness and Response Division, Humanitarian response: 10 responsibilities"
        )
        page.locator(".matrix-area").focus()
        press(page, "Tab", "ArrowDown", "ArrowDown", "ArrowRight", "Enter")

        explorer.expect_panel("Preparedness and Response Division")
        expect(page.locator("#panel li.linked-entry")).to_have_count(10)
        expect(page.locator("#panel li.linked-entry").first).to_be_focused()

    def test_space_selects_and_keeps_the_focus(self, explorer: Explorer) -> None:
        page = open_matrix(explorer)
        page.locator(".matrix-area").focus()
        press(page, "Tab", "ArrowDown", "ArrowDown", "ArrowRight", "Space")

        expect(page.locator("#panel li.linked-entry")).to_have_count(10)
        expect(cell(page, RESPONSE, "humanitarian-response")).to_be_focused()

    def test_a_head_opens_with_enter_and_closes_with_escape(self, explorer: Explorer) -> None:
        page = open_matrix(explorer, "&unit=surveys")
        page.locator(".matrix-area").focus()
        press(page, "Tab", "Control+Home", "ArrowRight", "Enter")

        expect(page.locator("#covering h2")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#covering")).to_be_hidden()
        assert page.evaluate(FOCUSED) == [0, 1]
        assert explorer.state("unit") == "surveys"


class TestTheAddress:
    def test_restores_the_view(self, explorer: Explorer) -> None:
        page = open_matrix(
            explorer,
            f"&by=references&unit={RESPONSE}&focus=department-of-operations-and-emergencies",
        )

        columns = page.get_by_label("Columns")
        expect(columns).to_have_value("references")
        expect(page.locator("#matrix tbody tr").first).to_have_attribute(
            "data-unit", "department-of-operations-and-emergencies"
        )
        columns.select_option("Theme")
        expect(page.locator("#matrix table")).to_have_attribute("data-by", "themes")
        assert "by=" not in page.url
        page.go_back()
        expect(page.locator("#matrix table")).to_have_attribute("data-by", "references")
        expect(columns).to_have_value("references")

    def test_with_another_focus_has_its_rows(self, explorer: Explorer) -> None:
        page = open_matrix(explorer, "&unit=migration-health-division")
        page.locator("#panel [data-focus-on]").first.click()

        expect(page.locator("#matrix tbody tr")).to_have_count(9)
        expect(page.locator(".matrix-sentence")).to_contain_text("have no unit")


STAFF = """
id,name,parent_id,Type,Grade,FTE
ada,Ada,,post,M1,1
ben,Ben,ada,post,G5,0.5
dora,Dora,ben,post,M1,0.2
cy,Cy,ada,post,G5,1
emil,Emil,cy,post,G5,0.4
fay,Fay,cy,post,M1,0.8
"""


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path: Path = tmp_path_factory.mktemp("staff") / "staff.csv"
    path.write_text(STAFF.lstrip(), encoding="utf-8")
    with serve(path) as address:
        yield address


class TestAPlainTable:
    @pytest.fixture
    def explorer(self, page: Page, staff: str) -> Explorer:
        return Explorer(page, staff)

    def test_has_columns_for_each_category(self, explorer: Explorer) -> None:
        page = open_matrix(explorer)
        page.get_by_label("Columns").select_option("Grade")

        expect(page.locator("#matrix table")).to_have_attribute("data-by", "grade")
        assert page.url.endswith("?view=matrix&by=grade")
        expect(cell(page, "cy", "M1")).to_have_accessible_name("Cy, M1: 1 unit below")
        cell(page, "cy", "G5").click()
        explorer.expect_panel("Cy")
        expect(page.locator("#panel dd.linked-entry")).to_have_text("G5")

    def test_is_sorted_by_its_column_of_numbers(self, explorer: Explorer) -> None:
        page = open_matrix(explorer, "&size=fte&by=grade")
        names = page.locator("#matrix tbody th")
        assert names.all_inner_texts() == ["Ada", "Ben", "Dora", "Cy", "Emil", "Fay"]
        page.locator(".matrix-area").focus()
        press(page, "Tab", "Control+Home", "ArrowRight", "Enter")

        head = page.get_by_role("columnheader", name="FTE")
        expect(head).to_have_attribute("aria-sort", "descending")
        assert names.all_inner_texts() == ["Ada", "Cy", "Fay", "Emil", "Ben", "Dora"]
        expect(head.get_by_role("button")).to_be_focused()
        assert page.url.endswith("?view=matrix&size=fte&by=grade&sort=size")
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", "none")

    def test_has_a_sorted_outline_with_marks_and_places(self, explorer: Explorer) -> None:
        explorer.open("?view=outline&size=fte&sort=size&where=grade%3AM1")
        page = explorer.page
        entries = page.locator("#outline [role=treeitem]")

        expect(entries.locator(".name")).to_have_text(["Ada", "Cy", "Fay", "Emil", "Ben", "Dora"])
        expect(page.locator("#outline .hit .name")).to_have_text(["Ada", "Fay", "Dora"])
        expect(entries.nth(1)).to_have_attribute("aria-posinset", "1")
        expect(entries.nth(4)).to_have_attribute("aria-posinset", "2")
        page.locator(".encoding-menu summary").click()
        page.get_by_label("Order of lists").select_option("As in the table")
        expect(entries.locator(".name")).to_have_text(["Ada", "Ben", "Dora", "Cy", "Emil", "Fay"])
        expect(entries.first).to_contain_text("FTE: 3.9")


def test_it_works_in_an_embed(explorer: Explorer) -> None:
    explorer.open("embed?view=matrix&panel=0")

    page = explorer.page
    expect(page.get_by_role("grid")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_it_scrolls_in_both_directions_below_sticky_heads(explorer: Explorer) -> None:
    page = open_matrix(explorer)
    page.set_viewport_size({"width": 390, "height": 844})
    area = page.locator(".matrix-area")
    first, last = page.locator("#matrix tbody th").first, page.locator("#matrix tbody th").last
    area.evaluate("(element) => element.scrollTo(9999, 0)")
    before = first.bounding_box()
    box = area.bounding_box()
    assert before
    assert box
    assert before["x"] == pytest.approx(box["x"], abs=2)
    area.evaluate("(element) => element.scrollTo(9999, 9999)")
    assert is_seen_in(last, area)
    assert is_seen_in(page.locator("#matrix .counts"), area)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


class TestAllRelations:
    def test_are_beside_the_outline_and_link_to_units(self, explorer: Explorer) -> None:
        explorer.open("?view=outline")
        relations = explorer.page.locator("#relations")

        expect(relations.get_by_role("heading", level=2)).to_have_text("All relations")
        expect(relations).to_contain_text(
            "Department of Policy and Research advises Department of Operations and Emergencies"
        )
        relations.get_by_role("link", name="Labour Mobility").first.click()
        explorer.expect_panel("Labour Mobility and Social Inclusion Division")

    def test_are_those_of_the_focus(self, explorer: Explorer) -> None:
        relations = explorer.page.locator("#relations")
        explorer.open("?view=outline&focus=department-of-policy-and-research")
        expect(relations).to_contain_text("Department of Policy and Research advises")
        expect(relations).not_to_contain_text("Resettlement")

        explorer.go("?view=outline&focus=migration-health-division")

        expect(relations).to_be_empty()  # the source states none
        expect(relations).to_be_hidden()
