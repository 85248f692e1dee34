package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.mock.ControlCommand;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class MockScriptsTest {

  private Vertx vertx;

  @TempDir Path directory;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
  }

  @Test
  void a_file_has_a_whole_script() throws Exception {
    ControlCommand command =
        read(
            """
            seed: 7
            script: "ok x${COUNT}, hang"
            models:
              flaky: [ok 10s, status-503 5s, repeat]
            health: status-503
            rate_limit: { requests: 10, per: 1m }
            """);

    assertThat(command.problems()).isEmpty();
    assertThat(command.script().seed()).isEqualTo(7);
    assertThat(command.script().plan()).hasToString("ok x3, hang");
    assertThat(command.script().models().get("flaky")).hasToString("ok 10s, status-503 5s, repeat");
    assertThat(command.script().health()).hasToString("status-503");
    assertThat(command.script().rateLimit().requests()).isEqualTo(10);
  }

  @Test
  void all_problems_are_told_with_file_place_and_what_is_allowed() throws Exception {
    ControlCommand command = read("scrip: ok\nseed: x\nmodels: { m: [ok, cut-after] }\n");

    String file = directory.resolve("script.yml") + ": ";
    assertThat(command.problems())
        .containsExactlyInAnyOrder(
            file + "unknown field \"scrip\" at the top level (did you mean \"script\"?)",
            file + "seed: \"x\" (expected: a whole number >= 0)",
            file + "models.m[1]: \"cut-after\" (expected: cut-after-N)");
  }

  @Test
  void what_is_no_yaml_or_not_there_is_told() throws Exception {
    assertThat(read("script: [ok\n").problems().get(0)).contains("script.yml: line ");
    assertThat(MockScripts.read(vertx, directory.resolve("none.yml"), Map.of()).await().problems())
        .containsExactly(directory.resolve("none.yml") + ": not found");
  }

  private ControlCommand read(String yaml) throws Exception {
    Path file = Files.writeString(directory.resolve("script.yml"), yaml);
    return MockScripts.read(vertx, file, Map.of("COUNT", "3")).await();
  }
}
