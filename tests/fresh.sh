#!/bin/sh
# sh tests/fresh.sh [command]...
#
# The proof that a bare Debian 12 is enough: makes one with debootstrap in a temporary place, copies
# this checkout (not its builds) into it, and runs the commands inside; without arguments both that
# the README promises, and the first again, as nothing may depend on being the first run. Needs
# root and debootstrap. FRESH_ROOT names a folder to keep and use again, DEBIAN_MIRROR a mirror.
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- "sh examples/demo.sh" "sh tests/run.sh" "sh examples/demo.sh"
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}

if [ -n "${FRESH_ROOT:-}" ]; then
  root=$FRESH_ROOT
else
  root=$(mktemp -d)
fi
clean_up() {
  for folder in dev/pts dev/shm proc; do
    umount "$root/$folder" 2> /dev/null || true
  done
  # Never through a mount that is still there.
  [ -n "${FRESH_ROOT:-}" ] || grep -q " $root" /proc/mounts || rm -rf --one-file-system "$root"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

if [ ! -e "$root/etc/debian_version" ]; then
  debootstrap --variant=minbase bookworm "$root" "$mirror"
fi
# The machine's way to the network: name servers and the authorities it trusts.
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp /etc/hosts "$root/etc/hosts"
if [ -d /usr/local/share/ca-certificates ]; then
  mkdir -p "$root/usr/local/share/ca-certificates"
  cp -r /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/"
fi
mkdir -p "$root/proc" "$root/dev/pts" "$root/dev/shm"
mount -t proc proc "$root/proc"
mount -t devpts devpts "$root/dev/pts" 2> /dev/null || true
mount -t tmpfs tmpfs "$root/dev/shm" 2> /dev/null || true

rm -rf "$root/libshop"
mkdir -p "$root/libshop"
tar -c --exclude=./build --exclude=./.git --exclude=node_modules . | tar -x -C "$root/libshop"

for command in "$@"; do
  echo "== fresh: $command"
  chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
    LANG=C.UTF-8 ${http_proxy:+http_proxy="$http_proxy"} \
    ${https_proxy:+https_proxy="$https_proxy"} sh -c "cd /libshop && $command"
done
