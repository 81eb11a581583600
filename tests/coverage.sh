#!/bin/sh
# sh tests/coverage.sh: which lines of src and capi the tests reach, as a table, and as pages in
# build/coverage/html.
set -eu
cd "$(dirname "$0")/.."
sh cmake/deps.sh build test
rm -rf build/coverage/profiles
cmake --preset coverage > /dev/null
cmake --build build/coverage -j "$(nproc)"
ctest --preset coverage -LE 'abi|tidy|faults' # these reach nothing that others do not
cd build/coverage
llvm-profdata-14 merge -sparse profiles/*.profraw -o coverage.profdata
set --
for program in tests/test_* tests/capi_*; do
  [ ! -x "$program" ] || set -- "$@" -object "$program"
done
# The C programs run the shared library's code.
[ ! -e libshop.so ] || set -- "$@" -object libshop.so
llvm-cov-14 report -instr-profile coverage.profdata "$@" ../../src ../../capi
llvm-cov-14 show -instr-profile coverage.profdata -format html -output-dir html "$@" \
  ../../src ../../capi
