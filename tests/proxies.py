"""Real nginx and Apache in front of a server, as processes without any privilege."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

DEPLOYMENT = Path(__file__).parents[1] / "docs" / "deployment.md"
UPSTREAM = "127.0.0.1:8050"
"""The address of Remit in the documents."""
PLACES = ("/usr/sbin", "/usr/local/sbin", "/usr/local/bin")
NGINX = """
daemon off;
pid nginx.pid;
error_log error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log access.log;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    sendfile on;
    gzip on;
    server {{
        listen 127.0.0.1:{port};
        root .;
{directives}
    }}
}}
"""
APACHE = """
ServerRoot {folder}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile apache.pid
ErrorLog error.log
DocumentRoot {folder}
{modules}
{directives}
"""
APACHE_MODULES = Path("/usr/lib/apache2/modules")
USED_MODULES = ("mpm_event", "authz_core", "dir", "alias", "headers", "proxy", "proxy_http")
"""Modules of Debian's default configuration, and those that the documents name."""
SECONDS = 20
"""For a proxy to start."""


def documented(language: str, upstream: str, at: int = 0) -> str:
    """Return an example of a configuration from the documents, for a server elsewhere."""
    text = DEPLOYMENT.read_text(encoding="utf-8")
    examples = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert UPSTREAM in examples[at]
    return str(examples[at]).replace(UPSTREAM, upstream)


@contextmanager
def nginx(directives: str) -> Iterator[str]:
    """Run nginx with directives of a ``server``; yield its address, without a slash."""
    program = _program("nginx")
    with _folder() as folder:
        port = free_port()
        (folder / "nginx.conf").write_text(NGINX.format(port=port, directives=directives))
        command = [program, "-p", f"{folder}/", "-c", "nginx.conf", "-e", "error.log"]
        with _running(command, folder, port) as address:
            yield address


@contextmanager
def apache(directives: str) -> Iterator[str]:
    """Run Apache with directives; yield its address, without a slash."""
    program = _program("apache2")
    modules = "\n".join(
        f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so" for name in USED_MODULES
    )
    with _folder() as folder:
        port = free_port()
        text = APACHE.format(folder=folder, port=port, modules=modules, directives=directives)
        (folder / "apache.conf").write_text(text)
        command = [program, "-f", f"{folder}/apache.conf", "-D", "FOREGROUND"]
        with _running(command, folder, port) as address:
            yield address


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _program(name: str) -> str:
    path = os.pathsep.join([os.environ.get("PATH", ""), *PLACES])
    program = shutil.which(name, path=path)
    if program is None:
        pytest.skip(f"{name} is not installed; tests/proxies.sh installs it where apt is there")
    return program


@contextmanager
def _folder() -> Iterator[Path]:
    """Make a folder that a process without privileges can use."""
    with TemporaryDirectory(prefix="remit-") as name:
        if os.getuid() == 0:
            shutil.chown(name, "nobody")
        yield Path(name)


@contextmanager
def _running(command: Sequence[str], folder: Path, port: int) -> Iterator[str]:
    user = "nobody" if os.getuid() == 0 else None
    output = (folder / "output.txt").open("wb")
    process = subprocess.Popen(  # noqa: S603  # the proxy of this machine
        command, cwd=folder, stdout=output, stderr=output, user=user
    )
    try:
        _wait_for(port, process, folder)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)
        output.close()


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    logs = [path.read_text() for path in (folder / "output.txt", *folder.glob("error.log"))]
    raise AssertionError("\n".join(["The proxy does not answer.", *logs]))
