#!/bin/sh
# Installs Firefox, and WebKitGTK with its driver and a display, with apt where they are missing.
set -eu

missing=
for command_and_package in \
    firefox-esr:firefox-esr WebKitWebDriver:webkit2gtk-driver Xvfb:xvfb; do
    if ! command -v "${command_and_package%:*}" > /dev/null; then
        missing="$missing ${command_and_package#*:}"
    fi
done
if [ -z "$missing" ]; then
    exit 0
fi

. "$(dirname "$0")/../apt.sh"
if has_apt; then
    # shellcheck disable=SC2086  # several packages
    apt_install $missing
else
    echo "Install$missing: the tests in other engines need them." >&2
    exit 1
fi
