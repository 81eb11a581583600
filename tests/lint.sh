#!/bin/sh
# sh tests/lint.sh format            is every source file as clang-format 14 would write it?
# sh tests/lint.sh fix               write them so
# sh tests/lint.sh analyze [file]... clang-tidy, its findings as errors; all of src, capi and
#                                    examples unless files are named
set -eu
cd "$(dirname "$0")/.."

sources() {
  for folder in "$@"; do
    [ ! -d "$folder" ] || find "$folder" -name node_modules -prune -o -type f \
      \( -name '*.cpp' -o -name '*.hpp' -o -name '*.c' -o -name '*.h' \) -print
  done | sort
}

format() {
  sources include src capi examples tests | xargs -r -n 50 -P "$(nproc)" clang-format-14 "$@"
}

case ${1:-} in
  format) format --dry-run -Werror ;;
  fix) format -i ;;
  analyze)
    shift
    cmake --preset dev-clang > /dev/null
    [ $# -gt 0 ] || set -- $(sources src capi examples | grep '\.cpp$')
    printf '%s\n' "$@" | xargs -n 1 -P "$(nproc)" clang-tidy-14 --quiet -p build/dev-clang \
      2> /dev/null
    ;;
  *)
    echo "usage: sh tests/lint.sh format|fix|analyze [file]..." >&2
    exit 2
    ;;
esac
