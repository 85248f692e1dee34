package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MockCommandTest {

  @TempDir Path directory;

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals")
  void it_says_where_it_listens_answers_and_ends_with_0_when_told_to() throws Exception {
    Path script = Files.writeString(directory.resolve("s.yml"), "models: { m: 'text-Scripted' }\n");
    try (ServerProcess mock =
        ServerProcess.start(
            directory,
            "mock",
            "--listen",
            "127.0.0.1:0",
            "--script",
            script.toString(),
            "--seed",
            "3")) {
      URI url = mock.url();

      String answer = post(url, "m");
      String failure = post(url, "mock-status-503");
      mock.signal("TERM");

      assertThat(answer).contains("\"content\":\"Scripted\"");
      assertThat(failure).contains("mock: status 503");
      assertThat(mock.exitCode()).isZero();
      assertThat(mock.out()).contains("try it:", "curl " + url + "/v1/chat/completions");
      assertThat(mock.err()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "--plan # ok 3 # infermux: --plan: \"ok 3\" (expected: a behaviour, alone or with x3 or 10s"
            + " behind it)",
        "--seed # many # infermux: --seed: \"many\" (expected: a whole number >= 0)",
        "--remember # 0 # infermux: --remember: \"0\" (expected: a whole number >= 1)",
        "--listen # nowhere # infermux: --listen: \"nowhere\" (expected: an address such as :8080",
        "--script # /no/such/script.yml # infermux: /no/such/script.yml: not found",
      })
  void what_cannot_be_is_exit_code_1_with_what_can(String flag, String value, String message) {
    Cli cli = Cli.run("mock", flag, value);

    assertThat(cli.err()).startsWith(message);
    assertThat(cli.exitCode()).isEqualTo(1);
  }

  @Test
  void a_bad_script_is_exit_code_1_with_every_place() throws IOException {
    Path script = Files.writeString(directory.resolve("s.yml"), "script: ok 3\nseed: -1\n");

    Cli cli = Cli.run("mock", "--script", script.toString());

    assertThat(cli.err())
        .contains("s.yml: seed: -1 (expected: a whole number >= 0)")
        .contains("s.yml: script: \"ok 3\" (expected: a behaviour")
        .doesNotContain("\tat ");
    assertThat(cli.exitCode()).isEqualTo(1);
  }

  @Test
  void an_address_in_use_is_exit_code_3_with_what_to_do() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      Cli cli = Cli.run("mock", "--listen", "127.0.0.1:" + taken.getLocalPort());

      assertThat(cli.err())
          .contains("cannot listen on 127.0.0.1:", "--listen")
          .doesNotContain("\tat ");
      assertThat(cli.exitCode()).isEqualTo(3);
    }
  }

  private static String post(URI url, String model) throws Exception {
    String body =
        "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(url.resolve("/v1/chat/completions"))
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString())
        .body();
  }
}
