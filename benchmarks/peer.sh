#!/usr/bin/env bash
# Becomes another gateway, for --beside of load.sh; installs it below benchmarks/target/peers when it is not there yet.
#
#   benchmarks/peer.sh install NAME          installs it only: do that before a run
#   benchmarks/peer.sh vertx PORT MOCK       the floor: a forwarder on Vert.x without any feature, of this module
#   benchmarks/peer.sh portkey PORT          @portkey-ai/gateway of npm; needs Node.js 20
#   benchmarks/peer.sh litellm PORT MOCK     litellm of PyPI, with the mock as its provider; needs Python 3
#
# Portkey learns its provider from two headers of each request:
#   --beside 'benchmarks/peer.sh portkey {port}' --beside-header 'x-portkey-provider: openai'
#   --beside-header 'x-portkey-custom-host: http://127.0.0.1:{mock}/v1'
set -euo pipefail
cd "$(dirname "$0")/.."

home=$PWD/benchmarks/target/peers
key=ifx-bench-0123456789abcdef # Target.KEY

portkey=$home/portkey/node_modules/@portkey-ai/gateway/build/start-server.js
litellm=$home/litellm/bin/litellm

install_portkey() {
  mkdir -p "$home/portkey"
  # With newer versions of hono its streams answer 500.
  cat > "$home/portkey/package.json" <<'EOF'
{"private": true, "dependencies": {"@portkey-ai/gateway": "1.15.2"},
 "overrides": {"@hono/node-server": "1.13.8", "hono": "4.9.7"}}
EOF
  npm install --prefix "$home/portkey" --ignore-scripts --no-audit --no-fund >&2
}

install_litellm() {
  python3 -m venv "$home/litellm"
  "$home/litellm/bin/pip" install --quiet 'litellm[proxy]==1.74.9' >&2
}

case ${1-} in
  vertx)
    exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -Xms192m -Xmn128m -Xmx512m -Xlog:disable \
      -cp "${BENCHMARKS_CLASSPATH:-benchmarks/target/classes:benchmarks/target/lib/*}" \
      dev.infermux.benchmarks.peer.VertxForwarder "$2" "$3"
    ;;
  install)
    "install_${2:?expected: portkey or litellm}"
    ;;
  portkey)
    [ -f "$portkey" ] || install_portkey
    NODE_ENV=production TRUSTED_CUSTOM_HOSTS=localhost,127.0.0.1 exec node "$portkey" --port="$2" --headless
    ;;
  litellm)
    [ -x "$litellm" ] || install_litellm
    configuration=$home/litellm-$2.yaml
    cat > "$configuration" <<EOF
model_list:
  - model_name: gpt-4o-mini
    litellm_params: {model: openai/gpt-4o-mini, api_base: "http://127.0.0.1:$3/v1", api_key: sk-mock}
general_settings: {master_key: $key}
litellm_settings: {telemetry: false}
EOF
    LITELLM_LOG=ERROR LITELLM_LOCAL_MODEL_COST_MAP=True exec "$litellm" --config "$configuration" --host 127.0.0.1 --port "$2" \
      --num_workers 1 --telemetry False
    ;;
  *)
    sed -n '2,12s/^# \{0,1\}//p' benchmarks/peer.sh
    exit 1
    ;;
esac
