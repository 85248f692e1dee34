#!/bin/sh
# Writes the manifests beside this file anew from the chart's defaults, and those below cluster/ from its values for a
# cluster; needs helm 3. With an argument into that folder.
set -eu
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
chart=$here/../helm/infermux
to=${1:-$here}

render() {
  folder=$1
  shift
  mkdir -p "$folder"
  helm template infermux "$chart" --namespace infermux --kube-version 1.32.0 \
    --output-dir "$folder/.rendered" "$@" > /dev/null
  for file in "$folder"/.rendered/infermux/templates/*.yaml; do
    # These labels are for releases of helm.
    sed -e '/^# Source: /d' -e '/helm\.sh\/chart: /d' -e '/managed-by: Helm/d' "$file" |
      sed '1{/^---$/d;}' > "$folder/$(basename "$file")"
  done
  rm -rf "$folder/.rendered"
}

render "$to"
render "$to/cluster" --values "$chart/values-cluster.yaml"
