#!/bin/sh
# sh tests/campaign.sh [--minutes N] [--jobs N] [--seed S] [--only KIND] [--record]
#
# Every kind of fault for its share of the time, on a release build, nicely; in as many jobs at once
# as there are cores, or as --jobs says, each with its own seed.
# Prints what it did as a table and fails if something was found; with --record it also appends the
# table to tests/campaign-results.md. docs/testing.md says what each kind shows:
# canary (must fail, so that the others mean something), power, faults, model, kill, races, fuzz.
set -u
cd "$(dirname "$0")/.." || exit 1
minutes=10
seed=$(date +%s)
jobs=$(nproc)
only=
record=
while [ $# -gt 0 ]; do
  case $1 in
    --minutes) minutes=$2 && shift ;;
    --jobs) jobs=$2 && shift ;;
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
echo "seed $seed, $minutes minutes, $jobs jobs"

build=${SHOP_CAMPAIGN_BUILD:-build/release}
if [ ! -e "$build/CMakeCache.txt" ]; then
  cmake --preset release > /dev/null || exit 1
fi
cmake --build "$build" -j "$(nproc)" --target shop_campaign fuzz_replays > /dev/null || exit 1

table=$(mktemp)
commit=$(git rev-parse --short HEAD 2> /dev/null || echo unknown)
[ -z "$(git status --porcelain -- src include capi 2> /dev/null)" ] || commit="$commit (changed)"
{
  echo
  echo "### $(date -u '+%Y-%m-%d %H:%M') UTC, commit $commit"
  echo
  echo "Seed $seed, $minutes minutes, $jobs jobs on $(nproc) cores."
  echo
  echo "| campaign | seed | seconds | what | problems |"
  echo "|---|---|---|---|---|"
} > "$table"

# A program that ends when its job is told to.
play() {
  nice "$@" &
  program=$!
  wait "$program"
}

# One of the jobs: each kind for its share of the time, with seeds of its own.
job() {
  program=
  trap 'kill $program 2> /dev/null; exit 1' TERM
  job=$1
  seed=$((seed + 1000000 * job))
  failed=0
  # kind and its share of the time, per cent
  for part in canary:1 power:32 faults:14 model:24 kill:7 races:6 fuzz:16; do
    kind=${part%:*}
    share=${part#*:}
    [ -z "$only" ] || [ "$only" = "$kind" ] || continue
    [ -z "$only" ] || share=100
    [ "$kind" != canary ] || [ "$job" = 0 ] || continue # once is enough
    seconds=$((minutes * 60 * share / 100))
    if [ "$kind" = fuzz ]; then
      fuzz "$seconds" || failed=1
    else
      play "$build/tests/shop_campaign" "$kind" --seconds "$seconds" --seed "$seed" || failed=1
    fi
  done
  return $failed
}

# The slower an input is, the longer its target has.
fuzz() {
  bad=0
  for part in text:2 token:10 query:12 csv:16 file:20 call:40; do
    replay=$build/tests/fuzz_${part%:*}_replay
    [ -x "$replay" ] || continue
    play env SHOP_SEED="$seed" "$replay" --seconds $(($1 * ${part#*:} / 100 + 1)) --row || bad=1
  done
  return $bad
}

rows=$(mktemp -d)
trap 'rm -rf "$table" "$rows"' EXIT
number=0
started=
# Jobs in the background do not hear of an interrupt.
trap 'kill $started; exit 130' INT TERM
while [ "$number" -lt "$jobs" ]; do
  (job "$number" > "$rows/$number" || : > "$rows/failed") &
  started="$started $!"
  number=$((number + 1))
done
wait
sort -s -t '|' -k 2,2 "$rows"/[0-9]* >> "$table"
{
  echo
  printf 'Together:'
  # The first number of each row says how much was done.
  awk -F '|' '
    { split($5, what, " "); sum[$2] += what[1]; unit[$2] = what[2] }
    END { for (kind in sum) if (kind !~ /canary/) printf "%s%d %s;", kind, sum[kind], unit[kind] }
  ' "$rows"/[0-9]*
  echo
} >> "$table"
cat "$table"
[ -z "$record" ] || cat "$table" >> tests/campaign-results.md
[ ! -e "$rows/failed" ]
