package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the packages, which takes a minute, and uses them: {@code mvnw verify
 * -Dinfermux.packages=true}.
 */
@EnabledIfSystemProperty(
    named = "infermux.packages",
    matches = "true",
    disabledReason = "takes a minute: -Dinfermux.packages=true")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class PackageIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path directory;

  @Test
  void tar_answers_from_wherever_it_is_unpacked_and_deb_has_its_files() throws Exception {
    Programs.run(
        "env", "INFERMUX_JAR=" + Path.of("target/infermux.jar").toAbsolutePath(), packager());

    Programs.run(
        "tar", "-xzf", made(".tar.gz"), "--strip-components=1", "-C", directory.toString());
    assertThat(
            Programs.run(
                "env",
                "-i",
                "PATH=/usr/bin:/bin",
                directory.resolve("bin/infermux").toString(),
                "infer",
                "--model",
                "echo-v1",
                "--prompt",
                "Hello"))
        .isEqualTo("echo: Hello\n");
    for (String page : List.of("README.md", "docs/guides/first-route.md", "docs/images")) {
      assertThat(directory.resolve("share/doc/infermux").resolve(page)).exists();
    }

    assertThat(Programs.run("dpkg-deb", "--info", made(".deb")))
        .contains("Package: infermux", "conffiles")
        .containsPattern("Depends: adduser, libc6 \\(>= 2\\.\\d+\\)");
    assertThat(Programs.run("dpkg-deb", "--contents", made(".deb")))
        .contains(
            "./usr/bin/infermux -> ../lib/infermux/bin/infermux",
            "root/root",
            "./usr/lib/systemd/system/infermux.service",
            "./etc/infermux/infermux.yml",
            "./usr/lib/infermux/runtime/bin/java");
  }

  private static String packager() {
    return ROOT.resolve("deploy/package.sh").toString();
  }

  private static String made(String suffix) throws IOException {
    try (var files = Files.list(ROOT.resolve("deploy/target"))) {
      return files
          .map(Path::toString)
          .filter(name -> name.endsWith(suffix))
          .findFirst()
          .orElseThrow();
    }
  }
}
