#!/bin/sh
# Installs nginx and Apache with apt where they are missing. Without apt the tests behind them are
# skipped.
set -eu

. "$(dirname "$0")/apt.sh"
PATH="$PATH:/usr/sbin"
missing=$(missing_packages nginx:nginx apache2:apache2-bin)
if [ -z "$missing" ]; then
    exit 0
fi
if has_apt; then
    # shellcheck disable=SC2086  # several packages
    apt_install $missing
else
    echo "Without$missing the tests behind a proxy are skipped." >&2
fi
