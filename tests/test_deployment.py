"""The container and the service, as far as they can be checked without Docker and root."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.request import urlopen

import pytest
from dockerfile_parse import DockerfileParser

from components.settings import Settings, settings_from_environment
from tests.proxies import free_port
from tests.test_app import clean_environment, serving

ROOT = Path(__file__).parents[1]
SERVICE = ROOT / "deploy" / "remit.service"
BASE = re.compile(r"(python|node):\d+(\.\d+)?-[a-z-]*slim[a-z-]*")
"""An image of a given version, of the small kind."""


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """The instructions of the last stage of the Dockerfile, with their values."""
    folder = tmp_path_factory.mktemp("image")  # the parser may write
    shutil.copy(ROOT / "Dockerfile", folder)
    steps = [
        (step["instruction"], step["value"]) for step in DockerfileParser(str(folder)).structure
    ]
    begins = max(at for at, (instruction, _) in enumerate(steps) if instruction == "FROM")
    return steps[begins:]


def values(image: list[tuple[str, str]], instruction: str) -> list[str]:
    return [value for name, value in image if name == instruction]


def variables(image: list[tuple[str, str]]) -> dict[str, str]:
    pairs = [pair for value in values(image, "ENV") for pair in shlex.split(value)]
    return {name: text for name, _, text in (pair.partition("=") for pair in pairs)}


def health_check(image: list[tuple[str, str]]) -> list[str]:
    (value,) = values(image, "HEALTHCHECK")
    command: list[str] = json.loads(value.partition(" CMD ")[2])
    return command


def run_here(command: list[str], environment: Mapping[str, str]) -> int:
    """Run a command of the image with the Python of the tests, and return its exit code."""
    assert command[0] == "python"
    completed = subprocess.run(  # noqa: S603  # of our own image
        [sys.executable, *command[1:]],
        env=clean_environment() | environment,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return completed.returncode


def service_section() -> configparser.SectionProxy:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(SERVICE)
    return unit["Service"]


class TestTheImage:
    def test_begins_with_a_small_python_of_a_version_that_is_tested(
        self, image: list[tuple[str, str]]
    ) -> None:
        (base,) = values(image, "FROM")

        assert BASE.fullmatch(base)
        assert base.startswith("python:3.11-")  # the least that pyproject.toml allows

    def test_is_built_from_pinned_stages(self) -> None:
        text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
        bases = re.findall(r"^FROM (\S+)", text, re.MULTILINE)

        assert all(map(BASE.fullmatch, bases))

    def test_does_not_run_as_root(self, image: list[tuple[str, str]]) -> None:
        (user,) = values(image, "USER")
        names = [name for name, _ in image]

        assert all(int(number) > 0 for number in user.split(":"))
        assert "RUN" not in names[names.index("USER") :]

    def test_has_a_cache_of_its_user_alone(self, image: list[tuple[str, str]]) -> None:
        make, _ = values(image, "RUN")
        user, group = values(image, "USER")[0].split(":")

        assert make == f"install -d -m 0700 -o {user} -g {group} {variables(image)['REMIT_CACHE']}"

    def test_installs_what_make_run_does(self, image: list[tuple[str, str]]) -> None:
        _, run = values(image, "RUN")

        assert run.startswith("pip install --no-cache-dir ")
        assert run.endswith(" -r requirements.txt")
        assert "-r requirements.txt" in (ROOT / "Makefile").read_text(encoding="utf-8")

    def test_has_settings_that_exist_and_a_volume_for_data_and_cache(
        self, image: list[tuple[str, str]]
    ) -> None:
        ours = {name: text for name, text in variables(image).items() if name.startswith("REMIT_")}
        settings = settings_from_environment(ours)

        changed = {
            name.removeprefix("REMIT_").lower()
            for name, text in ours.items()
            if str(getattr(settings, name.removeprefix("REMIT_").lower())) == text
        }
        assert len(changed) == len(ours)
        assert values(image, "VOLUME") == [f"{settings.dataset} {settings.cache}"]
        assert values(image, "EXPOSE") == [str(Settings().port)] == [str(settings.port)]

    def test_runs_with_the_files_that_it_copies(
        self, image: list[tuple[str, str]], tmp_path: Path
    ) -> None:
        ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
        for copied in values(image, "COPY"):
            source, target = shlex.split(copied)[-2:]
            if copied.startswith("--from="):
                continue  # the bundle, without which the page loads the stock script
            assert f"!{source}" in ignored
            place = tmp_path / target.strip("/")
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place)
            else:
                shutil.copy(ROOT / source, place)
        port = str(free_port())
        environment = variables(image) | {
            "REMIT_DATASET": str(tmp_path / "data"),
            "REMIT_HOST": "127.0.0.1",
            "REMIT_PORT": port,
        }
        (entry,) = values(image, "ENTRYPOINT")

        with (
            subprocess.Popen(  # noqa: S603  # our own program
                [sys.executable, *json.loads(entry)[1:]],
                cwd=tmp_path,
                env=clean_environment() | environment,
                stdout=subprocess.PIPE,
                text=True,
            ) as server
        ):
            try:
                assert server.stdout
                assert "47 units" in server.stdout.readline()
                assert f":{port}" in server.stdout.readline()
                with urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
                    assert page.status == 200
                assert run_here(health_check(image), environment) == 0
            finally:
                server.send_signal(signal.Signals[values(image, "STOPSIGNAL")[0]])
        assert server.returncode == 0

    def test_is_unhealthy_if_nobody_answers(self, image: list[tuple[str, str]]) -> None:
        assert run_here(health_check(image), {"REMIT_PORT": str(free_port())}) != 0

    def test_is_healthy_below_a_path(self, image: list[tuple[str, str]]) -> None:
        with serving(REMIT_PORT="0", REMIT_PREFIX="/orgchart/") as (_, address):
            port = address.rpartition(":")[2]

            assert run_here(health_check(image), {"REMIT_PORT": port}) == 0


def test_freed_memory_is_given_back_in_both(image: list[tuple[str, str]]) -> None:
    assert variables(image)["MALLOC_ARENA_MAX"] == "2"
    assert "MALLOC_ARENA_MAX=2" in service_section()["Environment"].split()


class TestTheService:
    def test_runs_the_program_and_is_not_root(self) -> None:
        service = service_section()
        python, program = shlex.split(service["ExecStart"])

        assert python == f"{service['WorkingDirectory']}/.venv/bin/python"
        assert (ROOT / program).is_file()
        assert service["DynamicUser"] == service["NoNewPrivileges"] == "yes"
        assert service["KillSignal"] == "SIGINT"

    def test_keeps_its_cache_for_itself(self) -> None:
        service = service_section()

        assert f"REMIT_CACHE=%C/{service['CacheDirectory']}" in service["Environment"].split()
        assert service["CacheDirectoryMode"] == "0700"

    def test_is_a_unit_that_systemd_understands(self, tmp_path: Path) -> None:
        verify = shutil.which("systemd-analyze")
        if verify is None:
            pytest.skip("systemd is not installed")
        text = SERVICE.read_text(encoding="utf-8")
        here = text.replace("/opt/remit/.venv/bin/python", sys.executable)
        unit = tmp_path / "remit.service"
        unit.write_text(here.replace("/opt/remit", str(ROOT)))
        completed = subprocess.run(  # noqa: S603  # of this machine
            [verify, "verify", "--man=no", unit], capture_output=True, text=True, check=False
        )

        assert (completed.stderr, completed.returncode) == ("", 0)
