#!/bin/bash
# Puts another Debian with its Kodi and its Python into a folder, for the tests: some minutes, once.
#     tools/chroot.sh trixie    Debian 13 into build/kodi21: Kodi 21.2, Python 3.13
#     tools/chroot.sh forky     the Debian after it into build/kodi213: Kodi 21.3, Python 3.14
# It comes from the mirror that this system's own apt uses, or from MIRROR where that is set.
# Nothing is mounted there that would stay; `make clean` may delete it.
set -euo pipefail
cd "$(dirname "$0")/.."

DEBIAN=${1:-}
case $DEBIAN in
    trixie) ROOT=build/kodi21 ;;
    forky) ROOT=build/kodi213 ;;
    *)
        echo "usage: tools/chroot.sh trixie|forky" >&2
        exit 1
        ;;
esac
DONE=$ROOT/.complete
LOG=$ROOT.log
# Debian 12 knows no forky yet. That is made as sid is, as trixie was.
SCRIPT=/usr/share/debootstrap/scripts/sid
PACKAGES=(
    kodi libgl1-mesa-dri libegl1 libgles2 ca-certificates
    python3-pytest python3-pytest-xdist python3-hypothesis python3-trustme
    python3-certifi python3-requests python3-polib python3-pyqrcode
)

main() {
    # What was installed last says what it holds, and that it is complete.
    if [ -e $DONE ] && [ "$(cat $DONE)" = "${PACKAGES[*]}" ]; then
        return
    fi
    as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    mkdir -p build
    : >$LOG
    echo "Putting Debian's $DEBIAN with its Kodi into $ROOT, five minutes at most."
    [ -e $DONE ] || begin
    # Packages are set up without a /proc of their own: none of these needs one.
    quietly chroot $ROOT apt-get -q update
    quietly chroot $ROOT env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y --no-install-recommends install "${PACKAGES[@]}"
    quietly chroot $ROOT apt-get clean
    put $DONE "${PACKAGES[*]}"
    # A Debian that is not released yet goes on: what it has by now is said.
    dpkg-query --admindir=$ROOT/var/lib/dpkg -f '${Package} ${Version}\n' -W kodi python3
}

begin() {
    local mirror=${MIRROR:-$(mirror_of_apt)}
    if [ -z "$mirror" ]; then # its lists may have been cleared away
        quietly apt-get -q update
        mirror=$(mirror_of_apt)
    fi
    [ -n "$mirror" ] || fail "The apt of this system knows no mirror of Debian." \
        "Please name one: MIRROR=… tools/chroot.sh $DEBIAN"
    quietly rm -rf --one-file-system $ROOT
    quietly debootstrap --variant=minbase "$DEBIAN" $ROOT "$mirror" $SCRIPT
    # What this system's apt was told about the way there, and about old lists, is true of this one.
    put $ROOT/etc/apt/apt.conf.d/90outside "$(apt-config dump --no-empty --format '%F "%v";%n' \
        Acquire::http Acquire::https Acquire::Check-Valid-Until Acquire::Check-Date)"
}

# Of Debian itself: its security updates, backports and packages of others are not a whole Debian.
mirror_of_apt() {
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)' "Created-By: Packages" |
        awk -F '|' '/^Debian\|Debian\|main\|https?:/ && !n++ { sub("/$", "", $4); print $4 }'
}

put() { # file, text
    quietly sh -c 'echo "$2" >"$1"' sh "$@"
}

quietly() { # command; what it says is shown only when it fails
    "${as_root[@]}" "$@" >>$LOG 2>&1 || fail "$(tail -n 20 $LOG)" "This failed: $*"
}

fail() { # lines to say
    printf '%s\n' "$@" >&2
    exit 1
}

main
