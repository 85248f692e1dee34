#!/usr/bin/env bash
# Whether those who look at a gateway change what its callers wait: a subscriber in it that blocks ten seconds at each
# event, four pages left open on sleeping laptops (readers of the stream of events that never read), a scraper at 10 Hz.
#
#   benchmarks/bystanders.sh            three launches, two rounds: about 15 minutes on a quiet machine
#   benchmarks/bystanders.sh --quick    one launch, one round: two minutes, a look
#
# It takes the options of load.sh that make sense here: --launches, --rounds, --warm-up, --rate, --gateway, --cpus,
# --no-build, --directory. Windows with and without them are visited in turn; each is set against the one of its round
# at which nobody looked. What it starts is stopped at its end.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  sed -n '2,11s/^# \{0,1\}//p' benchmarks/bystanders.sh
}

directory=$PWD/benchmarks/target/bystanders/$(date -u +%Y%m%dT%H%M%SZ)
. benchmarks/rig.sh
parse "$@"
build
run BystanderRun
