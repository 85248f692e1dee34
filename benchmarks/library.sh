#!/usr/bin/env bash
# Measures what a program pays that embeds InferMux: benchmarks/library.sh [--no-build]. About two minutes.
set -euo pipefail
cd "$(dirname "$0")/.."

[ "${1:-}" = --no-build ] || ./mvnw -q -B -ntp -Pfast -pl benchmarks -am package
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -Xmx1g \
  -cp "benchmarks/target/classes:benchmarks/target/lib/*" dev.infermux.benchmarks.library.LibraryFigures
