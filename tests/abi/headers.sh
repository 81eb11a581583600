#!/bin/sh
# headers.sh <include folder>...: each public header compiles by itself without a warning, and the C
# API in every language and with every compiler it is meant for.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
includes=
for folder in "$@"; do includes="$includes -I$folder"; done

headers() { (cd "$1" && find . -name "$2" | sed 's|^\./||'); }

# Lines of: standard, compiler, language, header
for folder in "$@"; do
  for header in $(headers "$folder" '*.h'); do echo "c11 gcc c $header"; done
  for header in $(headers "$folder" '*.hpp'); do echo "c++20 g++ c++ $header"; done
  [ -e "$folder/shop.h" ] || continue
  for compiler in gcc clang; do
    for standard in c99 c11 c17; do echo "$standard $compiler c shop.h"; done
  done
  for compiler in g++ clang++; do
    for standard in c++17 c++20; do echo "$standard $compiler c++ shop.h"; done
  done
done | sort -u | while read -r standard compiler language header; do
  if command -v "$compiler" > /dev/null; then
    echo "$standard $compiler $language $header"
  fi
done > "$work/cases"

cat > "$work/try" <<'END'
echo "#include <$5>" | "$3" -x "$4" -std="$2" $1 -fsyntax-only -Wall -Wextra -Wpedantic -Werror - \
  || { echo "$5 as $2 with $3"; exit 1; }
END
xargs -L 1 -P "$(nproc)" sh "$work/try" "$includes" < "$work/cases"
echo "$(wc -l < "$work/cases") compilations"
