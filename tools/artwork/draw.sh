#!/bin/bash
# Makes resources/media/icon.png and fanart.jpg from the drawings beside this script:
#     tools/artwork/draw.sh
# Needs Debian's librsvg2-bin and imagemagick. Nothing else here needs the first of them.
set -euo pipefail
cd "$(dirname "$0")"

MEDIA=../../resources/media
drawn=$(mktemp -d)
trap 'rm -rf "$drawn"' EXIT

rsvg-convert --width 512 --height 512 --output "$drawn/icon.png" icon.svg
rsvg-convert --width 1280 --height 720 --output "$drawn/fanart.png" fanart.svg

# 24-bit RGB without alpha or dates: the add-on checker wants it opaque, git wants it the same.
/usr/bin/convert "$drawn/icon.png" -alpha off -depth 8 -strip \
    -define png:color-type=2 -define png:exclude-chunks=date,time "$MEDIA/icon.png"
/usr/bin/convert "$drawn/fanart.png" -alpha off -strip -quality 88 "$MEDIA/fanart.jpg"
