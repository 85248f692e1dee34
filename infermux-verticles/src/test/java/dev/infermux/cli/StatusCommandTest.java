package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inbound.management.ScriptedViews;
import dev.infermux.inbound.management.view.ProviderStatus;
import dev.infermux.inference.Secret;
import dev.infermux.testing.TestTls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class StatusCommandTest {

  private ScriptedViews views;

  @BeforeEach
  void open(Vertx vertx) {
    views = new ScriptedViews(vertx, null);
  }

  @AfterEach
  void close() {
    views.close();
  }

  @Test
  void all_circuits_closed_is_a_table_and_zero() {
    views.put(ScriptedViews.calm("primary")).put(ScriptedViews.calm("b"));

    assertThat(status())
        .isEqualTo(
            new Cli(
                0,
                """
                PROVIDER  TYPE    STATE   ERROR RATE  P95 LATENCY  RPM
                primary   openai  closed  0.0%        -            0
                b         openai  closed  0.0%        -            0
                """,
                ""));
  }

  @Test
  void an_open_circuit_has_a_footnote_and_is_one() {
    views.put(ScriptedViews.open("primary", Instant.now().plusSeconds(3_600)));

    Cli cli = status();

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.out())
        .startsWith(
            """
            PROVIDER  TYPE    STATE  ERROR RATE  P95 LATENCY  RPM
            primary   openai  open*  75.0%       1840ms       12
            """)
        .containsPattern("\n\\* circuit open; recovery in (1h|59m\\d+s)\n$");
  }

  @Test
  void several_open_circuits_have_their_names_in_the_footnotes() {
    views.put(ScriptedViews.open("a", Instant.EPOCH)).put(ScriptedViews.open("b", Instant.EPOCH));

    assertThat(status().out())
        .endsWith(
            """
            * a: circuit open; recovery in 0s
            * b: circuit open; recovery in 0s
            """);
  }

  @Test
  void an_unhealthy_provider_says_why_and_changes_no_exit_code() {
    ProviderStatus calm = ScriptedViews.calm("a");
    views.put(
        new ProviderStatus(
            "a",
            "openai",
            List.of(),
            Map.of(),
            new ProviderStatus.Health(false, "connection refused", Instant.EPOCH),
            calm.circuit(),
            calm.traffic()));

    Cli cli = status();

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out())
        .contains("a         openai  closed!  ")
        .endsWith("! a: unhealthy; connection refused\n");
  }

  @Test
  void json_is_the_gateway_with_its_providers() {
    views.put(ScriptedViews.calm("a"));

    Cli cli = status("--format", "json");

    JsonObject json = new JsonObject(cli.out());
    assertThat(json.getString("version")).isEqualTo("1.2.3");
    assertThat(json.getJsonArray("providers").getJsonObject(0).getString("name")).isEqualTo("a");
  }

  @Test
  void a_server_that_is_not_there_is_two() {
    Cli cli = Cli.run("status", "--server", "http://127.0.0.1:1");

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).startsWith("infermux: cannot reach http://127.0.0.1:1 ");
  }

  @Test
  void a_server_of_a_private_authority_is_asked_with_its_certificate(Vertx vertx) {
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(TestTls.with("server").getKeyCertOptions()))
            .requestHandler(request -> request.response().end("[]"))
            .listen(0, "127.0.0.1")
            .await();
    String url = "https://localhost:" + server.actualPort();
    String ca = TestTls.file("ca.pem").toString();

    assertThat(Cli.run("status", "--server", url, "--ca-file", ca).exitCode()).isZero();
    assertThat(Cli.run(Map.of("SSL_CERT_FILE", ca), "", "status", "--server", url).exitCode())
        .isZero();
    Cli unknown = Cli.run("status", "--server", url);
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .contains(
            url + ": the TLS handshake failed: its certificate is signed by nobody",
            "--ca-file, or SSL_CERT_FILE");
    Cli plain = Cli.run("status", "--server", url.replace("https:", "http:"));
    assertThat(plain.err())
        .contains("was closed before the answer", "(https:// instead of http://?)");
    Cli absent = Cli.run("status", "--server", url, "--ca-file", "/nowhere.pem");
    assertThat(absent.exitCode()).isEqualTo(1);
    assertThat(absent.err()).contains("/nowhere.pem does not exist").doesNotContain("\tat ");
  }

  @Test
  void the_token_comes_from_the_environment_and_without_it_the_answer_is_two(Vertx vertx) {
    try (ScriptedViews guarded = new ScriptedViews(vertx, Secret.of("sesame"))) {
      Map<String, String> open =
          Map.of("INFERMUX_SERVER", url(guarded), "INFERMUX_MANAGEMENT_TOKEN", "sesame");

      assertThat(Cli.run(open, "", "status").exitCode()).isZero();
      Cli refused = Cli.run("status", "--server", url(guarded));
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err())
          .startsWith("infermux: invalid_api_key: ")
          .contains("INFERMUX_MANAGEMENT_TOKEN");
    }
  }

  @Test
  void a_format_that_it_does_not_know_is_told_with_those_it_does() {
    Cli cli = status("--format", "yaml");

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).contains("--format: \"yaml\" (expected: table | json)");
  }

  private Cli status(String... more) {
    List<String> words = new java.util.ArrayList<>(List.of("status", "--server", url(views)));
    words.addAll(List.of(more));
    return Cli.run(words.toArray(new String[0]));
  }

  private static String url(ScriptedViews views) {
    return "http://127.0.0.1:" + views.port();
  }
}
