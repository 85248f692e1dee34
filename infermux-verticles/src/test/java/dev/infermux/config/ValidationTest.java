package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest extends Reading {
  private static final String ECHO = "providers: [{ name: echo, type: echo }]\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "listen: 8080 # listen: 8080 (expected: an address such as :8080, 127.0.0.1:8080 or"
            + " [::1]:8080)",
        "listen: ':70000' # listen: \":70000\" (expected: an address such as :8080, 127.0.0.1:8080"
            + " or [::1]:8080)",
        "listen: [a] # listen: a list (expected: an address such as :8080, 127.0.0.1:8080 or"
            + " [::1]:8080)",
        "management_listen: ':8080' # management_listen: \":8080\" (expected: another address than"
            + " listen, or none)",
        "grpc_listen: '127.0.0.1:8080' # grpc_listen: \"127.0.0.1:8080\" (expected: another address"
            + " than listen and management_listen)",
        "log: { level: loud } # log.level: \"loud\" (expected: debug | info | warn | error)",
        "log: { format: xml } # log.format: \"xml\" (expected: text | json)",
        "log: { timestamps: yes } # log.timestamps: \"yes\" (expected: true | false)",
        "log: loud # log: a single value (expected: a mapping)",
        "tls: { cert_file: a.pem } # tls.key_file: missing (expected: a path)",
        "auth: { mode: open } # auth.mode: \"open\" (expected: passthrough | static_key)",
        "auth: { mode: static_key } # auth.key: missing (expected: a key, or keys, in static_key"
            + " mode)",
        "auth: { mode: static_key, key: '' } # auth.key: \"\" (expected: a key, or keys, in"
            + " static_key mode)",
        "auth: { mode: static_key, keys: [{ key: k }] } # auth.keys[0].caller: missing (expected: 1"
            + " to 256 printable characters)",
        "limits: { max_body_bytes: 0 } # limits.max_body_bytes: 0 (expected: a whole number >= 1)",
        "limits: { max_in_flight: many } # limits.max_in_flight: \"many\" (expected: a whole number"
            + " >= 1)",
        "circuit_breaker: { error_rate_threshold: 1.5 } # circuit_breaker.error_rate_threshold: 1.5"
            + " (expected: a number from 0 to 1)",
        "circuit_breaker: { error_rate_threshold: -0.1 } # circuit_breaker.error_rate_threshold:"
            + " -0.1 (expected: a number from 0 to 1)",
        "circuit_breaker: { consecutive_failures: 0 } # circuit_breaker.consecutive_failures: 0"
            + " (expected: a whole number >= 1)",
        "circuit_breaker: { latency_p95_ms: -1 } # circuit_breaker.latency_p95_ms: -1 (expected: a"
            + " whole number >= 0)",
        "circuit_breaker: { window_seconds: 1.5 } # circuit_breaker.window_seconds: 1.5 (expected:"
            + " a whole number >= 1)",
        "circuit_breaker: { recovery_window: 0s } # circuit_breaker.recovery_window: \"0s\""
            + " (expected: a duration of 1ms to 8784h such as 500ms, 30s, 5m, 1h, or a number of"
            + " seconds)",
        "circuit_breaker: { recovery_backoff_multiplier: 0.5 } #"
            + " circuit_breaker.recovery_backoff_multiplier: 0.5 (expected: a number from 1 to"
            + " 1000)",
        "routing: { strategy: fastest } # routing.strategy: \"fastest\" (expected: round_robin |"
            + " least_latency | cost_weighted | random | priority)",
        "routing: { least_latency: { ewma_decay: 0 } } # routing.least_latency.ewma_decay: 0"
            + " (expected: a number above 0, at most 1)",
        "routing: { retry: { attempts: -1 } } # routing.retry.attempts: -1 (expected: a whole"
            + " number >= 0)",
        "routing: { retry: { backoff: -1 } } # routing.retry.backoff: -1 (expected: a duration"
            + " of 1ms to 8784h such as 500ms, 30s, 5m, 1h, or a number of seconds)",
        "routing: { failover: { max_attempts: 0 } } # routing.failover.max_attempts: 0 (expected: a"
            + " whole number >= 1)",
        "routing: { failover: { mid_stream: stop } } # routing.failover.mid_stream: \"stop\""
            + " (expected: error | continue | restart)",
        "routing: { response_model: both } # routing.response_model: \"both\" (expected: served |"
            + " requested)",
        "routing: { groups: [{ name: g }] } # routing.groups[0].models: missing (expected: at least"
            + " one model)",
        "routing: { groups: [{ name: g, models: [] }] } # routing.groups[0].models: [] (expected:"
            + " at least one model)",
        "routing: { groups: [{ models: [m] }] } # routing.groups[0].name: missing (expected: 1 to"
            + " 128 printable ASCII characters)",
        "routing: { groups: [{ name: g, models: [m], providers: [] }] } #"
            + " routing.groups[0].providers: [] (expected: at least one provider, or no providers"
            + " key at all)",
        "routing: { groups: [{ name: g, models: [m], providers: [ecko] }] } #"
            + " routing.groups[0].providers[0]: \"ecko\" (expected: a configured provider: echo;"
            + " did you mean \"echo\"?)",
        "routing: { groups: [{ name: g, models: [m] }, { name: g, models: [n] }] } #"
            + " routing.groups[1].name: \"g\" (expected: a value of its own, routing.groups[0].name"
            + " has this one)",
        "pricing: { openai: { gpt-4o: { input_per_million: 1 } } } #"
            + " pricing.openai.gpt-4o.output_per_million: missing (expected: US dollars from 0 to"
            + " 9000000000 with at most 9 decimals)",
        "pricing: { openai: { gpt-4o: { input_per_million: -1, output_per_million: 1 } } } #"
            + " pricing.openai.gpt-4o.input_per_million: -1 (expected: US dollars from 0 to"
            + " 9000000000 with at most 9 decimals)",
        "pricing: [] # pricing: a list (expected: a mapping)",
        "budgets: [{ caller: a, monthly_usd: -5 }] # budgets[0].monthly_usd: -5 (expected: US"
            + " dollars from 0 to 9000000000 with at most 9 decimals)",
        "budgets: [{ caller: a }] # budgets[0].monthly_usd: missing (expected: US dollars from 0 to"
            + " 9000000000 with at most 9 decimals)",
        "budgets: [{ caller: a, monthly_usd: 1, action: beg }] # budgets[0].action: \"beg\""
            + " (expected: hard_stop | alert | model_override)",
        "budgets: [{ caller: a, monthly_usd: 1, action: model_override }] #"
            + " budgets[0].model_override: missing (expected: one line of text)",
        "budgets: { callers: [{ caller: a, monthly_usd: 1, action: model_override, model_override:"
            + " '' }] } # budgets.callers[0].model_override: \"\" (expected: one line of text)",
        "budgets: [{ caller: a, monthly_usd: 1 }, { caller: a, monthly_usd: 2 }] #"
            + " budgets[1].caller: \"a\" (expected: a value of its own, budgets[0].caller has this"
            + " one)",
        "budgets: { reserve_output_tokens: 0 } # budgets.reserve_output_tokens: 0 (expected: a"
            + " whole number >= 1)",
        "telemetry: { tokentrace: { format: mist } } # telemetry.tokentrace.url: missing (expected:"
            + " a URL: http or https as for a provider, or file:/// and a path)",
        "telemetry: { tokentrace: { url: 'file:///tmp/t', format: spans } } #"
            + " telemetry.tokentrace.url: \"file:///tmp/t\" (expected: an http or https URL for the"
            + " format spans)",
        "telemetry: { tokentrace: { url: 'file://host/t' } } # telemetry.tokentrace.url:"
            + " \"file://host/t\" (expected: a URL: http or https as for a provider, or file:///"
            + " and a path)",
        "telemetry: { tokentrace: { url: 'http://t', format: json } } #"
            + " telemetry.tokentrace.format: \"json\" (expected: mist | spans)",
        "telemetry: { otlp: { endpoint: 'http://o', headers: { 'a b': s3cret } } } #"
            + " telemetry.otlp.headers.a b: a single value (expected: a header's name as the key)",
        "telemetry: { otlp: { endpoint: 'http://o', protocol: udp } } # telemetry.otlp.protocol:"
            + " \"udp\" (expected: http/protobuf | grpc)",
      })
  void a_wrong_value_is_named_with_what_is_allowed(String yaml, String problem) throws Exception {
    assertThat(problems(read(ECHO + yaml + "\n"))).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "type: echo # providers[0].name: missing (expected: 1 to 128 printable ASCII characters)",
        "name: a # providers[0].type: missing (expected: openai | anthropic | ollama | azure_openai"
            + " | echo | mock)",
        "name: a, type: gemini # providers[0].type: \"gemini\" (expected: openai | anthropic |"
            + " ollama | azure_openai | echo | mock)",
        "name: a, type: mock, mock: { script: 'ok x0' } # providers[0].mock.script: \"0\""
            + " (expected: a whole number from 1 to 1000000)",
        "name: a, type: mock, mock: { script: [ok, 'hang-5', repeat] } #"
            + " providers[0].mock.script[1]: \"hang-5\" (expected: hang)",
        "name: a, type: mock, mock: { models: { m: 'cut-after-x' } } # providers[0].mock.models.m:"
            + " cut-after: \"x\" (expected: a whole number from 0 to 1000000)",
        "name: a, type: mock, mock: { rate_limit: { requests: 2000000 } } #"
            + " providers[0].mock.rate_limit.requests: 2000000 (expected: a whole number from 0 to"
            + " 1000000)",
        "name: a, type: mock, mock: { rate_limit: { per: 1s } } #"
            + " providers[0].mock.rate_limit.requests: missing (expected: a whole number >= 0)",
        "name: a, type: echo, timeout: soon # providers[0].timeout: \"soon\" (expected: a duration"
            + " of 1ms to 8784h such as 500ms, 30s, 5m, 1h, or a number of seconds)",
        "name: a, type: echo, models: m # providers[0].models: a single value (expected: a list)",
        "name: a, type: echo, models: [] # providers[0].models: [] (expected: at least one model,"
            + " or no models key at all)",
        "name: a, type: echo, models: [''] # providers[0].models[0]: \"\" (expected: a model name)",
        "name: a, type: echo, models: [~] # providers[0].models[0]: missing (expected: a model"
            + " name)",
        "name: a, type: echo, model_aliases: { x: '' } # providers[0].model_aliases.x: \"\""
            + " (expected: a model name)",
        "name: a, type: echo, model_aliases: { x: } # providers[0].model_aliases.x: missing"
            + " (expected: a model name)",
        "name: a, type: echo, rate_limits: { requests_per_minute: 0 } #"
            + " providers[0].rate_limits.requests_per_minute: 0 (expected: a whole number >= 1)",
        "name: a, type: echo, health_check: { mode: ping } # providers[0].health_check.mode:"
            + " \"ping\" (expected: models | completion)",
        "name: a, type: echo, circuit_breaker: { probe_timeout: 1d } #"
            + " providers[0].circuit_breaker.probe_timeout: \"1d\" (expected: a duration of 1ms to 8784h"
            + " such as 500ms, 30s, 5m, 1h, or a number of seconds)",
        "name: a, type: azure_openai, api_key: k, base_url: 'https://r.openai.azure.com' #"
            + " providers[0].azure_deployment: missing (expected: one line of text)",
        "name: a, type: azure_openai, api_key: k, azure_deployment: d # providers[0].base_url:"
            + " missing (expected: an http or https URL without user info or fragment, not of a"
            + " link-local or metadata address)",
        "name: a, type: openai, api_key: k, base_url: 'ftp://h' # providers[0].base_url:"
            + " \"ftp://h\" (expected: an http or https URL without user info or fragment, not of a"
            + " link-local or metadata address)",
      })
  void a_wrong_provider_is_named_with_what_is_allowed(String fields, String problem)
      throws Exception {
    assertThat(problems(read("providers:\n  - { " + fields + " }\n"))).containsExactly(problem);
  }

  @Test
  void two_providers_of_one_name_are_told_apart() throws Exception {
    String yaml =
        "providers: [{ name: a, type: echo }, { name: b, type: echo }, { name: a, type: echo }]";

    assertThat(problems(read(yaml)))
        .containsExactly(
            "providers[2].name: \"a\""
                + " (expected: a value of its own, providers[0].name has this one)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {"listen: ':1' # missing", "providers: # missing", "providers: [] # []"})
  void at_least_one_provider_is_needed(String yaml, String found) throws Exception {
    assertThat(problems(read(yaml)))
        .containsExactly("providers: " + found + " (expected: at least one provider)");
  }

  @Test
  void all_problems_are_told_at_once_in_the_order_of_the_table() throws Exception {
    String yaml =
        """
        listen: nowhere
        log: { level: loud }
        providers:
          - { name: a, type: gemini, timeout: -1s }
          - text
        routing: { strategy: fastest }
        """;

    assertThat(problems(read(yaml)))
        .extracting(text -> text.substring(0, text.indexOf(':')))
        .containsExactly(
            "listen",
            "log.level",
            "providers[0].type",
            "providers[0].timeout",
            "providers[1]",
            "routing.strategy");
  }

  @Test
  void a_problem_has_its_three_parts() throws Exception {
    var result = (ConfigResult.Invalid) read(ECHO + "log: { level: loud }");

    var problem = result.problems().get(0);
    assertThat(problem.path()).isEqualTo("log.level");
    assertThat(problem.found()).isEqualTo("\"loud\"");
    assertThat(problem.expected()).isEqualTo("debug | info | warn | error");
  }
}
