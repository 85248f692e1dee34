package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferCommandTest {

  private static CdsTrainingGateway gateway;
  private static Runnable undo;

  @BeforeAll
  static void start() throws IOException {
    undo = Cli.levels();
    gateway = CdsTrainingGateway.start(List.of("--log-level", "error"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    undo.run();
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole", "streamed"})
  void in_process_the_content_alone_is_on_standard_output(String how) {
    Cli cli = infer("grüß dich", how);

    assertThat(cli).isEqualTo(new Cli(0, "echo: grüß dich\n", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole", "streamed"})
  void from_a_server_the_content_alone_is_on_standard_output(String how) {
    Cli cli = infer("grüß dich", how, "--server", gateway.url() + "/");

    assertThat(cli).isEqualTo(new Cli(0, "echo: grüß dich\n", ""));
  }

  @Test
  void prompt_is_an_operand_and_any_model_the_default() {
    assertThat(Cli.run("infer", "Hello world")).isEqualTo(new Cli(0, "echo: Hello world\n", ""));
    assertThat(Cli.run("infer", "-model", "echo-v1", "Hi").out()).isEqualTo("echo: Hi\n");
    assertThat(Cli.run("infer", "Hi", "there", "-model=echo-v1").out())
        .isEqualTo("echo: Hi there\n");
    assertThat(Cli.run(Map.of(), "piped\n", "infer", "-").out()).isEqualTo("echo: piped\n");
    assertThat(infer("x", "streamed", "--server", gateway.url().toString()).exitCode()).isZero();
  }

  @Test
  void prompt_is_given_once() {
    assertThat(Cli.run("infer").err()).contains("PROMPT: missing");
    assertThat(Cli.run("infer", "a", "--prompt", "b").err()).contains("--prompt and PROMPT");
    assertThat(Cli.run("infer").exitCode()).isEqualTo(1);
  }

  @Test
  void version_and_help_are_commands_too() {
    assertThat(Cli.run("version")).isEqualTo(Cli.run("--version"));
    assertThat(Cli.run("help")).isEqualTo(Cli.run("--help")).isEqualTo(Cli.run("-help"));
    assertThat(Cli.run("help", "infer")).isEqualTo(Cli.run("infer", "--help"));
    assertThat(Cli.run("version", "--help").out()).startsWith("Usage: infermux version [FLAGS]\n");
    assertThat(Cli.run("help", "help")).isEqualTo(Cli.run("help", "--help"));
    assertThat(Cli.run("version", "x").err()).contains("\"x\": no flag (expected: flags only)");
    assertThat(Cli.run("help", "serv").err()).contains("did you mean serve?");
    assertThat(Cli.run("versoin").err()).contains("did you mean version?");
    assertThat(Cli.run("infr").exitCode()).isEqualTo(1);
  }

  @Test
  void the_prompt_can_come_from_standard_input() {
    Cli cli =
        Cli.run(
            Map.of("INFERMUX_SERVER", gateway.url().toString()),
            "two\nlines\n",
            "infer",
            "--model",
            "echo-v1",
            "--prompt",
            "-");

    assertThat(cli.out()).isEqualTo("echo: two\nlines\n");
  }

  @Test
  void a_model_that_nobody_serves_fails_alike_in_process_and_from_a_server() {
    Cli local = Cli.run("infer", "--model", "echo-v2", "--prompt", "x");
    Cli remote =
        Cli.run(
            "infer", "--model", "echo-v2", "--prompt", "x", "--server", gateway.url().toString());

    assertThat(local.exitCode()).isEqualTo(4);
    assertThat(local.out()).isEmpty();
    assertThat(local.err()).startsWith("infermux: model_not_found: ").contains("echo-v1");
    assertThat(remote).isEqualTo(local);
  }

  @Test
  void a_server_that_is_not_there_is_told_with_what_to_do() {
    Cli cli = infer("x", "whole", "--server", "http://127.0.0.1:1");

    assertThat(cli.err()).contains("http://127.0.0.1:1", "infermux serve");
    assertThat(cli.exitCode()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8080", "ftp://localhost", "http://", "%"})
  void a_server_that_is_no_url_is_bad_arguments(String server) {
    Cli cli = infer("x", "whole", "--server", server);

    assertThat(cli.err()).contains("--server: \"" + server + "\" (expected: ");
    assertThat(cli.exitCode()).isEqualTo(1);
  }

  @Test
  void a_server_and_a_configuration_do_not_go_together() {
    Cli cli = infer("x", "whole", "--server", "http://127.0.0.1:1", "--config", "x.yml");

    assertThat(cli.err()).contains("--config and --server");
    assertThat(cli.exitCode()).isEqualTo(1);
  }

  @Test
  void a_stream_that_breaks_off_is_a_failure_after_what_came() throws IOException {
    Cli cli = fromServer("data: {\"delta\":\"half\"}\n\n", "--stream");

    assertThat(cli.out()).isEqualTo("half\n");
    assertThat(cli.err()).contains("broke off");
    assertThat(cli.exitCode()).isEqualTo(4);
  }

  @Test
  void a_stream_that_tells_of_its_failure_is_told_on() throws IOException {
    Cli cli =
        fromServer(
            "data: {\"delta\":\"half\"}\n\n"
                + "data: {\"error\":{\"message\":\"gone\",\"code\":\"upstream_error\"}}\n\n",
            "--stream");

    assertThat(cli.err()).isEqualTo("infermux: upstream_error: gone\n");
    assertThat(cli.exitCode()).isEqualTo(4);
  }

  @Test
  void the_key_goes_to_the_server_as_bearer_token() throws IOException {
    AtomicReference<String> seen = new AtomicReference<>("");
    HttpServer server = server("{\"content\":\"hello\"}", seen);

    Cli cli =
        Cli.run(
            Map.of("INFERMUX_API_KEY", "sesame"),
            "",
            "infer",
            "--model",
            "m",
            "--prompt",
            "x",
            "--server",
            url(server));
    server.stop(0);

    assertThat(cli.out()).isEqualTo("hello\n");
    assertThat(seen.get()).isEqualTo("Bearer sesame");
  }

  @Test
  void a_key_that_is_refused_is_told_with_where_it_comes_from() throws IOException {
    assertThat(refused("{\"error\":{\"message\":\"Who?\",\"code\":\"invalid_api_key\"}}"))
        .isEqualTo("infermux: invalid_api_key: Who?; INFERMUX_API_KEY has the key\n");
    assertThat(refused("{\"error\":{\"message\":\"No.\",\"code\":null}}"))
        .isEqualTo("infermux: No.\n");
  }

  private static String refused(String body) throws IOException {
    HttpServer server = server(401, body, new AtomicReference<>(""));
    try {
      return infer("x", "whole", "--server", url(server)).err();
    } finally {
      server.stop(0);
    }
  }

  private static Cli infer(String prompt, String how, String... more) {
    List<String> arguments =
        new java.util.ArrayList<>(List.of("infer", "--model", "echo-v1", "--prompt", prompt));
    if (how.equals("streamed")) {
      arguments.add("--stream");
    }
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(new String[0]));
  }

  private static Cli fromServer(String body, String... more) throws IOException {
    HttpServer server = server(body, new AtomicReference<>(""));
    try {
      List<String> arguments = new java.util.ArrayList<>(List.of("--server", url(server)));
      arguments.addAll(List.of(more));
      return infer("x", "whole", arguments.toArray(new String[0]));
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer server(String body, AtomicReference<String> authorization)
      throws IOException {
    return server(200, body, authorization);
  }

  private static HttpServer server(int status, String body, AtomicReference<String> authorization)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/infer",
        exchange -> {
          authorization.set(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
