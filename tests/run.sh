#!/bin/sh
# sh tests/run.sh [stage]...
#
# Installs what is missing, builds and runs the tests. Without arguments the stages lint, release,
# clang, analyze and campaign; `all` runs every stage, in this order:
#
#   lint      clang-format 14, generated files up to date
#   release   g++ -O2: everything is built, all tests run
#   clang     clang -O0: everything compiles without a warning there too
#   analyze   clang-tidy over the library, the C layer and the examples
#   campaign  ten minutes of power cuts, faults, random calls, kills, races and fuzzing
#   asan      clang -O1 with address, leak and undefined behaviour sanitizers: all tests
#   tsan      clang -O1 with the thread sanitizer: the tests that start threads
#   abi       g++ -O0: the C library alone, whose exports must not depend on the optimiser
#
# A failing stage does not hide the next one. The last line is the sum over all of them: each ctest
# entry and each check counts once.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/support/stages.sh

[ $# -gt 0 ] || set -- lint release clang analyze campaign
[ "$1" != all ] || set -- lint release clang analyze campaign asan tsan abi
sh cmake/deps.sh build test || exit 1

for stage in "$@"; do
  case $stage in
    lint)
      check format sh tests/lint.sh format
      if [ -e bindings/generate.py ]; then
        check "generated files" /usr/bin/python3 bindings/generate.py --check
      fi
      ;;
    release)
      node_packages
      build release all && suite release
      ;;
    clang)
      build dev-clang all
      ;;
    asan)
      node_packages
      build asan-ubsan all && suite asan-ubsan
      ;;
    tsan)
      build tsan thread_tests && suite tsan -L threads
      ;;
    abi)
      build dev abi_test && suite dev -L abi
      ;;
    analyze)
      check clang-tidy sh tests/lint.sh analyze
      ;;
    campaign)
      # The same every time: what another change has broken does not hold a merge up.
      check campaign sh tests/campaign.sh --minutes 10 --seed 1
      ;;
    *)
      echo "no such stage: $stage" >&2
      exit 2
      ;;
  esac
done
summary
