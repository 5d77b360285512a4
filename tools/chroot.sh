#!/bin/bash
# Puts Debian 13 with its Kodi 21 and its Python into build/kodi21, for the tests: some minutes, once.
#     tools/chroot.sh
# Nothing is mounted there that would stay; `make clean` may delete it.
set -euo pipefail
cd "$(dirname "$0")/.."

ROOT=build/kodi21
DONE=$ROOT/.complete
LOG=build/kodi21.log
PACKAGES=(
    kodi libgl1-mesa-dri libegl1 libgles2 ca-certificates
    python3-pytest python3-pytest-xdist python3-hypothesis python3-trustme
    python3-certifi python3-requests python3-polib python3-pyqrcode
)

# What was installed last says what it holds, and that it is complete.
if [ -e $DONE ] && [ "$(cat $DONE)" = "${PACKAGES[*]}" ]; then
    exit
fi
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)

quietly() { # command; what it says is shown only when it fails
    "${as_root[@]}" "$@" >>$LOG 2>&1 || {
        tail -n 20 $LOG >&2
        echo "This failed: $*" >&2
        exit 1
    }
}

echo "Putting Debian 13 with Kodi 21 into $ROOT, five minutes at most."
mkdir -p build
: >$LOG
if [ ! -e $DONE ]; then
    quietly rm -rf --one-file-system $ROOT
    quietly debootstrap --variant=minbase trixie $ROOT http://deb.debian.org/debian
fi
# Packages are set up without a /proc of their own: none of these needs one.
quietly chroot $ROOT apt-get -q update
quietly chroot $ROOT env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y --no-install-recommends install "${PACKAGES[@]}"
quietly chroot $ROOT apt-get clean
quietly sh -c 'echo "$2" >"$1"' sh $DONE "${PACKAGES[*]}"
