#!/bin/sh
# Installs a Chromium for the browser tests, unless there is one: with apt if possible, else with
# Playwright. Usage: chromium.sh PYTHON, where PYTHON has Playwright.
set -eu

for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome chrome; do
    if [ -n "$name" ] && command -v "$name" > /dev/null; then
        exit 0
    fi
done

. "$(dirname "$0")/../apt.sh"
if has_apt; then
    apt_install chromium
else
    echo "Installing Chromium with Playwright"
    "$1" -m playwright install chromium
fi
