package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.FileGateway;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code infermux budgets} against a server. */
@ExtendWith(VertxExtension.class)
class BudgetsCommandTest {

  @TempDir Path directory;
  private FileGateway gateway;

  @BeforeEach
  void start(Vertx vertx) {
    gateway =
        FileGateway.start(
            vertx,
            directory.resolve("infermux.yml"),
            "providers: [{ name: a, type: echo }]\nbudgets: [{ caller: team, monthly_usd: 5 }]\n");
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void budgets_are_listed_set_and_taken_back() {
    Cli set = run("budgets", "set", "team", "12.50", "--action", "alert");
    assertThat(set.exitCode()).as(set.err()).isZero();
    assertThat(set.out()).isEqualTo("team: $12.50 a month, alert (runtime)\n");
    assertThat(set.err()).contains("warning: ").contains("ends with this process");

    run("budgets", "set", "*", "1");
    String list = run("budgets").out();
    assertThat(list).containsPattern("CALLER +MONTHLY +ACTION +MODEL OVERRIDE +ORIGIN");
    assertThat(list).containsPattern("team +\\$12\\.50 +alert +- +runtime");
    assertThat(list).containsPattern("\\* +\\$1 +hard_stop +- +runtime");
    assertThat(run("budgets", "list", "--format", "json").out()).contains("\"origin\"");

    assertThat(run("budgets", "remove", "team").out())
        .isEqualTo("team: $5 a month, hard_stop (file)\n");
    assertThat(run("budgets", "remove", "*").out()).isEqualTo("*: no budget of its own\n");
  }

  @Test
  void what_is_refused_ends_with_2_and_what_is_no_command_with_1() {
    Cli nobody = run("budgets", "remove", "nobody");
    Cli negative = run("budgets", "set", "team", "-1");
    Cli words = run("budgets", "set", "team");

    assertThat(nobody.exitCode()).isEqualTo(2);
    assertThat(nobody.err()).contains("none was set for caller");
    assertThat(negative.exitCode()).isNotZero();
    assertThat(words.exitCode()).isEqualTo(1);
    assertThat(words.err()).contains("expected: list | set CALLER USD | remove CALLER");
  }

  private Cli run(String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--server";
    all[words.length + 1] = "http://127.0.0.1:" + gateway.port();
    return Cli.run(Map.of(), "", all);
  }
}
