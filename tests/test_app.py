from __future__ import annotations

import ast
import errno
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from flask import Flask

import app

ROOT = Path(app.__file__).parent
STAFF = "id,name,parent\nboard,Board,\npay,Payroll,board\naudit,Audit,bord\n"


@pytest.fixture
def staff(tmp_path: Path) -> Path:
    path = tmp_path / "staff.csv"
    path.write_text(STAFF, encoding="utf-8")
    return path


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process, with only these settings in its environment."""
    return subprocess.run(  # noqa: S603, our own program
        [sys.executable, "app.py", *arguments],
        cwd=ROOT,
        env=clean_environment() | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def clean_environment() -> dict[str, str]:
    unrelated = {name: text for name, text in os.environ.items() if not name.startswith("REMIT_")}
    return unrelated | {"PYTHONIOENCODING": "utf-8"}


class TestCheck:
    def test_prints_the_report(self, shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert app.main(["check", str(shipped)]) == 0

        printed = capsys.readouterr()
        first, *lines = printed.out.splitlines()
        assert first == "International Organization for Migration: Operations: 47 units, 4 levels"
        assert "units: Read as UTF-8, commas, header in record 1, 47 records." in lines
        assert any(
            line.startswith("  units: parent_id = parent_id, id = id, name = name")
            for line in lines
        )
        assert (
            "  “parent_id” has the parent of each unit: 100% of its entries are in “id”." in lines
        )
        assert any("Responsibilities 274" in line for line in lines)
        assert printed.err == ""

    def test_prints_each_problem_and_succeeds_if_something_can_be_drawn(
        self, staff: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert app.main(["check", str(staff)]) == 0

        what, *lines = capsys.readouterr().out.splitlines()
        assert what == "Staff: 3 units, 2 levels"
        (problem,) = (line for line in lines if line.lstrip().startswith("warning"))
        assert re.split(" {2,}", problem.strip()) == [
            "warning",
            "staff, record 4, column parent",
            "bord",
            "The parent “bord” is not in the table; a placeholder is drawn for it.",
            "If you mean “board”, correct the cell; otherwise add a record for it.",
        ]

    def test_prints_the_report_as_json(
        self, staff: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert app.main(["check", str(staff), "--json"]) == 0

        report = json.loads(capsys.readouterr().out)
        figures = ["units", "roots", "depth", "relations", "responsibilities"]
        assert [report[name] for name in figures] == [3, 1, 2, 0, 0]
        assert (report["unknown_parents"], report["cycles"]) == (1, 0)
        (read,) = report["read"]
        assert (read["table"], read["use"], read["format"]) == ("staff", "units", "CSV")
        assert read["columns"] == {"id": "id", "name": "name", "parent_id": "parent"}
        assert [problem["kind"] for problem in report["problems"]] == [
            "unknown-parent",
            "many-roots",
        ]

    def test_explains_all_ways_to_understand_a_table(
        self, staff: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "80")

        assert app.main(["check", str(staff), "--explain"]) == 0

        printed = capsys.readouterr().out
        assert "Score" in printed
        assert "“parent” has the parent of each unit" in printed
        assert "No column says which unit is above which." in printed

    @pytest.mark.parametrize(("day", "drawn"), [("2010-06-30", "Old"), ("2020-01-01", "New")])
    def test_draws_the_day_that_is_asked_for(self, day: str, drawn: str, tmp_path: Path) -> None:
        table = tmp_path / "units.csv"
        table.write_text(
            "id,name,parent,from,to\na,Board,,1990,\nb,Old,a,1990,2015\nb,New,a,2016,\n"
        )
        output = tmp_path / "drawn.csv"

        assert app.main(["convert", str(table), "--at", day, "-o", str(output)]) == 0

        assert drawn in output.read_text(encoding="utf-8")
        assert len(output.read_text(encoding="utf-8").splitlines()) == 3

    def test_rejects_a_day_that_is_none(
        self, staff: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert app.main(["check", str(staff), "--at", "yesterday"]) == 2
        assert "must be a day such as 2026-01-31" in capsys.readouterr().err

    def test_takes_the_table_of_a_folder_that_is_asked_for(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "departments.csv").write_text("id,name,parent\nd,Desk,\ne,Pay,d\n")
        (tmp_path / "employees.csv").write_text(
            "employee id,name,department,manager id\n1,Nora Quist,Desk,\n2,Paul Ives,Pay,1\n"
            "3,Rita Sund,Pay,2\n"
        )

        assert app.main(["check", str(tmp_path), "--sheet", "employees", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["units"] == 3

        assert app.main(["check", str(tmp_path), "--sheet", "people"]) == 1
        assert "the tables are “departments”, “employees”" in " ".join(
            capsys.readouterr().err.split()
        )

    def test_prints_an_error_as_json(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert app.main(["check", str(tmp_path / "missing.csv"), "--json"]) == 1

        report = json.loads(capsys.readouterr().out)
        assert report["units"] == 0
        assert [(problem["kind"], problem["severity"]) for problem in report["problems"]] == [
            ("no-file", "error")
        ]

    def test_reads_a_table_with_the_given_options(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "staff.csv"
        path.write_bytes("Nr#Stelle#Hängt an\n1#Büro#\n2#Kasse#1\n".encode("cp1252"))
        flags = ["--encoding=cp1252", "--delimiter=#", "--header=1", "--map", "parent=Hängt an"]

        assert app.main(["check", str(path), *flags, "--map", "name=Stelle"]) == 0

        printed = capsys.readouterr().out
        assert printed.startswith("Staff: 2 units, 2 levels\n")
        assert "Windows-1252" in printed
        assert "parent_id = Hängt an" in printed

    @pytest.mark.parametrize(
        ("flags", "code", "sentence"),
        [
            (["--map", "boss=parent"], 2, "--map must be ROLE=COLUMN, such as parent=reports_to"),
            (
                ["--map", "parent=boss"],
                1,
                "There is no column called “boss”; the columns are “id”, “name”, ",
            ),
            (["--header", "x"], 2, "--header must be a whole number from 0 to 1000000."),
        ],
    )
    def test_names_the_allowed_values_of_an_option(
        self,
        staff: Path,
        capsys: pytest.CaptureFixture[str],
        flags: list[str],
        code: int,
        sentence: str,
    ) -> None:
        assert app.main(["check", str(staff), *flags]) == code

        printed = capsys.readouterr()
        assert sentence in printed.out + printed.err

    def test_fails_with_one_sentence_and_a_remedy_if_nothing_can_be_drawn(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "staff.csv").write_text("size,year\n3,2024\n")

        assert app.main(["check", str(tmp_path / "staff.csv")]) == 1

        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err == (
            "staff: No column contains the names of units; the columns are “size”, “year”. "
            "Call one column “name” and one “parent”, or choose them with --map name=COLUMN.\n"
        )

    @pytest.mark.parametrize("name", ["missing.csv", "missing", "staff.xlsx", "."])
    def test_fails_if_there_is_nothing_to_read(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        (tmp_path / "staff.xlsx").write_bytes(b"PK\x03\x04")

        assert app.main(["check", str(tmp_path / name)]) == 1

        printed = capsys.readouterr()
        assert printed.out == ""
        assert len(printed.err.splitlines()) == 1
        assert re.search(r"There is no such file|damaged or incomplete", printed.err)
        assert re.search(r"Give the path of a table|again", printed.err)


class TestCall:
    @pytest.mark.parametrize(
        "arguments",
        [["check"], ["draw"], ["check", "a", "b"], ["--loud"]],
    )
    def test_with_unknown_arguments_exits_with_2_and_prints_the_usage(
        self, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as raised:
            app.main(arguments)

        assert raised.value.code == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.startswith("usage: app.py")

    def test_with_help_lists_the_commands(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as raised:
            app.main(["--help"])

        assert raised.value.code == 0
        printed = capsys.readouterr().out
        assert "serve" in printed
        assert "check" in printed

    def test_with_a_setting_out_of_range_returns_2_and_names_the_setting(
        self, shipped: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REMIT_PORT", "70000")

        assert app.main(["check", str(shipped)]) == 2

        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err == "REMIT_PORT must be a whole number from 0 to 65535.\n"

    def test_exit_code_is_that_of_the_command(self, staff: Path) -> None:
        assert run("check", str(staff)).returncode == 0


class TestExport:
    def export(self, path: Path, *flags: str) -> int:
        return app.main(["export", "network", "-o", str(path), *flags])

    @pytest.mark.parametrize(
        ("name", "begins", "size"),
        [
            ("a.png", b"\x89PNG", "640 × 480 px"),
            ("a.SVG", b"<svg", "640 × 480 px"),
            ("a.pdf", b"%PDF-", "640 × 480 px"),
        ],
    )
    def test_writes_a_picture_and_prints_its_path_and_size(
        self,
        staff: Path,
        capsys: pytest.CaptureFixture[str],
        name: str,
        begins: bytes,
        size: str,
    ) -> None:
        path = staff.with_name(name)
        flags = ["--width", "640", "--height", "480", "--scale", "1"]

        assert self.export(path, "--data", str(staff), *flags) == 0

        assert path.read_bytes().startswith(begins)
        assert capsys.readouterr().out == f"{path}: {size}\n"

    def test_prints_the_number_of_pages(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "a.pdf"

        assert self.export(path, "--preset", "a4", "--levels", "1", "--pages") == 0
        printed = capsys.readouterr().out

        assert printed.startswith(f"{path}: 794 × 1123 px, ")
        assert printed.endswith(" pages\n")

    def test_leaves_out_what_is_not_wanted(self, tmp_path: Path) -> None:
        path = tmp_path / "a.svg"

        assert self.export(path, "--no-title", "--no-legend", "--no-footer") == 0
        text = path.read_text(encoding="utf-8").partition("</desc>")[2]

        assert "Displacement" in text
        for left_out in ("47 units", "Part of", "Source:", "Live:"):
            assert left_out not in text

    def test_prints_no_address_that_others_cannot_reach(self, tmp_path: Path) -> None:
        assert self.export(tmp_path / "a.svg") == 0

        assert "Live:" not in (tmp_path / "a.svg").read_text(encoding="utf-8")

    def test_draws_the_shipped_organization_by_default(self, tmp_path: Path) -> None:
        assert self.export(tmp_path / "a.svg", "--unit", "DTM") == 0

        assert "Displacement" in (tmp_path / "a.svg").read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("name", "flags", "sentence"),
        [
            ("a.gif", [], "The format, with which the name ends, must be one of png, svg, pdf."),
            ("a", [], "The format, with which the name ends, must be one of png, svg, pdf."),
            ("a.png", ["--width", "1"], "Width must be a whole number from 320 to 8000."),
            ("a.png", ["--layout", "round"], "Layout must be one of tree, radial."),
            (
                "a.png",
                ["--preset", "a5"],
                "Preset must be one of slide, a4, a4-landscape, a3, poster.",
            ),
            (
                "a.png",
                ["--open", "none"],
                "Open must be ids of units, with ; between them, after a - what is closed; or all.",
            ),
            (
                "a.png",
                ["--pages"],
                "Pages are only those of a PDF; ask for a PDF, or leave pages out.",
            ),
            (
                "a.png",
                ["--unit", "payrol"],
                "There is no such unit; the nearest names are: Payroll.",
            ),
            (
                "none/a.svg",
                [],
                "{path} cannot be written (No such file or directory). Choose another file.",
            ),
        ],
    )
    def test_with_invalid_options_exits_with_2_and_names_the_allowed_values(
        self,
        staff: Path,
        capsys: pytest.CaptureFixture[str],
        name: str,
        flags: list[str],
        sentence: str,
    ) -> None:
        path = staff.parent / name

        assert self.export(path, "--data", str(staff), *flags) == 2

        printed = capsys.readouterr()
        assert printed.err == sentence.format(path=path) + "\n"
        assert printed.out == ""
        assert [path.name for path in staff.parent.iterdir()] == ["staff.csv"]

    @pytest.mark.parametrize(
        "arguments",
        [["network"], ["-o", "a.png"], ["outline", "-o", "a.png"], ["network", "-o", "a", "-x"]],
    )
    def test_with_wrong_arguments_exits_with_2(self, arguments: list[str]) -> None:
        with pytest.raises(SystemExit) as raised:
            app.main(["export", *arguments])

        assert raised.value.code == 2

    def test_of_unreadable_data_exits_with_1(self, tmp_path: Path) -> None:
        assert self.export(tmp_path / "a.png", "--data", str(tmp_path / "missing.csv")) == 1

    def test_prints_the_characters_that_no_font_has(
        self, staff: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        staff.write_text("name\nPay \U0010fffd\n", encoding="utf-8")

        assert self.export(staff.with_name("a.svg"), "--data", str(staff)) == 0

        assert capsys.readouterr().err == (
            "No font of this machine has U+10FFFD, so they are left blank. "
            "Install one that has them, such as Noto.\n"
        )

    def test_keeps_the_old_picture_if_the_disk_is_full(
        self, staff: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        path = staff.with_name("a.svg")
        path.write_text("old")
        monkeypatch.setattr("os.fsync", full)

        assert self.export(path, "--data", str(staff)) == 2

        assert path.read_text() == "old"
        assert sorted(path.name for path in staff.parent.iterdir()) == ["a.svg", "staff.csv"]
        error = capsys.readouterr().err
        assert (
            error == f"{path} cannot be written (No space left on device). Choose another file.\n"
        )


class TestCompare:
    HARBOUR = ROOT / "data" / "harbour-office"

    @pytest.fixture
    def later(self, tmp_path: Path) -> Path:
        path = tmp_path / "later.csv"
        path.write_text(
            "id,name,parent\nboard,Board,\npay,Pay,board\naudit,Audit,pay\n", encoding="utf-8"
        )
        return path

    @pytest.fixture
    def earlier(self, tmp_path: Path) -> Path:
        path = tmp_path / "earlier.csv"
        path.write_text(STAFF.replace("bord", "board"), encoding="utf-8")
        return path

    def test_prints_the_changes_and_returns_that_there_are_some(
        self, earlier: Path, later: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert app.main(["compare", str(earlier), str(later)]) == 3

        lines = capsys.readouterr().out.splitlines()
        assert lines[:3] == [
            "earlier.csv → later.csv",
            "3 units before, 3 units now.",
            "1 moved, 1 renamed.",
        ]
        assert "  Audit: Board → Pay  [Board]" in lines

    def test_returns_that_there_are_none(
        self, earlier: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert app.main(["compare", str(earlier), str(earlier)]) == 0
        assert "Nothing has changed." in capsys.readouterr().out

    def test_prints_the_changes_as_json(
        self, earlier: Path, later: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert app.main(["compare", str(earlier), str(later), "--json"]) == 3

        content = json.loads(capsys.readouterr().out)
        assert (content["counts"]["moved"], content["counts"]["renamed"]) == (1, 1)
        assert [(change["kind"], change["unit"]) for change in content["changes"]] == [
            ("moved", "audit"),
            ("renamed", "pay"),
        ]

    def test_writes_the_changes(
        self, earlier: Path, later: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        output = tmp_path / "changes.md"

        assert app.main(["compare", str(earlier), str(later), "-o", str(output)]) == 3
        assert "## Moved (1)" in output.read_text(encoding="utf-8")
        assert app.main(["compare", str(earlier), str(later), "-o", "changes.pdf"]) == 2
        assert "There is no format “.pdf” of changes" in capsys.readouterr().err

    def test_takes_what_a_table_of_matches_settles(
        self, earlier: Path, later: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        matches = tmp_path / "matches.csv"
        call = ["compare", str(earlier), str(later), "--matches", str(matches)]

        matches.write_text("before,after\npay,audit\n", encoding="utf-8")
        assert app.main([*call, "--json"]) == 3
        changes = json.loads(capsys.readouterr().out)["changes"]
        assert (["pay"], ["audit"]) in [
            (change["units_before"], change["units_after"]) for change in changes
        ]

        matches.write_text("before,after\npay,nobody\n", encoding="utf-8")
        assert app.main(call) == 1
        assert "“nobody” is not the id of a unit" in capsys.readouterr().err

    def test_compares_two_days_of_a_table(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        table = tmp_path / "units.csv"
        table.write_text(
            "id,name,parent,from,to\na,Board,,1990,\nb,Old,a,1990,2015\nc,New,a,2016,\n"
        )
        call = ["compare", str(table), "--before", "2010-01-01"]

        assert app.main([*call, "--at", "2020-01-01"]) == 3
        assert "1 new, 1 gone." in capsys.readouterr().out
        assert app.main([*call, "--at", "2012-01-01"]) == 0

    def test_compares_the_newest_states_of_a_folder(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert app.main(["compare", str(self.HARBOUR)]) == 3

        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "2025-01-01 → 2026-01-01"
        assert lines[2] == "5 new, 3 gone, 2 moved, 3 renamed, 2 splits, 2 mergers."

    def test_names_each_state_that_cannot_be_read(
        self, earlier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        missing = tmp_path / "missing.csv"

        assert app.main(["compare", str(missing), str(earlier)]) == 1
        assert capsys.readouterr().err.startswith("missing.csv: There is no such file or folder.")
        assert app.main(["compare", str(earlier), str(missing), "--json"]) == 1
        content = json.loads(capsys.readouterr().out)
        assert content["changes"] == []
        assert [problem["kind"] for problem in content["problems"]] == ["no-file"]

    @pytest.mark.parametrize("more", [[], ["--before", "yesterday"]])
    def test_needs_two_states(
        self, more: list[str], earlier: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert app.main(["compare", str(earlier), *more]) == 2
        assert "--before" in capsys.readouterr().err


class TestServe:
    def test_fails_if_the_data_cannot_be_read(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert app.main(["serve", str(tmp_path / "missing.csv"), "--port", "0"]) == 1

        assert "no such file" in capsys.readouterr().err

    def test_with_a_port_in_use_exits_with_2_and_a_remedy(self, staff: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            done = run("serve", str(staff), "--port", str(taken.getsockname()[1]))

        assert done.returncode == 2
        assert "cannot be used" in done.stderr
        assert done.stderr.endswith("Choose another.\n")
        assert done.stderr.count("\n") == 1

    def test_answers_logs_requests_and_bears_the_connections_of_forty_browsers(
        self, staff: Path
    ) -> None:
        serve = ("serve", str(staff), "--port", "0", "--access-log")
        with started(*serve) as (first, address, output), ExitStack() as connections:
            assert first == "Staff: 3 units, 2 levels"
            assert answer(address).startswith("<!DOCTYPE html>")
            lines = (line for line in output if "REMIT_ADDRESS" not in line)
            assert re.search(r'"GET / HTTP/1\.1" 200 \d+$', next(lines).rstrip())

            port = int(address.rpartition(":")[2])
            for _ in range(40 * 6):
                connections.enter_context(socket.create_connection(("127.0.0.1", port)))
            assert answer(address).startswith("<!DOCTYPE html>")

    def test_by_the_environment_reads_a_large_table_from_the_cache_at_the_second_start(
        self, tmp_path: Path
    ) -> None:
        rows = (f"Unit {number},Unit {(number - 1) // 8}\n" for number in range(1, 150_000 + 1))
        table, cache = tmp_path / "large.csv", str(tmp_path / "cache")
        table.write_text("name,parent\n" + "".join(rows), encoding="utf-8")

        with started("serve", str(table), "--port", "0", REMIT_CACHE=cache) as (_, _, output):
            assert "cache" not in next(output)
        # The same by the environment alone: to serve is the default command.
        by_environment = {"REMIT_DATASET": str(table), "REMIT_PORT": "0", "REMIT_CACHE": cache}
        with started(**by_environment) as (first, address, output):
            assert first.startswith("Large: 150,000 units")
            read = next(output)
            assert re.fullmatch(r"Read 150,000 units from the cache in \d+\.\d s\.\n", read)
            assert answer(address).startswith("<!DOCTYPE html>")


@contextmanager
def serving(*arguments: str, **environment: str) -> Iterator[tuple[str, str]]:
    """Yield the first output of a server and its address; the server ends with the block."""
    with started(*arguments, **environment) as (first, address, _):
        yield first, address


@contextmanager
def started(*arguments: str, **environment: str) -> Iterator[tuple[str, str, Iterator[str]]]:
    """Yield the first output of a server, its address, and the lines that follow."""
    with subprocess.Popen(  # noqa: S603, our own program
        [sys.executable, "app.py", *arguments],
        cwd=ROOT,
        env=clean_environment() | environment,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as server:
        try:
            assert server.stdout
            first = server.stdout.readline().rstrip()
            match = re.search(r"http://127\.0\.0\.1:[1-9]\d*", server.stdout.readline())
            assert match
            yield first, match[0], iter(server.stdout.readline, "")
        finally:
            server.terminate()


def answer(address: str) -> str:
    with urlopen(f"{address}/", timeout=30) as response:  # noqa: S310, an address of our own
        text: str = response.read().decode()
    return text.lstrip()


class TestForWsgi:
    def test_server_is_a_flask_application_of_the_shipped_organization(self) -> None:
        assert isinstance(app.server, Flask)
        assert "47 units" in app.server.test_client().get("/").get_data(as_text=True)

    def test_server_is_made_once(self) -> None:
        assert app.server is app.server

    def test_other_attributes_do_not_exist(self) -> None:
        with pytest.raises(AttributeError, match="application"):
            _ = app.application


def imported(path: Path) -> set[str]:
    """Return the top-level names of the modules that a file imports."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.add(node.module.partition(".")[0])
    return modules


