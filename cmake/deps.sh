#!/bin/sh
# sh cmake/deps.sh [build] [test] [peers] [mutation]
#
# Installs the Debian 12 packages that building (testing, tests/bench/peers, tests/mutation) needs and
# that are missing. The lists below are the only ones. With everything in place it touches neither the
# network nor the system.
set -eu

build="
  g++ cmake ninja-build pkg-config
  libsqlite3-dev libsqlitecpp-dev libsodium-dev libfmt-dev libutf8proc-dev
  doctest-dev
"
# clang's sanitizer runtimes and llvm's symbolizer are only recommended by clang itself.
test="
  clang clang-format-14 clang-tidy-14 libclang-rt-14-dev llvm-14 lld
  libcurl4-openssl-dev nlohmann-json3-dev librapidcheck-dev libbenchmark-dev
  python3 python3-pycparser python3-cffi python3-pytest mypy
  python3-build python3-setuptools python3-wheel python3-venv python3-pip
  nodejs npm
  valgrind binutils sqlite3 ca-certificates
"
# What libshop is measured against, or compiled with: tests/bench/peers.
peers="
  python3 python3-django nodejs npm make ca-certificates
"
mutation="python3-clang-14"

present() {
  case $1 in
    nodejs) command -v node > /dev/null && return ;;
    npm) command -v npm > /dev/null && return ;;
    # Its gnutls twin serves as well and conflicts with it.
    libcurl4-openssl-dev) pkg-config --exists libcurl 2> /dev/null && return ;;
  esac
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2> /dev/null)" = installed ]
}

missing=
for group in "${@:-build}"; do
  case $group in
    build) packages=$build ;;
    test) packages=$test ;;
    peers) packages=$peers ;;
    mutation) packages=$mutation ;;
    *) echo "usage: sh cmake/deps.sh [build] [test] [peers] [mutation]" >&2; exit 2 ;;
  esac
  for package in $packages; do
    present "$package" || missing="$missing $package"
  done
done
[ -n "$missing" ] || exit 0

echo "Installing:$missing"
as_root=
if [ "$(id -u)" != 0 ]; then
  command -v sudo > /dev/null || { echo "Not root and no sudo: install the above by hand" >&2; exit 1; }
  as_root=sudo
fi
export DEBIAN_FRONTEND=noninteractive
install_missing() {
  # shellcheck disable=SC2086  # a list of words
  $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends $missing
}
# Package lists on a fresh machine are empty or old: refresh them when they do not serve.
install_missing || { $as_root apt-get update -q && install_missing; }
