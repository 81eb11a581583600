#!/bin/sh
# quickstart.sh <program> <file> <Node package>: runs an interpreted quick start where its imports
# find this tree's packages.
set -eu
program=$1 file=$2 package=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/node_modules"
ln -s "$package" "$folder/node_modules/libshop"
cp "$file" "$folder/"
cd "$folder"
"$program" "$(basename "$file")"
