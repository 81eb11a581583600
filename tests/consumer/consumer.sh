#!/bin/sh
# consumer.sh <build folder> <cc> <c++>
#
# Installs into an empty prefix, moves it, and builds a C and a C++ program against it with
# find_package and with pkg-config, as somebody who has only the installed files.
set -eu
build=$1
cc=$2
cxx=$3
project=$(cd "$(dirname "$0")/project" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/first" > /dev/null
prefix=$work/moved
mv "$work/first" "$prefix"

readelf -d "$prefix/lib/libshop.so" | grep -q 'SONAME.*\[libshop\.so\.1\]'

echo "find_package, C and C++"
cmake -S "$project" -B "$work/both" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" \
  -DCMAKE_C_COMPILER="$cc" -DCMAKE_CXX_COMPILER="$cxx" > /dev/null
cmake --build "$work/both" > /dev/null
"$work/both/consumer_c"
"$work/both/consumer_cpp"

echo "find_package, C alone"
cmake -S "$project" -B "$work/c" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" -DC_ONLY=ON \
  -DCMAKE_C_COMPILER="$cc" > /dev/null
cmake --build "$work/c" > /dev/null
"$work/c/consumer_c"

echo "pkg-config"
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name shop.pc)")
export PKG_CONFIG_PATH
# shellcheck disable=SC2046  # words are what is wanted
"$cc" -std=c11 "$project/consumer.c" $(pkg-config --cflags --libs shop) -o "$work/c_pc"
LD_LIBRARY_PATH=$(pkg-config --variable=libdir shop) "$work/c_pc"
# shellcheck disable=SC2046
"$cxx" -std=c++20 "$project/consumer.cpp" $(pkg-config --cflags --libs shop-cpp) -o "$work/cpp_pc"
"$work/cpp_pc"
