#!/bin/sh
# Writes the manifests beside this file anew from the chart's defaults; needs helm 3. With an argument into that folder.
set -eu
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
to=${1:-$here}
helm template infermux "$here/../helm/infermux" --namespace infermux --kube-version 1.32.0 \
  --output-dir "$to/.rendered" > /dev/null
for file in "$to"/.rendered/infermux/templates/*.yaml; do
  # These labels are for releases of helm.
  sed -e '/^# Source: /d' -e '/helm\.sh\/chart: /d' -e '/managed-by: Helm/d' "$file" |
    sed '1{/^---$/d;}' > "$to/$(basename "$file")"
done
rm -rf "$to/.rendered"
