from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient

from components.diagrams.properties import css_properties
from components.web.assets import (
    ASSETS,
    MAIN_MODULE,
    STYLES,
    THEME_MODULE,
    TOKENS,
    Assets,
    compact,
)
from tests.web.servers import document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Assets with two style sheets that a third one imports."""
    folder = tmp_path / "assets"
    (folder / "css").mkdir(parents=True)
    (folder / "js").mkdir()
    (folder / STYLES).write_text(
        '@layer one, two;\n@import "two.css" layer(two);\n@import "one.css" layer(one);\n'
    )
    (folder / "css/one.css").write_text("a { top: 0 }\n")
    (folder / "css/two.css").write_text('@import "one.css";\nb { top: 0 }\n')
    (folder / "js/page.js").write_text("export {};\n")
    return folder


class TestStyleSheet:
    def test_contains_what_it_imports_in_its_layer(self, folder: Path) -> None:
        assert Assets(folder).style_sheet(STYLES) == (
            "@layer one, two;\n"
            "@layer two {\na { top: 0 }\n\nb { top: 0 }\n}\n"
            "@layer one {\na { top: 0 }\n}\n"
        )

    def test_is_sent_without_comments_and_line_breaks(self) -> None:
        text = "/* Why\n * so */\na {\n  top: calc(1px + 2px); /* two */\n}\n"

        assert compact(text) == " a { top: calc(1px + 2px); } "

    def test_of_the_page_can_stand_in_a_style_element(self) -> None:
        assert "<" not in Assets().page_styles

    def test_has_what_python_and_css_share(self) -> None:
        assert css_properties() in Assets().style_sheet(TOKENS)

    def test_of_the_page_contains_each_other_one_once(self) -> None:
        imported = re.findall(r'@import "([^"]+)" layer', (ASSETS / STYLES).read_text())

        files = {path.name for path in (ASSETS / "css").iterdir()}
        separate = {"styles.css", "noscript.css"}
        assert sorted(imported) == sorted(files - separate)

    def test_of_the_page_declares_the_order_of_all_layers(self) -> None:
        text = Assets().style_sheet(STYLES)

        declared = re.findall(r"(?m)^@layer ([\w, ]+);", text)
        used = re.findall(r"(?m)^@layer (\w+) \{", text)
        assert len(declared) == 1
        order = declared[0].split(", ")
        assert list(dict.fromkeys(used)) == [layer for layer in order if layer != "noscript"]


class TestDigest:
    @pytest.mark.parametrize("path", [STYLES, "js/page.js"])
    def test_changes_with_each_file(self, folder: Path, tmp_path: Path, path: str) -> None:
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy)
        same, changed = Assets(folder).digest, tmp_path / "changed"
        shutil.copytree(folder, changed)
        (changed / path).write_text("changed")

        assert Assets(copy).digest == same
        assert Assets(changed).digest != same


class TestModules:
    @pytest.fixture
    def bundled(self, folder: Path) -> Path:
        """Assets with bundles that are as new as the modules."""
        (folder / "js/page").mkdir()
        (folder / "bundle").mkdir()
        for path in (MAIN_MODULE, THEME_MODULE, "bundle/main.js", "bundle/theme.js"):
            (folder / path).write_text("")
        (folder / "bundle/shared-1.js").write_text("")
        (folder / "bundle/libraries.js").write_text("")
        for path in folder.rglob("*.js"):
            os.utime(path, (1_000, 1_000))
        return folder

    def test_are_all_scripts_without_bundles(self, folder: Path) -> None:
        assert Assets(folder).modules == ["js/page.js"]

    def test_are_those_of_the_bundle(self, bundled: Path) -> None:
        assets = Assets(bundled)

        assert assets.modules == ["bundle/main.js", "bundle/shared-1.js", "bundle/theme.js"]
        assert assets.entry(MAIN_MODULE) == assets.address("bundle/main.js")
        assert assets.entry(THEME_MODULE) == assets.address("bundle/theme.js")

    @pytest.mark.parametrize("path", ["js/page.js", MAIN_MODULE])
    def test_are_not_those_of_a_bundle_that_is_older_than_one_of_them(
        self, bundled: Path, path: str
    ) -> None:
        os.utime(bundled / path, (1_001, 1_001))
        assets = Assets(bundled)

        assert assets.modules == ["js/main.js", "js/page/theme.js", "js/page.js"]
        assert assets.entry(MAIN_MODULE) == assets.address(MAIN_MODULE)


class TestRoute:
    @pytest.mark.parametrize("page", ["/", "/embed"])
    def test_gives_each_page_its_styles_with_it(self, client: FlaskClient, page: str) -> None:
        text = client.get(page).text

        assert f"<style>{Assets().page_styles}</style>" in text
        assert not document(text).find("link", rel="stylesheet")

    def test_gives_the_page_of_data_files_its_styles_in_one_request(
        self, client: FlaskClient
    ) -> None:
        (link,) = document(client.get("/data/").text).find("link", rel="stylesheet")

        response = client.get(urljoin("/data/", link.attributes["href"]))
        assert response.status_code == 200
        assert response.mimetype == "text/css"
        assert "@import" not in response.text
        assert "immutable" in response.headers["Cache-Control"]

    def test_has_the_fonts_where_the_styles_expect_them(self, client: FlaskClient) -> None:
        sheet = f"/{Assets().address(STYLES)}"
        for address, styles in (("/", Assets().page_styles), (sheet, client.get(sheet).text)):
            fonts = re.findall(r'url\("([^"]+)"\)', styles)

            assert len(fonts) == 2
            assert {client.get(urljoin(address, font)).status_code for font in fonts} == {200}

    def test_has_the_styles_for_browsers_without_scripts(self, client: FlaskClient) -> None:
        found = re.search(
            r'<noscript><style>@import "([^"]+)" layer\(noscript\);</style></noscript>',
            client.get("/").text,
        )

        assert found
        response = client.get(f"/{found[1]}")
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]

    def test_is_not_cached_at_an_old_address(self, client: FlaskClient) -> None:
        response = client.get(f"/static/old/{STYLES}")

        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-cache"

    @pytest.mark.parametrize("path", ["css/none.css", "js/none.js", "../app.py", "js"])
    def test_has_nothing_else(self, client: FlaskClient, path: str) -> None:
        response = client.get(f"/static/{Assets().digest}/{path}")

        assert response.status_code == 404
        assert "immutable" not in response.headers.get("Cache-Control", "")
