#!/usr/bin/env bash
# What it costs to be one node of several, and how soon nodes see each other: on this machine, with a PostgreSQL of the
# run's own and a mock provider.
#
#   benchmarks/nodes.sh            17 minutes on a quiet machine
#   benchmarks/nodes.sh --quick    two minutes: a look, each thing once, no cut
#
# It takes the options of load.sh that make sense here: --rounds, --warm-up, --rate, --gateway, --cpus, --awake, --no-build,
# --directory; and --parts LIST, of database,call,cluster,restarts,nodes (all). The gateway that is measured has the
# first of the CPUs; the database and what is timed rather than weighed have all. PostgreSQL is Debian's package; to cut
# a node off takes root, ip and network namespaces, and is left out without. What it starts is stopped at its end, also
# when it is interrupted.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  sed -n '2,12s/^# \{0,1\}//p' benchmarks/nodes.sh
}

directory=$PWD/benchmarks/target/nodes/$(date -u +%Y%m%dT%H%M%SZ)
. benchmarks/rig.sh
parse "$@"
modules=benchmarks,infermux-cluster
build
module=infermux-cluster/target/infermux-cluster.jar
gateway=infermux-verticles/target/infermux.jar
figures=benchmarks/target/nodes/classes
if [[ -z ${BENCHMARKS_CLASSPATH-} ]]; then
  # One program of the module's tests, which looks into it; the tests themselves are not needed.
  mkdir -p "$figures"
  "${JAVA_HOME:+$JAVA_HOME/bin/}javac" -proc:none -nowarn --release 17 -d "$figures" -cp "$module:$gateway" \
    infermux-cluster/src/test/java/dev/infermux/cluster/postgres/StoreFigures.java
  export BENCHMARKS_CLASSPATH="benchmarks/target/classes:benchmarks/target/lib/*:$module:$figures"
fi
run NodesRun
