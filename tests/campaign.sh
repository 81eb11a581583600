#!/bin/sh
# sh tests/campaign.sh [--minutes N] [--seed S] [--only KIND] [--record]
#
# Every kind of fault for its share of the time, on a release build, one after the other and nicely.
# Prints what it did as a table and fails if something was found; with --record it also appends the
# table to tests/campaign-results.md. docs/testing.md says what each kind shows:
# canary (must fail, so that the others mean something), power, faults, model, kill, races, fuzz.
set -u
cd "$(dirname "$0")/.." || exit 1
minutes=10
seed=$(date +%s)
only=
record=
while [ $# -gt 0 ]; do
  case $1 in
    --minutes) minutes=$2 && shift ;;
    --seed) seed=$2 && shift ;;
    --only) only=$2 && shift ;;
    --record) record=yes ;;
    *)
      echo "no such option: $1" >&2
      exit 2
      ;;
  esac
  shift
done
echo "seed $seed, $minutes minutes"

build=${SHOP_CAMPAIGN_BUILD:-build/release}
if [ ! -e "$build/CMakeCache.txt" ]; then
  cmake --preset release > /dev/null || exit 1
fi
cmake --build "$build" -j "$(nproc)" --target shop_campaign fuzz_replays > /dev/null || exit 1

table=$(mktemp)
trap 'rm -f "$table"' EXIT
commit=$(git rev-parse --short HEAD 2> /dev/null || echo unknown)
[ -z "$(git status --porcelain -- src include capi 2> /dev/null)" ] || commit="$commit (changed)"
{
  echo
  echo "### $(date -u '+%Y-%m-%d %H:%M') UTC, commit $commit"
  echo
  echo "Seed $seed, $minutes minutes, $(nproc) cores."
  echo
  echo "| campaign | seed | seconds | what | problems |"
  echo "|---|---|---|---|---|"
} > "$table"

failed=0
# share of the time, per cent
for part in canary:4 power:36 faults:20 model:16 kill:8 races:8 fuzz:8; do
  kind=${part%:*}
  share=${part#*:}
  [ -z "$only" ] || [ "$only" = "$kind" ] || continue
  [ -z "$only" ] || share=100
  seconds=$((minutes * 60 * share / 100))
  if [ "$kind" = fuzz ]; then
    for replay in "$build"/tests/fuzz_*_replay; do
      [ -x "$replay" ] || continue
      SHOP_SEED=$seed nice "$replay" --seconds $((seconds / 6 + 1)) --row >> "$table" || failed=1
    done
  else
    nice "$build/tests/shop_campaign" "$kind" --seconds "$seconds" --seed "$seed" >> "$table" ||
      failed=1
  fi
done
cat "$table"
[ -z "$record" ] || cat "$table" >> tests/campaign-results.md
exit $failed
