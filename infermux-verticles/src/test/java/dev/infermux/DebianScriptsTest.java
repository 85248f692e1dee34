package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the package's scripts ask of systemd, of programs that write down how they are called. */
class DebianScriptsTest {

  private static final Path DEBIAN = Path.of("../deploy/debian");

  @TempDir Path machine;

  @BeforeEach
  void install() throws IOException {
    assumeTrue(Files.exists(Path.of("/bin/sh")), "needs a shell");
    Path programs = Files.createDirectories(machine.resolve("bin"));
    Files.createDirectories(machine.resolve("run/systemd/system"));
    Files.createDirectories(machine.resolve("etc/infermux"));
    for (String name : List.of("getent", "chown", "chmod", "install", "deluser")) {
      program(programs.resolve(name), "exit 0");
    }
    program(
        programs.resolve("systemctl"),
        "echo \"$*\" >> %1$s/asked\n[ \"$1\" != is-enabled ] || [ ! -e %1$s/off ]"
            .formatted(machine));
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void service_that_is_removed_and_installed_again_starts() throws Exception {
    assertThat(asked("postinst", "configure", "")).contains("enable --now infermux.service");
    assertThat(asked("postinst", "configure", "0.1.0"))
        .contains("try-restart infermux.service")
        .doesNotContain("enable");

    assertThat(asked("prerm", "remove")).contains("disable --now infermux.service");
    asked("postrm", "remove");
    assertThat(asked("postinst", "configure", "0.1.0")).contains("enable --now infermux.service");
    assertThat(asked("postinst", "configure", "0.1.0")).doesNotContain("enable");
    assertThat(machine.resolve("etc/infermux")).isEmptyDirectory();
  }

  @Test
  void service_that_was_switched_off_stays_so() throws Exception {
    Files.createFile(machine.resolve("off"));

    asked("prerm", "remove");

    assertThat(asked("postinst", "configure", "0.1.0")).doesNotContain("enable");
  }

  /** What one of them asks of systemd on this machine. */
  private String asked(String script, String... arguments) throws Exception {
    Path asked = machine.resolve("asked");
    Files.deleteIfExists(asked);
    String text =
        Files.readString(DEBIAN.resolve(script))
            .replace("/run/", machine + "/run/")
            .replace("/etc/", machine + "/etc/")
            .replace("/var/", machine + "/var/");
    Path here = Files.writeString(machine.resolve(script), text);
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", here.toString());
    shell.command().addAll(List.of(arguments));
    shell.environment().merge("PATH", machine + "/bin:", (path, own) -> own + path);
    Process process = shell.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return Files.exists(asked) ? Files.readString(asked) : "";
  }
}
