#!/usr/bin/env bash
# Measures the gateway beside nginx, both in front of a mock provider on this machine.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'EOF'
usage: benchmarks/load.sh [--quick] [option ...]

Starts a mock provider, nginx as a plain reverse proxy, the gateway and a load generator on this machine (loopback
only), visits direct, nginx and gateway in turn, and prints Markdown tables: CPU time per request, requests/s, added
latency, its tail at several rates, streams, memory, garbage a request, the collector's pauses, live heap per stream.
The whole run takes about 20 minutes, --quick under 4 on a quiet machine. Needs a JDK 17 on
Linux; nginx and taskset if they are there. Everything it starts is stopped at its end.

  --quick            one launch, one round, short windows: a look, not a figure
  --launches N       starts of the gateway (3): a JVM settles differently at each
  --rounds N         visits of each target, in each phase and launch (2)
  --warm-up SECONDS  the longest time to warm a launch up (90; with --quick 35); it ends when CPU/request has settled
  --rate N           requests/s at which the latency of all sizes is measured (500)
  --rates LIST       requests/s at which the tail of small requests is measured (500,2000,5000)
  --phases LIST      of json,tail,stream,hold (all)
  --profile          record (JFR) instead of measuring: prints what is allocated, where, and for which of our methods,
                     for plain calls and for streams, and keeps the recordings
  --budgets WHERE    none, memory, or file (a budget with a state file: file)
  --gateway CMD      command that starts another gateway or another build of this one; {config}, {port} and {mock} in it
                     stand for the configuration file, the port to listen on and the port of the mock provider
                     (./infermux serve --config {config})
  --beside CMD       command that starts a second gateway, such as another build, which is measured in turn with the
                     first and called "beside" in the tables; benchmarks/peer.sh starts some
  --beside-header LINE  a header that requests to it have on top ({mock}: as above); may be given several times
  --cpus G:L         CPUs for gateway and nginx : for mock provider and load generator (0:1), or none
  --awake            keep CPUs from halting between calls: a loop below all others on each
  --no-nginx         leave nginx out, and with it the ratios
  --no-build         take the classes and the jar as they are
  --directory DIR    for configurations, logs and results.json (benchmarks/target/load/TIME)
EOF
}

command="benchmarks/load.sh${*:+ ${*@Q}}"
directory=$PWD/benchmarks/target/load/$(date -u +%Y%m%dT%H%M%SZ)
. benchmarks/rig.sh
parse "$@"
build
run LoadRun -Dmachine.cpus="$(nproc)" "-Dcommand=$command"
