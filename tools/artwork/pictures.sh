#!/bin/bash
# Puts pictures of a running Kodi where they are shown: into docs/pictures/ for the README, and as
# the screenshots in addon.xml. `make demo` and `make pictures` take them:
#     tools/artwork/pictures.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

demo=build/demo
windows=build/pictures/en_gb

for picture in $demo/{films-before,films-after,season-after,other-after}.png \
    $windows/{sign-in,menu}.png; do
    /usr/bin/convert "$picture" -resize 900x -strip +dither -colors 200 \
        "docs/pictures/$(basename "$picture")"
done

screenshot() { # picture, number
    /usr/bin/convert "$1" -alpha off -strip -quality 85 "resources/media/screenshot-$2.jpg"
}
screenshot $demo/films-after.png 1
screenshot $demo/season-after.png 2
screenshot $windows/sign-in.png 3
