package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NotYetActiveTest extends Reading {

  @Test
  void what_is_active_is_not_told() throws Exception {
    String yaml =
        """
        listen: ":1"
        management_listen: ":2"
        grpc_listen: ":3"
        log: { level: debug }
        auth: { mode: static_key, key: k }
        limits: { max_in_flight: 1 }
        providers:
          - { name: a, type: openai, api_key: k, prefill: true, timeout: 5s }
          - { name: b, type: ollama }
        circuit_breaker: { min_requests: 5 }
        budgets: [{ caller: c, monthly_usd: 1, action: alert }]
        routing: { strategy: random, failover: { mid_stream: continue }, retry: { attempts: 2 } }
        pricing: { a: { m: { input_per_million: 1, output_per_million: 2 } } }
        telemetry: { tokentrace: { url: "http://t" } }
        """;

    assertThat(loaded(read(yaml)).notices()).isEmpty();
  }
}
