# Functions for scripts that install what tests need; to be read with `.`.

as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
fi

# Tells whether packages can be installed with apt.
has_apt() {
    command -v apt-get > /dev/null && $as_root true 2> /dev/null
}

# Installs packages with apt.
apt_install() {
    echo "Installing $* with apt"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$@"
}

# Prints a space and the name of the package for each missing command; takes COMMAND:PACKAGE, ...
missing_packages() {
    for command_and_package in "$@"; do
        if ! command -v "${command_and_package%:*}" > /dev/null; then
            printf ' %s' "${command_and_package#*:}"
        fi
    done
}
