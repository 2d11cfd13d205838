"""What runs: digests that change with the program, with Python and with the installed packages."""

from __future__ import annotations

import hashlib
import os
import platform
from fnmatch import fnmatch
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import components

PROGRAM = Path(components.__file__).parent
NOT_PROGRAM = ("__pycache__", ".*", "#*", "*~", "*.bak", "*.orig", "*.tmp")
"""Names of files and folders that are left over by Python and by editors."""


@cache  # for the process: it goes on running the files that it has loaded
def digest_of_files(folder: Path = PROGRAM) -> bytes:
    """Return a digest of the names and the contents of all files of a folder of the program."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        is_program = not any(fnmatch(part, glob) for part in name.parts for glob in NOT_PROGRAM)
        if is_program and path.is_file():
            digest.update(os.fsencode(name) + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()


@cache
def environment_digest() -> str:
    """Return a digest of the program, and of the versions of Python and of all its packages."""
    packages = sorted(f"{package.name} {package.version}" for package in distributions())
    versions = (platform.python_implementation(), platform.python_version(), *packages)
    return hashlib.sha256(digest_of_files() + repr(versions).encode()).hexdigest()
