#!/bin/sh
# Installs Firefox, and WebKitGTK with its driver and a display, with apt where they are missing.
set -eu

. "$(dirname "$0")/../apt.sh"
missing=$(missing_packages firefox-esr:firefox-esr WebKitWebDriver:webkit2gtk-driver Xvfb:xvfb)
if [ -z "$missing" ]; then
    exit 0
fi
if has_apt; then
    # shellcheck disable=SC2086  # several packages
    apt_install $missing
else
    echo "Install$missing: the tests in other engines need them." >&2
    exit 1
fi
