#!/bin/sh
# sh examples/demo.sh [argument of retail_demo]...
#
# From a bare Debian 12 to a year of a real shop, run through the engine to the penny: installs what
# is missing, builds a release, and plays examples/data/online_retail_30k.csv.
set -eu
cd "$(dirname "$0")/.."

sh cmake/deps.sh build
echo "Building build/release ..."
cmake --preset release > /dev/null
cmake --build build/release -j "$(nproc)" --target retail_demo
exec build/release/examples/retail_demo examples/data/online_retail_30k.csv "$@"
