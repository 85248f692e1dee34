package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.cli.process.ExitCode;
import dev.infermux.testing.JarBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --deploy} in a process, which must end whatever the verticle does. */
class DeployProcessTest {

  private static final String VERTICLE =
      """
      package example;
      import io.vertx.core.*;
      import java.nio.file.*;
      public class Deployed extends VerticleBase {
        public Future<?> start() throws Exception {
          Files.writeString(Path.of("started"), "1");
          if (Files.exists(Path.of("hang"))) { Thread.sleep(600_000); }
          return Future.succeededFuture();
        }
        public Future<?> stop() throws Exception {
          Files.writeString(Path.of("stopped"), "1");
          return Future.succeededFuture();
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void a_verticle_comes_and_goes_with_the_server() throws Exception {
    JarBuilder.build("Deployed", VERTICLE, folder.resolve("own.jar"));
    try (ServerProcess server =
        ServerProcess.start(
            folder,
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--deploy",
            "example.Deployed",
            "--classpath",
            "own.jar")) {
      server.url();
      assertThat(folder.resolve("started")).exists();
      server.signal("TERM");
      assertThat(server.exitCode()).isZero();
    }
    assertThat(folder.resolve("stopped")).exists();
  }

  @Test
  void one_of_the_file_ends_after_the_last_call_and_without_a_warning() throws Exception {
    JarBuilder.build("Deployed", VERTICLE, folder.resolve("own.jar"));
    Files.writeString(
        folder.resolve("infermux.yml"),
        """
        listen: 127.0.0.1:0
        providers: [{ name: echo, type: echo, models: [echo-v1] }]
        exporters: [{ class: example.Deployed, classpath: [own.jar] }]
        """);
    try (ServerProcess server = ServerProcess.start(folder, "serve")) {
      server.url();
      server.signal("TERM");
      assertThat(server.exitCode()).isZero();
      assertThat(server.err()).contains("stopped").doesNotContain("did not stop", "ERROR");
    }
    assertThat(folder.resolve("stopped")).exists();
  }

  @Test
  void a_start_that_hangs_ends_the_process_in_time() throws Exception {
    JarBuilder.build("Deployed", VERTICLE, folder.resolve("own.jar"));
    Files.createFile(folder.resolve("hang"));
    Files.writeString(
        folder.resolve("infermux.yml"),
        """
        listen: 127.0.0.1:0
        providers: [{ name: echo, type: echo, models: [echo-v1] }]
        exporters: [{ class: example.Deployed, classpath: [own.jar], start_timeout: 200ms }]
        """);
    try (ServerProcess server = ServerProcess.start(folder, "serve")) {
      assertThat(server.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
      assertThat(server.err())
          .contains("infermux: exporters[0]: example.Deployed did not start within 200 ms");
    }
  }

  @Test
  void a_class_path_alone_is_refused() {
    Cli cli = Cli.run("serve", "--classpath", "x.jar");

    assertThat(cli.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS);
    assertThat(cli.err()).contains("--classpath: without --deploy (expected: both, or neither)");
  }
}
