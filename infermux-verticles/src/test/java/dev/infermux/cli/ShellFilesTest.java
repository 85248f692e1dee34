package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Completions and the manual, as the shells and man themselves read them, where they are there. */
class ShellFilesTest {

  private static final List<String> COMMANDS =
      List.of("serve", "infer", "validate", "status", "doctor", "import", "completion", "man");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "'' # serve serve-grpc infer validate version help --help",
        "se # serve serve-grpc",
        "serve --lo # --log-level --log-format",
        "serve --log-level # ''",
        "serve --log-level d # debug",
        "status --format j # json",
        "status --format = j # json",
        "status --format = # table json",
        "serve --transport e # epoll",
        "keys --action m # model_override",
        "import l # litellm",
        "help serve- # serve-grpc",
        "completion # ''",
        "validate --config infer # infermux.yml",
      })
  void bash_completes(String typed, String expected) throws Exception {
    Files.createFile(folder.resolve("infermux.yml"));
    Files.writeString(folder.resolve("c.bash"), Cli.run("completion", "bash").out());
    String line = "infermux " + typed;
    String script =
        "source ./c.bash; COMP_WORDS=("
            + line
            + (typed.isEmpty() ? " ''" : "")
            + "); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _infermux; echo ${COMPREPLY[@]}";

    String completed = said("bash", "-c", script);

    for (String word : expected.replace("'", "").strip().split(" ")) {
      assertThat(completed).contains(word);
    }
    assertThat(completed).isNotEqualTo("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void scripts_are_what_their_shells_read_and_have_all_commands(String shell) throws Exception {
    Cli cli = Cli.run("completion", shell);
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).contains(COMMANDS).contains("classpath");
    assumeThat(installed(shell)).isTrue();
    Path file = Files.writeString(folder.resolve("script"), cli.out());

    assertThat(said(shell, "-n", file.toString())).isEmpty();
  }

  @Test
  void the_manual_has_every_flag_and_man_reads_it() throws Exception {
    String page = Cli.run("man").out();

    assertThat(page).startsWith(".TH INFERMUX 1 ").contains("\\fB\\-\\-deploy\\fR \\fICLASS\\fR");
    COMMANDS.forEach(name -> assertThat(page).contains(".SS \"infermux " + name + " "));
    assumeThat(installed("groff")).isTrue();
    Path file = Files.writeString(folder.resolve("infermux.1"), page);
    assertThat(said("groff", "-man", "-ww", "-z", file.toString())).isEmpty();
  }

  @Test
  void another_shell_is_refused() {
    assertThat(Cli.run("completion", "tcsh").err())
        .contains("completion: \"tcsh\" (expected: bash | zsh | fish)");
    assertThat(Cli.run("completion").exitCode()).isEqualTo(1);
  }

  private static boolean installed(String program) {
    return List.of("/bin/", "/usr/bin/").stream()
        .anyMatch(directory -> Files.isExecutable(Path.of(directory + program)));
  }

  private String said(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
