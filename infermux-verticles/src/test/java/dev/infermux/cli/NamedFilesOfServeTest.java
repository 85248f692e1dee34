package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.testing.TestTls;
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

/** Files that a configuration names: who serves needs them, who validates may lack them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NamedFilesOfServeTest {

  private static final String ECHO = "providers: [{ name: e, type: echo, models: [m] }]\n";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "expired.pem | expired.key | tls.cert_file: | has a certificate that expired on 2020-02-01",
        "server.pem | rsa.key | tls.key_file: | is not the key of the first certificate in",
        "README.md | server.key | tls.cert_file: | has no PEM in it",
        "server.pem | encrypted.key | tls.key_file: | has an encrypted key",
        "server.key | server.pem | tls.cert_file: | has no certificate in it",
        "server.key | server.pem | tls.key_file: | has no private key in it",
      })
  void a_wrong_file_ends_both_with_its_own_code(
      String certificate, String key, String where, String why) throws IOException {
    String file = file(tls(TestTls.file(certificate), TestTls.file(key)) + ECHO);

    Cli serve = Cli.run("serve", "--config", file);
    Cli validate = Cli.run("validate", "--config", file);

    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(validate.exitCode()).isEqualTo(3);
    for (Cli cli : new Cli[] {serve, validate}) {
      assertThat(cli.err()).contains(where, why).doesNotContain("\tat ", "Exception");
      assertThat(cli.out()).isEmpty();
    }
  }

  @Test
  void a_file_that_is_not_there_ends_serve_and_is_a_warning_of_validate() throws IOException {
    Path absent = directory.resolve("absent.pem");
    String file = file(tls(absent, TestTls.file("server.key")) + ECHO);

    Cli serve = Cli.run("serve", "--config", file);
    Cli validate = Cli.run("validate", "--strict", "--config", file);

    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(serve.err()).contains("tls.cert_file: " + absent + " does not exist");
    assertThat(validate.exitCode()).isZero();
    assertThat(validate.err()).contains("warning: tls.cert_file: " + absent + " does not exist");
  }

  @Test
  void the_authority_of_a_provider_is_looked_at_too() throws IOException {
    String wrong = file(provider(TestTls.file("server.key")));
    String absent = file(provider(directory.resolve("ca.pem")));

    assertThat(Cli.run("validate", "--config", absent).exitCode()).isZero();
    Files.writeString(Path.of(wrong), provider(TestTls.file("server.key")));
    assertThat(Cli.run("validate", "--config", wrong).exitCode()).isEqualTo(3);
    Cli serve = Cli.run("serve", "--config", wrong);
    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(serve.err())
        .contains("providers[0].tls.ca_file: ", "server.key has no certificate in it")
        .doesNotContain("\tat ");
  }

  @Test
  void what_the_environment_names_ends_serve_with_the_variables_name() throws IOException {
    String file = file("providers: [{ name: a, type: ollama, base_url: 'https://a.invalid' }]\n");

    Cli certificates =
        Cli.run(Map.of("SSL_CERT_FILE", "/nowhere.pem"), "", "serve", "--config", file);
    Cli proxy =
        Cli.run(Map.of("HTTPS_PROXY", "https://u:hunter2@p"), "", "serve", "--config", file);

    assertThat(certificates.exitCode()).isEqualTo(2);
    assertThat(certificates.err()).contains("SSL_CERT_FILE: /nowhere.pem does not exist");
    assertThat(proxy.exitCode()).isEqualTo(2);
    assertThat(proxy.err()).contains("HTTPS_PROXY: not the URL of a proxy");
    assertThat(proxy.err()).doesNotContain("hunter2", "\tat ");
  }

  private static String provider(Path authority) {
    return "providers: [{ name: o, type: openai, api_key: k, tls: { ca_file: '"
        + authority
        + "' } }]\n";
  }

  private static String tls(Path certificate, Path key) {
    return "tls: { cert_file: '" + certificate + "', key_file: '" + key + "' }\n";
  }

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("infermux.yml"), text).toString();
  }
}
