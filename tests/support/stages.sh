# Read by tests/run.sh: stages that count what passed and failed.

jobs=$(nproc)
passed=0
failed=0
failures=
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

note() { printf '\n== %s\n' "$*"; }

fail() {
  failed=$((failed + 1))
  failures="$failures
  $1"
}

# check NAME COMMAND...: a check that passes or fails as one.
check() {
  name=$1
  shift
  note "$name"
  began=$(date +%s)
  if "$@"; then
    passed=$((passed + 1))
    echo "ok ($(($(date +%s) - began)) s)"
  else
    fail "$name"
    echo "FAILED: $name"
  fi
}

# build PRESET TARGET: says nothing unless it fails; a build that fails is a failure of its own.
build() {
  note "build $1"
  began=$(date +%s)
  if cmake --preset "$1" > "$logs/build" 2>&1 &&
    cmake --build "build/$1" -j "$jobs" --target "$2" >> "$logs/build" 2>&1; then
    echo "built ($(($(date +%s) - began)) s)"
  else
    tail -n 60 "$logs/build"
    fail "build $1"
    return 1
  fi
}

# suite PRESET [CTEST ARGUMENT]...: the tests of a build, each counted.
suite() {
  preset=$1
  shift
  note "test $preset"
  wrap=
  # Without this clang 14's thread sanitizer cannot map its shadow on kernels of today.
  if [ "$preset" = tsan ] && setarch "$(uname -m)" -R true 2> /dev/null; then
    wrap="setarch $(uname -m) -R"
  fi
  rm -f "$logs/ctest"
  $wrap ctest --preset "$preset" -O "$logs/ctest" "$@"
  counts=$(sed -n 's/.*tests passed, \([0-9]*\) tests* failed out of \([0-9]*\).*/\1 \2/p' \
    "$logs/ctest" 2> /dev/null | tail -n 1)
  if [ -z "$counts" ]; then
    fail "test $preset: no tests ran"
    return 1
  fi
  bad=${counts% *}
  all=${counts#* }
  passed=$((passed + all - bad))
  failed=$((failed + bad))
  if [ "$bad" -gt 0 ]; then
    failures="$failures
$(sed -n 's/^\t *[0-9]* - \(.*\) (.*/  '"$preset"': \1/p' "$logs/ctest")"
  fi
}

# The Node package's one dependency, exactly as locked.
node_packages() {
  [ -e bindings/node/package-lock.json ] || return 0
  [ -d bindings/node/node_modules ] && return 0
  note "npm ci"
  (cd bindings/node && npm ci --no-audit --no-fund --loglevel=error) || fail "npm ci"
}

summary() {
  [ -z "$failures" ] || printf '\nFailed:%s\n' "$failures"
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}
