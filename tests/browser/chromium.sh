#!/bin/sh
# Installs a Chromium for the browser tests, unless there is one: with apt if possible, else with
# Playwright. Usage: chromium.sh PYTHON, where PYTHON has Playwright.
set -eu

for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome chrome; do
    if [ -n "$name" ] && command -v "$name" > /dev/null; then
        exit 0
    fi
done

as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
fi
if command -v apt-get > /dev/null && $as_root true 2> /dev/null; then
    echo "Installing Chromium with apt"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium
else
    echo "Installing Chromium with Playwright"
    "$1" -m playwright install chromium
fi
