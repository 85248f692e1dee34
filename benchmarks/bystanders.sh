#!/usr/bin/env bash
# Whether those who look at a gateway change what its callers wait: a subscriber in it that blocks ten seconds at each
# event, four pages left open on sleeping laptops (readers of the stream of events that never read), a scraper at 10 Hz.
#
#   benchmarks/bystanders.sh            all of them at once; two launches, forty rounds: 17 minutes on a quiet machine
#   benchmarks/bystanders.sh --each     each alone as well, ten rounds: where the time goes, with wider bounds
#   benchmarks/bystanders.sh --quick    one launch, one round: two minutes, a look that decides nothing
#
# It takes the options of load.sh that make sense here: --launches, --rounds, --warm-up, --rate, --gateway, --cpus, --awake,
# --no-build, --directory. A launch is warmed up, with all of them looking, until CPU/request at the rate has settled.
# Then nobody looks in every other window; a window is set against the two of nobody beside it. One in which others used
# the machine is measured once more, and left out if they did again. What it starts is stopped at its end.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  sed -n '2,13s/^# \{0,1\}//p' benchmarks/bystanders.sh
}

directory=$PWD/benchmarks/target/bystanders/$(date -u +%Y%m%dT%H%M%SZ)
. benchmarks/rig.sh
each=false
others=()
for option; do
  if [[ $option == --each ]]; then each=true; else others+=("$option"); fi
done
rounds=40
$each && rounds=10
case " $* " in
  *" --quick "*) parse --rate 1000 "${others[@]}" ;;
  *) parse --launches 2 --rounds $rounds --warm-up 120 --rate 1000 "${others[@]}" ;;
esac
build
run BystanderRun "-Dbystanders.each=$each"
