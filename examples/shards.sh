#!/bin/sh
# One key file in parts, several at a time on one machine, with GNU parallel.
#   shards.sh <key file> <directory for the parts> [parts, default 16] [at a time, default 4] [requests a second in all, default 5]
# Run it again after an interruption, or when some parts failed: only what is not there yet is looked up.
set -eu
keys=$1
dir=$2
parts=${3:-16}
jobs=${4:-4}
rate=${5:-5}
mkdir -p "$dir"
each=$(awk "BEGIN { print $rate / $jobs }")

one() {
  # A part that is there is done; with --resume one that was cut off goes on.
  test -e "$dir/part-$1.ndjson" && return
  code=0
  loanq crego record --ids-from "$keys" --shard "$1/$parts" -o ndjson --out "$dir/part-$1.ndjson" \
    --errors "$dir/errors-$1.jsonl" --summary "$dir/summary-$1.json" --max-rate "$each" --resume --quiet || code=$?
  # Some keys missing or refused (24, 21) is a result: errors-*.jsonl list them.
  test "$code" -eq 24 || test "$code" -eq 21 || return "$code"
}

if test -n "${LOANQ_PART:-}"; then
  one "$LOANQ_PART"
  exit
fi

# --halt: a rejected credential or a bad option would fail in every part.
seq "$parts" | parallel --jobs "$jobs" --halt now,fail=3 --joblog "$dir/joblog" LOANQ_PART={} "$0" "$keys" "$dir" "$parts" "$jobs" "$rate"

cat "$dir"/part-*.ndjson >"$dir/all.ndjson"
cat "$dir"/errors-*.jsonl >"$dir/errors.jsonl"
