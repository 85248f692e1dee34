package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inbound.ListenAddress;
import dev.infermux.tokentrace.TelemetryOptions.Format;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverridesTest extends Reading {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "INFERMUX_LISTEN", "127.0.0.1:9000",
          "INFERMUX_LOG_LEVEL", "debug",
          "INFERMUX_LOG_FORMAT", "json",
          "INFERMUX_LOG_TIMESTAMPS", "false");
  private static final String FILE =
      "listen: ':1'\nlog: { level: error }\nproviders: [{ name: e, type: echo }]\n";

  @Test
  void the_environment_goes_over_the_file() throws Exception {
    Config config = loaded(read(FILE, ReadOptions.of(ENVIRONMENT))).config();

    assertThat(config.http().listen()).isEqualTo(new ListenAddress("127.0.0.1", 9000));
    assertThat(config.log()).isEqualTo(new LogOptions(LogLevel.DEBUG, LogFormat.JSON, false));
  }

  @Test
  void a_flag_goes_over_the_environment() throws Exception {
    Overrides flags = Overrides.of(ENVIRONMENT).with("listen", ":2", "--listen");

    Config config = loaded(read(FILE, ReadOptions.of(ENVIRONMENT).withOverrides(flags))).config();

    assertThat(config.http().listen()).isEqualTo(ListenAddress.everywhere(2));
    assertThat(config.log().level()).isEqualTo(LogLevel.DEBUG);
  }

  @Test
  void what_is_not_set_changes_nothing() throws Exception {
    Overrides overrides = Overrides.of(Map.of("INFERMUX_LISTEN", "")).with("listen", null, "--x");

    var config = loaded(read(FILE, ReadOptions.of(Map.of()).withOverrides(overrides))).config();

    assertThat(config.http().listen()).isEqualTo(ListenAddress.everywhere(1));
  }

  @Test
  void a_wrong_override_is_told_under_its_own_name_even_over_a_good_file() throws Exception {
    Overrides overrides =
        Overrides.of(Map.of("INFERMUX_LOG_LEVEL", "loud")).with("listen", "9000", "--listen");

    assertThat(problems(read(FILE, ReadOptions.of(Map.of()).withOverrides(overrides))))
        .containsExactly(
            "--listen: 9000 (expected: an address such as :8080, 127.0.0.1:8080 or [::1]:8080)",
            "INFERMUX_LOG_LEVEL: \"loud\" (expected: debug | info | warn | error)");
  }

  @Test
  void blocks_that_the_file_does_not_have_are_made() throws Exception {
    Overrides flags =
        Overrides.none().with("telemetry.tokentrace.url", "http://localhost:8700", "--tokentrace");

    var telemetry =
        loaded(read(FILE, ReadOptions.of(Map.of()).withOverrides(flags))).config().telemetry();

    assertThat(telemetry.tokentrace().url()).isEqualTo(URI.create("http://localhost:8700"));
    assertThat(telemetry.tokentrace().format()).isEqualTo(Format.MIST);
  }

  @Test
  void spans_may_go_to_a_file() throws Exception {
    Overrides flags =
        Overrides.none().with("telemetry.tokentrace.url", "file:///tmp/t.jsonl", "--tokentrace");

    var telemetry =
        loaded(read(FILE, ReadOptions.of(Map.of()).withOverrides(flags))).config().telemetry();

    assertThat(telemetry.tokentrace().url()).isEqualTo(URI.create("file:///tmp/t.jsonl"));
  }

  @Test
  void without_a_file_the_echo_provider_takes_overrides_too() {
    ConfigResult result = ConfigReader.builtIn(ReadOptions.of(Map.of("INFERMUX_LISTEN", ":7")));

    Config config = loaded(result).config();
    assertThat(config.http().listen()).isEqualTo(ListenAddress.everywhere(7));
    assertThat(config.providers()).isEqualTo(Config.echo().providers());
    assertThat(loaded(result).warnings()).isEmpty();
    assertThat(loaded(result).notices()).isEmpty();
  }
}
