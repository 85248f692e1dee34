package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code infermux doctor} against real sockets. */
@ExtendWith(VertxExtension.class)
class DoctorCommandTest {

  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final String KEY = "sk-very-secret-1234567890";
  private static final String MODELS = "{\"object\":\"list\",\"data\":[{\"id\":\"gpt-4o\"}]}";

  @TempDir private Path folder;
  private MockUpstream upstream;

  @BeforeEach
  void open(Vertx vertx) {
    upstream = MockUpstream.start(vertx);
  }

  @AfterEach
  void close() {
    upstream.close();
  }

  @Test
  void what_works_is_said_line_by_line_and_ends_with_0() throws IOException {
    upstream.always(MockAnswer.json(MODELS));
    Cli cli = doctor("");

    assertThat(cli.out())
        .containsPattern("ok +configuration +.*infermux.yml is valid, 1 provider\n")
        .containsPattern("ok +jvm +Java \\d+, \\d+ MiB of heap")
        .containsPattern("ok +listen 127.0.0.1:0 +is free")
        .containsPattern("ok +provider upstream at http://127.0.0.1:\\d+ +is reached")
        .containsPattern("ok +provider upstream +answers, and takes its key");
    assertThat(cli.exitCode()).isZero();
    assertThat(upstream.requests())
        .anyMatch(
            one ->
                one.target().endsWith("/models")
                    && ("Bearer " + KEY).equals(one.headers().get("authorization")));
  }

