#!/bin/sh
# exports.sh <libshop.so> <public header>...
#
# The C library exports exactly the functions that its headers declare, all of them shop_*: a static
# dependency whose symbols leaked would collide with the host's own copy of it.
set -eu
library=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

nm -D --defined-only "$library" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' \
  | sort > "$work/exported"
if grep -v '^shop_' "$work/exported" > "$work/foreign"; then
  echo "exported, but not shop_*:"
  head -n 20 "$work/foreign"
  exit 1
fi

cat "$@" | grep -v '^#' | tr '\n' ' ' | grep -o 'SHOP_API [^;{]*;' \
  | sed 's/^[^(]*[ *]\(shop_[a-z0-9_]*\)(.*/\1/' | sort > "$work/declared"
[ -s "$work/declared" ] || { echo "no declarations found in: $*"; exit 1; }
if ! diff "$work/declared" "$work/exported" > "$work/difference"; then
  echo "declared but not exported (<), exported but not declared (>):"
  grep '^[<>]' "$work/difference"
  exit 1
fi
echo "$(wc -l < "$work/exported") functions"
