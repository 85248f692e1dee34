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

cpus=0:1
build=true
directory=$PWD/benchmarks/target/bystanders/$(date -u +%Y%m%dT%H%M%SZ)
given=()
while (($#)); do
  case $1 in
    -h | --help) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 0 ;;
    --cpus) cpus=${2:?--cpus: nothing (expected: G:L | none)}; shift ;;
    --no-build) build=false ;;
    --directory) directory=$(realpath -m "${2:?--directory: nothing (expected: a path)}"); shift ;;
    *) given+=("$1") ;;
  esac
  shift
done

if $build; then
  ./mvnw -q -B -ntp -Pfast -pl benchmarks -am package
  ./infermux --version >&2
fi

pin=()
if [[ $cpus != none ]] && command -v taskset > /dev/null && [[ $(nproc) -ge 2 ]]; then
  pin=(taskset -c "${cpus#*:}")
  given+=(--gateway-cpus "${cpus%%:*}")
fi

exec "${pin[@]}" "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xms256m -Xmx1g -XX:+UseSerialGC \
  -cp "${BENCHMARKS_CLASSPATH:-benchmarks/target/classes:benchmarks/target/lib/*}" \
  dev.infermux.benchmarks.run.BystanderRun "${given[@]}" --directory "$directory"
