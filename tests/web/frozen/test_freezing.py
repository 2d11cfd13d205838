from __future__ import annotations

import errno
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from components.importing.progress import unobserved
from components.model.organization import Organization
from components.settings import Settings
from components.web.assets import ASSETS
from components.web.fragments import FRAGMENT_KINDS, FURTHER_CHANGES
from components.web.frozen import folder as folders
from components.web.frozen import single_file
from components.web.frozen.answers import COMPUTED, VARIANT_KEYS, values_of
from components.web.frozen.errors import FreezeError
from components.web.frozen.extent import FrozenIndex
from components.web.frozen.freezing import freeze
from components.words import languages
from tests.web.frozen.pages import answers_in_folder


@pytest.fixture(scope="module")
def folder(harbour: Organization, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("frozen") / "site"
    freeze(harbour, Settings(), path, unobserved)
    return path


def test_a_folder_has_a_page_and_an_embed_in_each_language(folder: Path) -> None:
    pages = {path.name for path in folder.glob("*.html")}
    assert pages == {
        f"{page}{language}.html" for page in ("index", "embed") for language in ("", ".es", ".fr")
    }
    assert 'lang="fr"' in (folder / "index.fr.html").read_text(encoding="utf-8")


def test_a_page_reads_what_a_server_would_answer(
    folder: Path, harbour: Organization, client: FlaskClient
) -> None:
    version = client.get("/healthz").json["version"]  # type: ignore[index]
    units, dice = harbour.units["id"], random.Random(1)  # noqa: S311
    values = values_of(FrozenIndex(harbour))
    requests = []
    asked = [kind for kind in FRAGMENT_KINDS if kind not in {*COMPUTED, FURTHER_CHANGES}]
    for kind in (kind for kind in asked for _ in range(25)):
        parameters = {key: dice.choice(values[key]) for key in VARIANT_KEYS[kind]}
        if "size" in parameters and "colour" in parameters:
            parameters[dice.choice(("size", "colour"))] = ""  # one of both at a time
        if kind == "covering":
            parameters |= {"by": "themes", "column": dice.choice([*harbour.themes])}
        unit = dice.choice([unit for unit in units if not harbour.is_leaf(harbour.number[unit])])
        parameters |= {"unit": unit, "lang": dice.choice(languages())}
        requests.append((f"fragments/{version}/{kind}.json", parameters))
    for (path, parameters), answer in zip(
        requests, answers_in_folder(folder, requests), strict=True
    ):
        assert answer == client.get(f"/{path}", query_string=parameters).json, (path, parameters)


def test_all_that_a_page_names_is_in_the_folder(folder: Path) -> None:
    for page in folder.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        addresses = re.findall(r'(?:src|href)="([^"?#:]+)', text)
        files = [each for each in addresses if not each.startswith(("export/", ".", "http"))]
        assert files
        assert [each for each in files if not (folder / each).exists()] == []


def test_large_data_files_are_in_archives(
    harbour: Organization, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "LARGE_FILE", 2_000)
    site = tmp_path / "site"
    freeze(harbour, Settings(), site, unobserved)
    data = site / "data"
    listed = re.findall(r'href="([\w.-]+)"', (data / "index.fr.html").read_text(encoding="utf-8"))
    assert {"organization.ttl.zip", "organization.xlsx", "themes.csv"} <= {*listed}
    assert [name for name in listed if not (data / name).is_file()] == []
    assert 'href="data/organization.ttl' not in (site / "index.html").read_text(encoding="utf-8")
    with ZipFile(data / "organization.ttl.zip") as archive:
        assert archive.namelist() == ["organization.ttl"]
        assert len(archive.read("organization.ttl")) > 2_000


def test_a_page_has_its_policy_and_asks_no_other_host(folder: Path) -> None:
    text = (folder / "index.html").read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert "unsafe-eval" not in policy[1]
    assert "frame-ancestors" not in policy[1]
    assert policy.start() < text.index("<script")
    assert re.findall(r'src="(?:https?:)?//|<link[^>]* href="(?:https?:)?//', text) == []


def test_a_folder_that_was_frozen_is_replaced(harbour: Organization, folder: Path) -> None:
    (folder / "old.txt").write_text("old")
    freeze(harbour, Settings(), folder, unobserved)
    assert not (folder / "old.txt").exists()
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_the_same_organization_has_the_same_files(tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    table.write_text("id,name,parent,staff\na,Aid,,4\nb,Budget,a,3\n", encoding="utf-8")
    files = []
    for seed in ("1", "2"):  # of the order of sets, which is another one in each process
        site = tmp_path / seed
        command = [sys.executable, "app.py", "freeze", table, "-o", site]
        subprocess.run(  # noqa: S603  # our own program
            command, check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed}
        )
        files.append({path.relative_to(site): path.read_bytes() for path in site.rglob("*.*")})
    assert files[0] == files[1]


def test_any_other_folder_is_not(harbour: Organization, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(FreezeError, match=r"was not frozen before.*--force"):
        freeze(harbour, Settings(), tmp_path, unobserved)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_unless_that_is_asked_for(harbour: Organization, tmp_path: Path) -> None:
    path = tmp_path / "site"
    path.mkdir()
    (path / "letter.txt").write_text("dear")
    freeze(harbour, Settings(), path, unobserved, replaces=True)
    assert (path / "index.html").exists()
    assert not (path / "letter.txt").exists()


def test_a_full_disk_leaves_nothing(
    harbour: Organization, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(folders, "pages", full)
    with pytest.raises(FreezeError, match="disk has no room"):
        freeze(harbour, Settings(), tmp_path / "site", unobserved)
    assert [*tmp_path.iterdir()] == []


class TestFile:
    def test_is_too_small_for_a_large_organization(
        self, harbour: Organization, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(single_file, "MOST_UNITS", 5)
        with pytest.raises(FreezeError, match=r"One file holds 5 units, and these are 7\..*folder"):
            freeze(harbour, Settings(), tmp_path / "org.html", unobserved)
        assert [*tmp_path.iterdir()] == []

    def test_needs_the_bundle(
        self, harbour: Organization, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("components.web.assets.Assets.has", lambda *_: False)
        with pytest.raises(FreezeError, match="make bundle"):
            freeze(harbour, Settings(), tmp_path / "org.html", unobserved)

    def test_loads_nothing_and_is_painted_first(
        self, harbour: Organization, tmp_path: Path
    ) -> None:
        path = tmp_path / "org.html"
        if not (ASSETS / single_file.MAIN).exists():
            pytest.skip("the scripts are not bundled")
        freeze(harbour, Settings(), path, unobserved)
        text = path.read_text(encoding="utf-8")
        assert re.findall(r'<(?:link|script|img)[^>]* (?:src|href)="(?!data:|\.")', text) == []
        assert text.index("sunburst-inset") < text.index("application/gzip")
        assert "unsafe-eval" not in text[: text.index("<body>")]
        assert "default-src &#x27;none&#x27;" in text
