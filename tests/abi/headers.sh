#!/bin/sh
# headers.sh <include folder>...: each public header compiles by itself, without a warning, in every
# language and with every compiler it is meant for.
set -u
strict="-fsyntax-only -Wall -Wextra -Wpedantic -Werror"
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
includes=
for folder in "$@"; do
  includes="$includes -I$folder"
done

# try STANDARD COMPILER EXTENSION HEADER
try() {
  echo "#include <$4>" > "$work/header.$3"
  # shellcheck disable=SC2086  # words are what is wanted
  if ! "$2" -std="$1" $strict $includes "$work/header.$3"; then
    echo "$4 as $1 with $2"
    failed=1
  fi
}

for folder in "$@"; do
  for header in $(cd "$folder" && find . -name '*.h' | sed 's|^\./||'); do
    for compiler in gcc clang; do
      command -v $compiler > /dev/null || continue
      for standard in c99 c11 c17; do try $standard $compiler c "$header"; done
    done
    for compiler in g++ clang++; do
      command -v $compiler > /dev/null || continue
      for standard in c++17 c++20; do try $standard $compiler cpp "$header"; done
    done
  done
  for header in $(cd "$folder" && find . -name '*.hpp' | sed 's|^\./||'); do
    try c++20 g++ cpp "$header"
  done
done
exit $failed
