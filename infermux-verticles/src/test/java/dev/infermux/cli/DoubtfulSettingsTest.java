package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inference.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of which nobody can say whether they mean open or shut: they end the start. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DoubtfulSettingsTest {

  private static final String ECHO = "providers: [{ name: e, type: echo, models: [m] }]\n";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "token\n", "\ttoken", "tok\u00e9n", "token\u00a0"})
  void a_management_token_that_cannot_be_one_ends_the_start(String token) throws IOException {
    Cli cli =
        Cli.run(Map.of("INFERMUX_MANAGEMENT_TOKEN", token), "", "serve", "--config", file(ECHO));

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err())
        .contains("INFERMUX_MANAGEMENT_TOKEN: ", "(expected: a token without white space")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "' '", "'a b'", "\"token\\n\"", "\"tok\u00e9n\""})
  void so_does_one_in_the_file(String token) throws IOException {
    String file = file(ECHO + "management: { token: " + token + " }\n");

    Cli serve = Cli.run("serve", "--config", file);

    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(serve.err())
        .contains("management.token: ", "(expected: a token without white space")
        .doesNotContain("tok\u00e9n", "a b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth: { key: k }",
        "auth: { keys: [{ key: k, caller: c }] }",
        "auth: { key: '${NOT_SET}' }",
        "auth: { key: '' }",
      })
  void a_key_without_a_mode_ends_the_start_with_the_line_to_write(String auth) throws IOException {
    String file = file(ECHO + auth + "\n");

    Cli serve = Cli.run("serve", "--config", file);

    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(serve.err())
        .contains("auth.mode: missing beside a key (expected: \"mode: static_key\"");
    assertThat(Cli.run("validate", "--config", file).exitCode()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auth: { mode: static_key, key: '${NOT_SET}' } | auth.key",
        "auth: { mode: static_key, key: '$NOT_SET' } | auth.key",
        "auth: { mode: static_key, key: '${NOT_SET}', keys: [{ key: k, caller: c }] } | auth.key",
        "auth: { mode: static_key, keys: [{ key: '${NOT_SET}', caller: c }] } | auth.keys[0].key",
        "auth: { mode: static_key, key: k, keys: [{ key: '${NOT_SET}', caller: c }] } |"
            + " auth.keys[0].key",
        "auth: { mist_secret: '${NOT_SET}' } | auth.mist_secret",
        "management: { token: '${NOT_SET}' } | management.token",
      })
  void a_key_that_is_not_set_ends_serve_warns_validate_and_fails_strictly(String auth, String path)
      throws IOException {
    String file = file(ECHO + auth + "\n");

    Cli serve = Cli.run("serve", "--config", file);
    Cli validate = Cli.run("validate", "--config", file);
    Cli strict = Cli.run("validate", "--strict", "--config", file);

    String said = path + ": empty, since its variable is not set (expected: ";
    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(serve.err()).contains(said);
    assertThat(validate.exitCode()).isZero();
    assertThat(validate.err()).contains("warning: " + said);
    assertThat(strict.exitCode()).isEqualTo(3);
    assertThat(strict.err()).contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tls: | tls: nothing below it (expected: its keys",
        "auth: | auth: nothing below it (expected: its keys",
        "budgets: | budgets: nothing below it (expected: its keys",
        "management: | management: nothing below it (expected: its keys",
        "auth: { mist_secret: '' } | auth.mist_secret: \"\" (expected: a secret",
        "auth: { mode: static_key, keys: [{ key: k, caller: '*' }] } | auth.keys[0].caller: *",
      })
  void guard_that_guards_nothing_ends_the_start(String line, String said) throws IOException {
    Cli serve = Cli.run("serve", "--config", file(ECHO + line + "\n"));

    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(serve.err()).contains(said);
  }

  @Test
  void providers_that_can_all_not_be_called_end_the_start() throws IOException {
    String keyless =
        "auth: { mode: static_key, key: k }\n"
            + "providers: [{ name: o, type: openai }, { name: a, type: anthropic }]\n";
    String oneLeft = keyless.replace("type: anthropic", "type: openai, base_url: 'http://vllm/v1'");

    Cli serve = Cli.run("serve", "--config", file(keyless));

    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(serve.err()).contains("providers: none can be called (expected: an api_key");
    assertThat(Cli.run("validate", "--strict", "--config", file(oneLeft)).exitCode()).isZero();
  }

  @Test
  void an_address_that_is_open_to_all_is_said_in_one_line() {
    Config open = Config.echo();
    InferMuxOptions bare = InferMuxOptions.defaults();
    Config unguarded = open.withManagement(open.management().withOpen(true));

    assertThat(OpenAddress.of(open, bare, true))
        .hasValueSatisfying(line -> assertThat(line).doesNotContain("management"));
    assertThat(OpenAddress.of(unguarded, bare, true))
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .startsWith("OPEN TO ALL: no key is asked for at :8080, ")
                    .contains(
                        "for management no token (INFERMUX_MANAGEMENT_TOKEN)",
                        "auth.mode: static_key",
                        "127.0.0.1:8080")
                    .doesNotContain("\n"));
    assertThat(OpenAddress.of(unguarded, bare.withManagementToken(Secret.of("t")), true))
        .hasValueSatisfying(line -> assertThat(line).doesNotContain("management"));
    assertThat(OpenAddress.of(open.withGrpcListen(ListenAddress.everywhere(8601)), bare, false))
        .hasValueSatisfying(line -> assertThat(line).contains("at :8601, "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
  void an_address_of_this_machine_alone_is_not(String host) {
    Config local =
        Config.echo().withHttp(Config.echo().http().withListen(new ListenAddress(host, 8080)));

    assertThat(OpenAddress.of(local, InferMuxOptions.defaults(), true)).isEmpty();
  }

  @Test
  void an_address_that_asks_for_a_key_is_not() {
    Config locked =
        Config.echo()
            .withHttp(
                Config.echo()
                    .http()
                    .withAuth(
                        Config.echo()
                            .http()
                            .auth()
                            .withMode(AuthMode.STATIC_KEY)
                            .withKey(Secret.of("k"))));

    assertThat(OpenAddress.of(locked, InferMuxOptions.defaults(), true)).isEmpty();
  }

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("infermux.yml"), text).toString();
  }
}
