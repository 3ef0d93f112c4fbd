#!/bin/sh
# One key file in parts, several at a time on one machine, with GNU parallel.
#   sh shards.sh <key file> <directory for the parts> [parts, default 16] [at a time, default 4] [requests a second in all]
# Without a rate the parts share that of the profile with each other and with all other runs of this machine. With one, each of those
# that run at a time keeps to its part of it by itself, on whatever machine.
# Run it again after an interruption, or when some parts failed: only what is not there yet is looked up. With LOANQ_PART=3 it
# runs the third part and nothing else, for an engine that starts the parts itself (array.sbatch).
set -eu

refuse() {
  echo "shards.sh: $1" >&2
  exit 2
}

test $# -ge 2 || refuse 'usage: shards.sh <key file> <directory> [parts] [at a time] [requests a second]'
keys=$1 dir=$2 parts=${3:-16} jobs=${4:-4} rate=${5:-}
for number in "$parts" "$jobs"; do
  case $number in '' | 0* | *[!0-9]*) refuse "$number is no number of parts" ;; esac
done
case $rate in . | *[!0-9.]* | *.*.*) refuse "$rate is no number of requests, like 2.5" ;; esac
test -r "$keys" || refuse "cannot read $keys"
mkdir -p "$dir"

# The books in a directory are those of one key file and one number of parts. `ln` writes that down once, whoever comes first.
split="$parts parts of $(cksum <"$keys")"
if test ! -e "$dir/split"; then
  for there in "$dir"/part-*; do
    test ! -e "$there" || refuse "$dir holds parts, but not what they are parts of: take an empty directory"
  done
  echo "$split" >"$dir/split.$$"
  ln "$dir/split.$$" "$dir/split" 2>/dev/null || :
  rm -f "$dir/split.$$"
fi
test "$split" = "$(cat "$dir/split")" || refuse "$dir holds parts of another key file, or another number of parts: take an empty directory"

# Runs a command that ends when this shell is told to end; `code` is how it ended.
follow() {
  "$@" &
  child=$!
  trap 'kill -TERM "$child" 2>/dev/null || :' HUP INT TERM
  code=0
  wait "$child" || code=$?
  # A signal ends the wait before the command has ended: it flushes first.
  while kill -0 "$child" 2>/dev/null; do
    code=0
    wait "$child" || code=$?
  done
}

if test -n "${LOANQ_PART:-}"; then
  # A part that is there is done; with --resume one that was cut off goes on.
  test ! -e "$dir/part-$LOANQ_PART.ndjson" || exit 0
  set --
  # In every locale a decimal point.
  test -z "$rate" || set -- --max-rate "$(LC_ALL=C awk -v rate="$rate" -v jobs="$jobs" 'BEGIN { print rate / jobs }')" --no-shared-rate
  follow loanq crego record --ids-from "$keys" --shard "$LOANQ_PART/$parts" -o ndjson --out "$dir/part-$LOANQ_PART.ndjson" \
    --errors "$dir/errors-$LOANQ_PART.jsonl" --summary "$dir/summary-$LOANQ_PART.json" "$@" --resume --quiet
  # Keys that are missing or refused (24), or all missing (21), are a result: the errors list them.
  case $code in 21 | 24) exit 0 ;; esac
  exit "$code"
fi

# Names go through the environment, where no shell takes them apart.
LOANQ_SHARDS=$0 LOANQ_KEYS=$keys LOANQ_DIR=$dir LOANQ_SPLIT="$parts $jobs $rate" PARALLEL_SHELL=/bin/sh
export LOANQ_SHARDS LOANQ_KEYS LOANQ_DIR LOANQ_SPLIT PARALLEL_SHELL
test -e "$dir/joblog" || printf 'Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n' >"$dir/joblog"
# setsid: parallel would take a terminal that hangs up for its own affair, also under nohup. --halt: a rejected credential or a
# bad option would fail in every part. --termseq: time to flush.
# shellcheck disable=SC2016,SC2046
follow perl -MPOSIX -e 'setsid; exec @ARGV' parallel --jobs "$jobs" --halt now,fail=3 --termseq TERM,10000,KILL,25 \
  --joblog "+$dir/joblog" 'LOANQ_PART={} sh "$LOANQ_SHARDS" "$LOANQ_KEYS" "$LOANQ_DIR" $LOANQ_SPLIT' ::: $(seq "$parts")
if test "$code" -ne 0; then
  echo "shards.sh: not all parts are done ($dir/joblog has their exit codes): run it again" >&2
  exit 1
fi

# The parts one behind the other, under their name when all are there.
join() {
  part=0
  while test "$part" -lt "$parts"; do
    part=$((part + 1))
    cat "$dir/$1-$part.$2"
  done >"$dir/$3.new"
  mv "$dir/$3.new" "$dir/$3"
}
join part ndjson all.ndjson
join errors jsonl errors.jsonl
