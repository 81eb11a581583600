#!/bin/sh
# sh tests/coverage.sh [--floor N] [--again]
#
# Which lines and branches of src and capi the tests reach: a table by file, pages in
# build/coverage/html, and as the last line the total. Fails when less than N per cent of the
# branches are reached. With --again the tests are not run: the counters of the last run are read.
#
# capi/abi is written by bindings/generate.py, from the C headers, in patterns that repeat for each
# function; the total is given with and without it, and the floor is for what people write.
set -eu
cd "$(dirname "$0")/.."

floor=0
again=
while [ $# -gt 0 ]; do
  case $1 in
    --floor) floor=$2; shift 2 ;;
    --again) again=1; shift ;;
    *) sed -n '2s/^# //p' "$0" >&2; exit 2 ;;
  esac
done

if [ -z "$again" ]; then
  sh cmake/deps.sh build test
  [ -d bindings/node/node_modules ] ||
    (cd bindings/node && npm ci --no-audit --no-fund --loglevel=error)
  cmake --preset coverage > /dev/null
  cmake --build build/coverage -j "$(nproc)"
  rm -rf build/coverage/profiles
  # What is left out looks at sources, exports and packages. Of the faults, which take long, those
  # that lead where nothing else does are played below.
  ctest --preset coverage -LE 'abi|tidy|faults|bench' \
    -E 'bindings.(generated|drift|wheel|npm|mypy|tsc)'
  LLVM_PROFILE_FILE="$PWD/build/coverage/profiles/%m%c.profraw"
  export LLVM_PROFILE_FILE
  build/coverage/tests/test_faults \
    --source-file='*every_nth_test.cpp,*opening_test.cpp,*broken_test.cpp'
fi

cd build/coverage
llvm-profdata-14 merge -sparse profiles/*.profraw -o coverage.profdata
# Each has all of src and capi; the other programs' counters go by the names of the functions.
set -- -instr-profile coverage.profdata tests/scenario_runner -object libshop.so \
  ../../src ../../capi
llvm-cov-14 report "$@" > coverage.txt
llvm-cov-14 show -format html -output-dir html "$@"
cat coverage.txt

# Columns: regions, missed, %, functions, missed, %, lines, missed, %, branches, missed, %.
awk -v floor="$floor" '
  /%/ && $1 != "TOTAL" {
    generated = $1 ~ /(^|\/)abi\//
    lines[generated] += $8; lines_missed[generated] += $9
    branches[generated] += $11; branches_missed[generated] += $12
  }
  function rate(all, missed) { return all == 0 ? 100 : 100 * (all - missed) / all }
  function total(what, lines, lines_missed, branches, branches_missed) {
    printf "%s: %.2f %% of %d lines, %.2f %% of %d branches\n", what, rate(lines, lines_missed),
      lines, rate(branches, branches_missed), branches
  }
  END {
    total("with generated code", lines[0] + lines[1], lines_missed[0] + lines_missed[1],
      branches[0] + branches[1], branches_missed[0] + branches_missed[1])
    total("coverage", lines[0], lines_missed[0], branches[0], branches_missed[0])
    exit rate(branches[0], branches_missed[0]) < floor
  }' coverage.txt