LOADED = "import app, sys; app.main(sys.argv[1:]); print(*sys.modules)"
SERVER, DRAWING, REPORT, SUBSETS, OTHER_TABLES = (
    {"dash", "flask", "waitress", "tantivy"},
    {"components.diagrams.picture", "fontTools", "pyphen", "resvg"},
    {"rich"},
    {"fontTools.subset", "fontTools.varLib"},
    {"markdown_it", "chardet", "pypdf"},
)
"""Modules that take time to load, by what needs them."""


@pytest.mark.parametrize(
    ("arguments", "spared"),
    [
        (["check", "STAFF"], SERVER | DRAWING | SUBSETS | OTHER_TABLES),
        (["check", "STAFF", "--json"], SERVER | DRAWING | SUBSETS | OTHER_TABLES | REPORT),
        (["export", "sunburst", "-o", "a.png"], SERVER | SUBSETS | OTHER_TABLES | REPORT),
        (["export", "sunburst", "-o", "a.svg"], SERVER | OTHER_TABLES | REPORT),
    ],
)
def test_a_command_loads_no_library_that_it_does_not_need(
    staff: Path, arguments: list[str], spared: set[str]
) -> None:
    done = subprocess.run(  # noqa: S603, our own program
        [
            sys.executable,
            "-c",
            LOADED,
            *[str(staff) if each == "STAFF" else each for each in arguments],
        ],
        cwd=staff.parent,
        env=clean_environment() | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert spared & {*done.stdout.split()} == set()


def test_nothing_in_components_imports_the_command_line() -> None:
    modules = list((ROOT / "components").rglob("*.py"))

    assert len(modules) > 10
    assert "components" in imported(ROOT / "app.py")
    assert [path.name for path in modules if "app" in imported(path)] == []


class TestFreeze:
    def test_writes_a_folder(
        self, staff: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert app.main(["freeze", str(staff), "-o", str(tmp_path / "site")]) == 0
        assert re.fullmatch(r".*site: [0-9] units, [0-9.]+ MB\n", capsys.readouterr().out)
        assert (tmp_path / "site" / "index.html").is_file()

    def test_writes_the_states_of_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "states").mkdir()
        for year in ("2024", "2025"):
            table = f"id,name,parent\na,Board,\nb,Audit {year},a\n"
            (tmp_path / "states" / f"{year}.csv").write_text(table, encoding="utf-8")
        site = tmp_path / "site"
        assert app.main(["freeze", str(tmp_path / "states"), "-o", str(site)]) == 0
        page = (site / "index.html").read_text(encoding="utf-8")
        assert 'data-days="2024-01-01 2025-01-01"' in page

    def test_replaces_no_other_folder_without_force(
        self, staff: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert app.main(["freeze", str(staff), "-o", str(staff.parent)]) == 2
        printed = capsys.readouterr().err
        assert printed.count("\n") == 1
        assert "--force" in printed
        assert [path.name for path in staff.parent.iterdir()] == [staff.name]
