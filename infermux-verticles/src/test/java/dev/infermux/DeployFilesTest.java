package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import dev.infermux.inbound.ListenAddress;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start scripts, and what packages are made of. */
@ExtendWith(VertxExtension.class)
class DeployFilesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DEBIAN = ROOT.resolve("deploy/debian");
  private static final Pattern JVM_FLAG =
      Pattern.compile("-X(?:ms|mn|mx|ss|log:|X:\\+Use\\w+GC|X:-)[\\w]*");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "infermux",
        "deploy/package.sh",
        "deploy/docker/healthcheck",
        "deploy/debian/postinst",
        "deploy/debian/prerm",
        "deploy/debian/postrm"
      })
  void scripts_are_executable_and_parse(String name) throws Exception {
    Path script = ROOT.resolve(name);
    String shell = Files.readAllLines(script).get(0).contains("bash") ? "bash" : "sh";
    assumeTrue(Files.exists(Path.of("/bin", shell)), "needs " + shell);

    Process check =
        new ProcessBuilder(shell, "-n", script.toString()).redirectErrorStream(true).start();

    assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    assertThat(check.waitFor()).isZero();
    assertThat(script).isExecutable();
  }

  @Test
  void windows_script_starts_the_same_jvm_in_its_own_line_ends() throws Exception {
    String windows = Files.readString(ROOT.resolve("infermux.cmd"));

    assertThat(flags(windows))
        .contains("-Xmx", "-XX:+UseSerialGC", "-XX:+UseParallelGC")
        .isEqualTo(flags(Files.readString(ROOT.resolve("infermux"))));
    assertThat(windows.lines().count()).isEqualTo(windows.split("\r\n", -1).length - 1);
  }

  @Test
  void files_that_a_user_may_edit_survive_an_update() throws Exception {
    String script = Files.readString(ROOT.resolve("deploy/package.sh"));
    String unit = Files.readString(ROOT.resolve("deploy/systemd/infermux.service"));
    for (String file : List.of("/etc/infermux/infermux.yml", "/etc/infermux/environment")) {
      assertThat(script).contains("$tree" + file, file + " ");
      assertThat(unit).contains(file);
    }
  }

  @Test
  void journal_keeps_a_line_for_each_call() throws Exception {
    assertThat(ROOT.resolve("deploy/systemd/infermux.service"))
        .content()
        .contains("LogRateLimitIntervalSec=0\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"debian", "docker"})
  void shipped_configurations_are_strictly_valid(String folder, Vertx vertx) throws Exception {
    Path file = ROOT.resolve("deploy").resolve(folder).resolve("infermux.yml");

    assertThat(read(vertx, file)).isInstanceOf(ConfigResult.Loaded.class);
  }

  @Test
  void image_has_a_jdk_to_build_a_user_without_rights_and_a_health_check() throws Exception {
    List<String> lines = Files.readAllLines(ROOT.resolve("Dockerfile"));

    assertThat(lines).filteredOn(line -> line.startsWith("FROM ")).hasSize(2);
    assertThat(lines)
        .anyMatch(line -> line.matches("FROM eclipse-temurin:25-jdk\\S* AS build"))
        .anyMatch(line -> line.startsWith("HEALTHCHECK ") && line.contains("/healthcheck"))
        .contains(
            "USER 10001:10001",
            "STOPSIGNAL SIGTERM",
            "ENTRYPOINT [\"/opt/infermux/bin/infermux\"]");
    for (String line : lines) {
      if (line.startsWith("COPY ") && !line.contains("--from=") && !line.equals("COPY . .")) {
        String source = line.replaceAll("COPY (?:--\\S+ )*(\\S+) .*", "$1");
        assertThat(ROOT.resolve(source)).exists();
      }
    }
  }

  @Test
  void health_check_of_the_image_asks_a_running_server(Vertx vertx) throws Exception {
    Path bash = Path.of("/bin/bash");
    assumeTrue(Files.exists(bash), "needs bash");
    Config echo = Config.echo();
    Config anyPort = echo.withHttp(echo.http().withListen(new ListenAddress("127.0.0.1", 0)));
    InferMux infermux = InferMux.create(vertx, anyPort).await();
    int port = infermux.listen().await().port();

    // It waits two seconds for an answer, and an engine asks again before it calls anybody ill.
    await().until(() -> healthy("127.0.0.1:" + port + "/_infermux/ready"));
    assertThat(healthy("127.0.0.1:" + port + "/_infermux/nothing")).isFalse();
    infermux.close().await();
    assertThat(healthy("127.0.0.1:" + port + "/_infermux/ready")).isFalse();
  }

  private static boolean healthy(String address) throws Exception {
    ProcessBuilder check =
        new ProcessBuilder("bash", ROOT.resolve("deploy/docker/healthcheck").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    check.environment().put("INFERMUX_HEALTH", address);
    return check.start().waitFor() == 0;
  }

  private static ConfigResult read(Vertx vertx, Path file) throws Exception {
    return ConfigReader.read(vertx, file, ReadOptions.of(Map.of()).withStrict(true))
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void control_file_has_what_dpkg_asks_for() throws Exception {
    assertThat(Files.readAllLines(DEBIAN.resolve("control")))
        .contains("Package: infermux", "Version: @VERSION@", "Architecture: @ARCH@")
        .anyMatch(line -> line.matches("Maintainer: .+ <.+@.+>"))
        .anyMatch(line -> line.startsWith("Description: "));
  }

  private static Set<String> flags(String script) {
    return JVM_FLAG
        .matcher(script)
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
