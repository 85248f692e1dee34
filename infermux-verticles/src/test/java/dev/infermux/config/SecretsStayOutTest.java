package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsStayOutTest extends Reading {
  private static final String SECRET = "hunter2";
  private static final String ECHO = "providers: [{ name: echo, type: echo }]\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "providers: [{ name: o, type: openai, api_key: \"hunter2\\u0007\" }]",
        "providers: [{ name: o, type: openai, api_key: [hunter2] }]",
        "providers: [{ name: o, type: openai, api_key: { hunter2: hunter2 } }]",
        "providers: [{ name: o, type: openai, api_key: ' hunter2' }]",
        "providers: [{ name: o, type: openai, base_url: 'https://u:hunter2@h/v1' }]",
        "providers: [{ name: o, type: openai, base_url: 'https://u:hunter2@h h/v1' }]",
        "providers: [{ name: o, type: openai, base_url: '${SECRET}' }]",
        "providers: [{ name: o, type: openai, timeout: '${SECRET}' }]",
        "providers: hunter2",
        "providers: [hunter2]",
        ECHO + "auth: hunter2",
        ECHO + "auth: { mode: static_key, keys: [{ key: hunter2 }] }",
        ECHO + "auth: { keys: [{ key: hunter2, caller: a }, { key: hunter2, caller: b }] }",
        ECHO + "auth: { mist_secret: \"hunter2\\n\" }",
        ECHO + "telemetry: { tokentrace: { secret: \"hunter2\\n\" } }",
        ECHO + "telemetry: { otlp: { headers: { authorization: \"hunter2\\n\" } } }",
        "providers: [{ name: o, type: openai, proxy: 'ftp://u:hunter2@p' }]",
        ECHO + "listen: *hunter2",
        ECHO + "auth: { key: hunter2",
        ECHO + "auth:\n  key: hunter2: hunter2",
        ECHO + "auth:\n  key: @hunter2",
        ECHO + "auth:\n  key: !hunter2 x",
        ECHO + "auth:\n  key: 'hunter2",
      })
  void no_message_quotes_a_secret(String yaml) throws Exception {
    ConfigResult result = read(yaml, ReadOptions.of(Map.of("SECRET", SECRET)));

    assertThat(result).isNotInstanceOf(ConfigResult.Loaded.class);
    assertThat(result.toString()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "${SECRET}"})
  void a_loaded_configuration_does_not_print_its_secrets(String value) throws Exception {
    String yaml =
        """
        auth: { mode: static_key, key: "%1$s", keys: [{ key: "x%1$s", caller: a }], mist_secret: "%1$s" }
        providers: [{ name: o, type: openai, api_key: "%1$s", proxy: "http://u:%1$s@p.q:1" }]
        telemetry:
          tokentrace: { url: "http://t", secret: "%1$s" }
          otlp: { endpoint: "http://o", headers: { authorization: "%1$s" } }
        """
            .formatted(value);

    var result = loaded(read(yaml, ReadOptions.of(Map.of("SECRET", SECRET))));

    assertThat(result.config().http().auth().key().reveal()).isEqualTo(SECRET);
    assertThat(result.toString()).doesNotContain(SECRET);
  }
}