  @Test
  void a_key_that_is_refused_fails_and_is_not_shown() throws IOException {
    upstream.always(
        MockAnswer.json(401, "{\"error\":{\"message\":\"Incorrect API key: " + KEY + "\"}}"));
    Cli cli = doctor("");

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out())
        .containsPattern("fail +provider upstream +.*key")
        .containsPattern("\\d of \\d+ checks failed\n$");
    assertThat(cli.out() + cli.err()).doesNotContain(KEY);
  }

  @Test
  void a_clock_that_is_wrong_is_warned_of() throws IOException {
    upstream.always(MockAnswer.json(MODELS).header("Date", "Tue, 01 Jan 2030 00:00:00 GMT"));
    Cli cli = doctor("");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out())
        .containsPattern("warn +provider upstream at .*this machine's clock is \\d+ s behind its")
        .contains("it works; ");
  }

  @Test
  void names_ports_collectors_and_files_are_looked_at() throws IOException {
    upstream.always(MockAnswer.json(MODELS));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Cli cli =
          doctor(
              """
              management_listen: 127.0.0.1:%d
              telemetry: { otlp: { endpoint: "http://collector.invalid:4318" } }
              budgets: { state_file: /proc/infermux/budgets.json, callers: [] }
              """
                  .formatted(taken.getLocalPort()));

      assertThat(cli.exitCode()).isEqualTo(2);
      assertThat(cli.out())
          .containsPattern("warn +management_listen 127.0.0.1:\\d+ .*in use")
          .containsPattern("fail +telemetry.otlp at http://collector.invalid:4318 +\\S")
          .containsPattern("fail +budgets.state_file +/proc/infermux does not exist");
    }
  }

  @Test
  void files_that_the_gateway_keeps_are_findings_among_all_others() throws IOException {
    upstream.always(MockAnswer.json(MODELS));
    Path broken = Files.writeString(folder.resolve("keys.json"), "{");
    String both = "auth: { keys_file: '%s' }\nbudgets: { state_file: '%s', callers: [] }\n";

    Cli unusable = doctor(both.formatted(broken, folder));
    Cli absent = doctor(both.formatted("/nowhere/keys.json", folder.resolve("budgets.json")));

    assertThat(unusable.exitCode()).isEqualTo(2);
    assertThat(unusable.out())
        .containsPattern("fail +auth.keys_file +.*keys.json is no file of keys")
        .containsPattern("fail +budgets.state_file +.* is a directory")
        .containsPattern("ok +provider upstream +answers");
    assertThat(absent.out())
        .containsPattern("warn +auth.keys_file +/nowhere does not exist; keys cannot be made")
        .containsPattern("ok +budgets.state_file +.* can be written");
  }

  @Test
  void a_file_of_spans_is_looked_at_with_the_directories_that_are_made() throws IOException {
    upstream.always(MockAnswer.json(MODELS));
    String spans = "telemetry: { tokentrace: { url: 'file://%s' } }\n";
    Path plain = Files.writeString(folder.resolve("plain"), "");

    assertThat(doctor(spans.formatted(folder.resolve("new/deep/spans.jsonl"))).out())
        .containsPattern("ok +telemetry.tokentrace +.*spans.jsonl can be written");
    assertThat(doctor(spans.formatted(folder)).out())
        .containsPattern("fail +telemetry.tokentrace +.* is a directory");
    assertThat(doctor(spans.formatted(plain.resolve("spans.jsonl"))).out())
        .containsPattern("fail +telemetry.tokentrace +.*plain cannot be written by this user");
  }

  @Test
  void classes_of_exporters_are_looked_for_and_not_run() throws IOException {
    upstream.always(MockAnswer.json(MODELS));
    Cli cli =
        doctor(
            """
            exporters:
              - class: %s
              - class: com.example.Missing
              - class: java.lang.String
            """
                .formatted(Noticed.class.getName().replace("$", "$$")));

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out())
        .containsPattern("ok +exporters\\[0] +.*Noticed is there")
        .containsPattern(
            "fail +exporters\\[1] +com.example.Missing not found \\(expected: a class on")
        .containsPattern("fail +exporters\\[2] +java.lang.String no verticle \\(expected: ");
    assertThat(RUNS).hasValue(0);
  }

  /** Where the module is not built yet, or anew, that is what is wrong. */
  @Test
  void database_of_shared_budgets_is_tried() throws IOException {
    upstream.always(MockAnswer.json(MODELS));
    Cli cli =
        doctor(
            """
            budgets:
              state_file: %s
              shared: { url: "postgresql://me:hunter22@127.0.0.1:1/d" }
            """
                .formatted(folder.resolve("budgets.json")));

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out())
        .containsPattern(
            "fail +budgets.shared +\\S.*(takes no connection|is not there|another version)")
        .doesNotContain("hunter22");
  }

  /** Tells when any of its code runs. */
  public static final class Noticed extends VerticleBase {
    static {
      RUNS.incrementAndGet();
    }
  }

  @Test
  void address_of_another_machine_is_no_running_gateway() throws IOException {
    upstream.always(MockAnswer.json(MODELS));
    Cli cli = doctor("management_listen: 192.0.2.7:9\n");

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out()).containsPattern("fail +management_listen 192.0.2.7:9 +Cannot assign");
  }

  @Test
  void a_secret_in_a_file_that_all_may_read_is_warned_of() throws IOException {
    upstream.always(MockAnswer.json(MODELS));
    Path file = folder.resolve("infermux.yml");
    Files.writeString(file, yaml("").replace("${KEY}", KEY));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(Cli.run("doctor", "--config", file.toString()).out())
        .containsPattern("warn +file .*holds a secret in clear")
        .doesNotContain(KEY);
  }

  @Test
  void all_problems_of_a_file_are_findings_in_json_too() throws IOException {
    Path file = folder.resolve("infermux.yml");
    Files.writeString(file, "listen: nowhere\nproviders: [{ name: a, type: none }]\n");
    Cli cli = Cli.run("doctor", "--config", file.toString(), "--format", "json");

    assertThat(cli.exitCode()).isEqualTo(2);
    JsonObject json = new JsonObject(cli.out());
    assertThat(json.getBoolean("works")).isFalse();
    JsonArray checks = json.getJsonArray("checks");
    assertThat(checks.stream().map(one -> ((JsonObject) one).getString("finding")))
        .anyMatch(text -> text.startsWith("listen: \"nowhere\""))
        .anyMatch(text -> text.startsWith("providers[0].type: \"none\""));
  }

  @Test
  void what_serve_would_refuse_of_the_environment_is_found_beside_all_else() throws IOException {
    Map<String, String> environment =
        Map.of(
            "INFERMUX_MANAGEMENT_TOKEN", "a b",
            "INFERMUX_TRANSPORT", "pigeon",
            "INFERMUX_WARM_UP", "soon",
            "SSL_CERT_FILE", folder.resolve("gone.pem").toString());
    String far = yaml("").replace(upstream.baseUrl().toString(), "https://127.0.0.1:9");
    Path file = Files.writeString(folder.resolve("infermux.yml"), far);
    Cli cli = Cli.run(environment, "", "doctor", "--config", file.toString(), "--format", "json");

    assertThat(cli.exitCode()).isEqualTo(2);
    JsonArray checks = new JsonObject(cli.out()).getJsonArray("checks");
    assertThat(checks.stream().map(one -> ((JsonObject) one).getString("finding")))
        .anyMatch(text -> text.startsWith("INFERMUX_MANAGEMENT_TOKEN: white space"))
        .anyMatch(text -> text.startsWith("INFERMUX_TRANSPORT: \"pigeon\""))
        .anyMatch(text -> text.startsWith("INFERMUX_WARM_UP: \"soon\""))
        .anyMatch(text -> text.startsWith("SSL_CERT_FILE: "))
        .anyMatch(text -> text.endsWith("is valid, 1 provider"));
  }

  @Test
  void no_file_and_wrong_words_are_bad_arguments() {
    assertThat(Cli.run("doctor", "--config", "/nowhere/infermux.yml").exitCode()).isEqualTo(1);
    assertThat(Cli.run("doctor", "--format", "xml").exitCode()).isEqualTo(1);
  }

  private Cli doctor(String more) throws IOException {
    Path file = folder.resolve("infermux.yml");
    Files.writeString(file, yaml(more));
    return Cli.run(Map.of("KEY", KEY), "", "doctor", "--config", file.toString());
  }

  private String yaml(String more) {
    return """
    listen: 127.0.0.1:0
    providers:
      - { name: upstream, type: openai, api_key: "${KEY}", base_url: "%s", models: [gpt-4o] }
    %s\
    """
        .formatted(upstream.baseUrl(), more);
  }
}
