#!/bin/bash
# Installs what is missing for developing and testing, and nothing else:
#     tools/install.sh          everything: Python's tools, and a Kodi that runs without a screen
#     tools/install.sh python   Python's tools only: enough for zip, lint and unit
#     tools/install.sh compiler the same, and a C compiler: only `make bench PART=disk` needs one
# It is done in a blink when everything is there.
set -euo pipefail
cd "$(dirname "$0")/.."

PYTHON=/usr/bin/python3
VENV=build/venv
APT_LOG=build/apt.log

main() { # [python|compiler]
    local what=${1:-everything}
    case $what in
        everything | python | compiler) ;;
        *) fail "usage: tools/install.sh [python|compiler]" ;;
    esac
    look_for "$what"
    if [ ${#missing[@]} -gt 0 ]; then
        install_packages
        look_for "$what"
        [ ${#missing[@]} -eq 0 ] || fail "Installed, but still not found:" "${reasons[@]}"
    fi
    install_venv
}

# Fills missing (Debian packages) and reasons (what each is for).
# Xvfb brings Mesa's software rendering along; python3-venv brings pip and the certificates.
look_for() { # everything|python|compiler
    missing=() reasons=()
    need python3 "runs the tools and the tests" test -x $PYTHON
    need python3-venv "keeps their Python packages in $VENV" $PYTHON -c "import ensurepip"
    if [ "$1" = compiler ]; then
        need gcc "compiles the slow disk of the benchmarks" command -v cc
        need libc6-dev "says what the C library has" test -e /usr/include/stdio.h
    fi
    [ "$1" = everything ] || return 0
    need kodi "the player that the tests drive" ls /usr/lib/*/kodi/kodi.bin
    need xvfb "a screen that nobody sees" test -x /usr/bin/Xvfb
    need imagemagick "takes the pictures of that screen" test -x /usr/bin/import
    need debootstrap "puts another Debian with a newer Kodi into a folder" test -x /usr/sbin/debootstrap
    need mariadb-server-core "keeps a library that two Kodis share" test -x /usr/sbin/mariadbd
    need mariadb-client-core "asks that library" test -x /usr/bin/mariadb
    need zbar-tools "reads the QR code off these pictures" test -x /usr/bin/zbarimg
}

need() { # package, what it is for, command that succeeds when it is there
    if ! "${@:3}" >/dev/null 2>&1; then
        missing+=("$1")
        reasons+=("  $1: $2")
    fi
}

install_packages() {
    local root=()
    command -v apt-get >/dev/null ||
        fail "This needs the following (named as in Debian), and only knows apt to get it." \
            "Please install it in your system's own way and try again." "${reasons[@]}"
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null ||
            fail "This needs the following. Please run it as root, or install sudo." "${reasons[@]}"
        root=(sudo)
    fi
    printf '%s\n' "Installing from Debian, some minutes at most:" "${reasons[@]}"
    mkdir -p build
    quietly "${root[@]}" apt-get -q update
    quietly "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        -o DPkg::Lock::Timeout=300 install --no-install-recommends "${missing[@]}"
}

quietly() { # command; what it says is shown only when it fails
    "$@" >$APT_LOG 2>&1 || fail "$(tail -n 20 $APT_LOG)" "This failed: $*"
}

install_venv() {
    # Its own copy of requirements.txt, made last, says what it holds and that it is complete.
    if cmp -s requirements.txt $VENV/requirements.txt; then
        return
    fi
    echo "Installing the packages of requirements.txt into $VENV."
    $PYTHON -m venv $VENV
    $VENV/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
    cp requirements.txt $VENV/requirements.txt
}

fail() { # lines to say
    printf '%s\n' "$@" >&2
    exit 1
}

main "$@"
