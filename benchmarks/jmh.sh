#!/usr/bin/env bash
# Runs the JMH benchmarks of the codec and the pipeline.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'EOF'
usage: benchmarks/jmh.sh [--no-build] [pattern] [JMH option ...]

Runs the benchmarks whose names match the pattern (a regular expression; all by default). Everything after it goes to
JMH: -l lists them, -h lists its options, `-f 1 -wi 1 -i 2` is a quick look, `-prof gc` adds bytes per call.
EOF
}

build=true
case ${1:-} in
  --help) usage; exit 0 ;;
  --no-build) build=false; shift ;;
esac
if $build; then
  ./mvnw -q -B -ntp -Pfast -pl benchmarks -am package
fi
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "benchmarks/target/classes:benchmarks/target/lib/*" org.openjdk.jmh.Main "$@"
