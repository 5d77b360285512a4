#!/bin/bash
# Puts Debian 13 with its Kodi 21 into build/kodi21, for the tests: some minutes, once.
#     tools/chroot.sh
# Nothing is mounted there that would stay; `make clean` may delete it.
set -euo pipefail
cd "$(dirname "$0")/.."

ROOT=build/kodi21
DONE=$ROOT/.complete
LOG=build/kodi21.log
PACKAGES=(kodi libgl1-mesa-dri libegl1 libgles2 ca-certificates)

if [ -e $DONE ]; then
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
quietly rm -rf --one-file-system $ROOT
quietly debootstrap --variant=minbase trixie $ROOT http://deb.debian.org/debian
# Packages are set up without a /proc of their own: none of these needs one.
quietly chroot $ROOT env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y --no-install-recommends install "${PACKAGES[@]}"
quietly chroot $ROOT apt-get clean
quietly touch $DONE
