#!/usr/bin/env bash
# Whether those who look at a gateway change what its callers wait: a subscriber in it that blocks ten seconds at each
# event, four pages left open on sleeping laptops (readers of the stream of events that never read), a scraper at 10 Hz.
#
#   benchmarks/bystanders.sh            two launches, five rounds: 13 minutes on a quiet machine
#   benchmarks/bystanders.sh --quick    one launch, one round: two minutes, a look that decides nothing
#
# It takes the options of load.sh that make sense here: --launches, --rounds, --warm-up, --rate, --gateway, --cpus,
# --no-build, --directory. Nobody looks in every other window; a window is set against the two of nobody beside it. What
# it starts is stopped at its end.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  sed -n '2,10s/^# \{0,1\}//p' benchmarks/bystanders.sh
}

directory=$PWD/benchmarks/target/bystanders/$(date -u +%Y%m%dT%H%M%SZ)
. benchmarks/rig.sh
case " $* " in
  *" --quick "*) parse --rate 1000 "$@" ;;
  *) parse --launches 2 --rounds 5 --warm-up 45 --rate 1000 "$@" ;;
esac
build
run BystanderRun
