package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServeProcessTest {

  private static final String STREAM =
      "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  @TempDir Path directory;

  @Test
  void without_a_file_it_says_so_answers_and_ends_with_0_when_told_to() throws Exception {
    try (ServerProcess server = ServerProcess.start(directory, "serve", "--addr", "127.0.0.1:0")) {
      URI url = server.url();

      String answer = post(url, "/v1/chat/completions", STREAM.replace("\"m\"", "\"echo-v1\""));
      server.signal("TERM");

      assertThat(answer).startsWith("HTTP/1.1 200").contains("echo:", "[DONE]");
      assertThat(server.exitCode()).isZero();
      assertThat(server.out()).contains("next step: ", "curl " + url);
      assertThat(server.err()).contains("stopping", "stopped").doesNotContain("\tat ");
    }
  }

  @Test
  void the_start_says_who_is_healthy_and_why_not_and_serves_all_the_same() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("two.yml"),
            """
            providers:
              - { name: e, type: echo, models: [echo-v1] }
              - { name: gone, type: openai, api_key: k, base_url: "http://127.0.0.1:1/v1" }
              - { name: left, type: echo, health_check: { disabled: true } }
            """);
    try (ServerProcess server =
        ServerProcess.start(
            directory, "serve", "--listen", "127.0.0.1:0", "--config", file.toString())) {

      assertThat(server.linesToAddress())
          .contains(
              "provider e (echo): echo-v1 (healthy)",
              "provider gone (openai): any model (unhealthy: connection refused)",
              "provider left (echo): echo-v1 (not checked)");
      server.signal("TERM");
      assertThat(server.exitCode()).isZero();
      assertThat(server.err()).contains("provider gone is unhealthy: connection refused");
    }
  }

  @Test
  void without_health_checks_nobody_is_asked() throws Exception {
    try (SlowProvider provider = new SlowProvider();
        ServerProcess server = serve(provider, "--no-health-checks")) {

      assertThat(server.linesToAddress())
          .contains("provider slow (openai): any model (not checked)");
      server.signal("TERM");
      assertThat(server.exitCode()).isZero();
    }
  }

  @Test
  void what_validate_prints_can_be_piped() throws Exception {
    Path file = directory.resolve("infermux.yml");
    Files.writeString(file, "providers: [{ name: e, type: echo, models: [echo-v1] }]\n");

    try (ServerProcess validate =
        ServerProcess.start(directory, "validate", "--config", file.toString())) {
      assertThat(validate.exitCode()).isZero();
      assertThat(validate.out())
          .isEqualToIgnoringNewLines("ok: config is valid (1 provider, 0 route groups)");
      assertThat(validate.err()).isEmpty();
    }
  }

  @Test
  void a_stream_in_flight_is_let_end_while_new_connections_are_refused() throws Exception {
    try (SlowProvider provider = new SlowProvider();
        ServerProcess server = serve(provider, "--graceful-shutdown", "30s")) {
      URI url = server.url();
      try (Socket caller = send(url, "/v1/chat/completions", STREAM)) {
        BufferedReader answer = reader(caller);
        readTo(answer, "first");

        server.signal("TERM");
        await().atMost(Duration.ofSeconds(20)).until(() -> refuses(url));
        provider.release();

        assertThat(answer.lines().collect(Collectors.joining("\n"))).contains("last", "[DONE]");
      }
      assertThat(server.exitCode()).isZero();
    }
  }

  @Test
  void the_grace_ends() throws Exception {
    try (SlowProvider provider = new SlowProvider();
        ServerProcess server = serve(provider, "--graceful-shutdown", "100ms")) {
      try (Socket caller = send(server.url(), "/v1/chat/completions", STREAM)) {
        readTo(reader(caller), "first");

        server.signal("TERM");

        assertThat(server.exitCode()).isZero();
      }
    }
  }

  @Test
  void interrupted_it_ends_with_130_and_a_second_signal_does_not_wait() throws Exception {
    try (SlowProvider provider = new SlowProvider();
        ServerProcess server = serve(provider, "--graceful-shutdown", "1h")) {
      URI url = server.url();
      assumeFalse(ignoresInterrupt(server.pid()), "SIGINT is ignored here, as in the background");
      try (Socket caller = send(url, "/v1/chat/completions", STREAM)) {
        readTo(reader(caller), "first");

        server.signal("INT");
        await().atMost(Duration.ofSeconds(20)).until(() -> refuses(url));
        server.signal("INT");

        assertThat(server.exitCode()).isEqualTo(130);
      }
    }
  }

  @Test
  void an_address_in_use_is_exit_code_3_with_what_to_do() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      try (ServerProcess server = ServerProcess.start(directory, "serve", "--listen", address)) {

        assertThat(server.exitCode()).isEqualTo(3);
        assertThat(server.err())
            .contains("cannot listen on " + address, "in use", "--listen")
            .doesNotContain("\tat ");
      }
    }
  }

  @Test
  void a_configuration_that_cannot_be_is_exit_code_2() throws Exception {
    Path file = Files.writeString(directory.resolve("wrong.yml"), "providers: []\n");
    Map<String, String> environment = Map.of("INFERMUX_CONFIG", file.toString());
    try (ServerProcess server = ServerProcess.start(directory, environment, "serve")) {

      assertThat(server.exitCode()).isEqualTo(2);
      assertThat(server.err()).contains("providers", "at least one").doesNotContain("\tat ");
    }
  }

  @Test
  void as_json_the_start_is_a_line_like_any_other() throws Exception {
    Map<String, String> environment = Map.of("INFERMUX_LOG_FORMAT", "json");
    try (ServerProcess server =
        ServerProcess.start(directory, environment, "serve", "--listen", "127.0.0.1:0")) {
      BufferedReader log = server.errReader();
      String started = log.readLine();
      server.signal("TERM");

      assertThat(started)
          .startsWith("{")
          .contains("\"message\":\"started\"", "\"listen\":\"http://127.0.0.1:");
      assertThat(server.exitCode()).isZero();
      assertThat(server.out()).isEmpty();
      assertThat(log.lines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }
  }

  private ServerProcess serve(SlowProvider provider, String... more) throws IOException {
    Files.writeString(directory.resolve("infermux.yml"), provider.configuration());
    String[] arguments = new String[3 + more.length];
    System.arraycopy(new String[] {"serve", "--listen", "127.0.0.1:0"}, 0, arguments, 0, 3);
    System.arraycopy(more, 0, arguments, 3, more.length);
    return ServerProcess.start(directory, arguments);
  }

  private static String post(URI url, String path, String body) throws IOException {
    try (Socket socket = send(url, path, body)) {
      return reader(socket).lines().collect(Collectors.joining("\n"));
    }
  }

  private static Socket send(URI url, String path, String body) throws IOException {
    Socket socket = new Socket(url.getHost(), url.getPort());
    String request =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void readTo(BufferedReader answer, String word) throws IOException {
    String line = answer.readLine();
    while (line != null && !line.contains(word)) {
      line = answer.readLine();
    }
    assertThat(line).as("the answer up to '%s'", word).isNotNull();
  }

  private static boolean refuses(URI url) {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  private static boolean ignoresInterrupt(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }
}
