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

as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
fi
if command -v apt-get > /dev/null && $as_root true 2> /dev/null; then
    echo "Installing$missing with apt"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086  # several packages
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing
else
    echo "Install$missing: the tests in other engines need them." >&2
    exit 1
fi
