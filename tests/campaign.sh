#!/bin/sh
# sh tests/campaign.sh [--minutes N] [--seed S] [--only KIND]
#
# Every kind of fault for its share of the time, on a release build, one after the other and nicely.
# Appends what it did to tests/campaigns/results.md and fails if something was found. The kinds:
# canary (must fail, so that the others mean something), power, faults, model, kill, races, fuzz.
set -u
cd "$(dirname "$0")/.." || exit 1
minutes=10
seed=$(date +%s)
only=
while [ $# -gt 1 ]; do
  case $1 in
    --minutes) minutes=$2 ;;
    --seed) seed=$2 ;;
    --only) only=$2 ;;
    *)
      echo "no such option: $1" >&2
      exit 2
      ;;
  esac
  shift 2
done
echo "seed $seed, $minutes minutes"

build=${SHOP_CAMPAIGN_BUILD:-build/release}
if [ ! -e "$build/CMakeCache.txt" ]; then
  cmake --preset release > /dev/null || exit 1
fi
cmake --build "$build" -j "$(nproc)" --target shop_campaign fuzz_replays > /dev/null || exit 1

results=tests/campaigns/results.md
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
} >> "$results"

failed=0
# share of the time, per cent
for part in canary:4 power:36 faults:22 model:16 kill:8 races:8 fuzz:6; do
  kind=${part%:*}
  share=${part#*:}
  [ -z "$only" ] || [ "$only" = "$kind" ] || continue
  [ -z "$only" ] || share=100
  seconds=$((minutes * 60 * share / 100))
  if [ "$kind" = fuzz ]; then
    for replay in "$build"/tests/fuzz_*_replay; do
      [ -x "$replay" ] || continue
      SHOP_SEED=$seed nice "$replay" --seconds $((seconds / 4 + 1)) --row >> "$results" || failed=1
    done
  else
    nice "$build/tests/shop_campaign" "$kind" --seconds "$seconds" --seed "$seed" >> "$results" ||
      failed=1
  fi
done
tail -n 12 "$results"
exit $failed
