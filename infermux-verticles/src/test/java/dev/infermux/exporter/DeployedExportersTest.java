package dev.infermux.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import dev.infermux.testing.JarBuilder;
import dev.infermux.vertx.Publications;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verticles of users, compiled into jars that the gateway does not know. */
@ExtendWith(VertxExtension.class)
class DeployedExportersTest {

  private static final Path EXAMPLE =
      Path.of("src/test/java/dev/infermux/examples/CostFileExporter.java");
  private static final String VERTICLE =
      """
      package example.odd;
      import io.vertx.core.*;
      import java.nio.file.*;
      public class Odd extends VerticleBase {
        static { if (Boolean.getBoolean("odd.never")) { throw new Error(); } }
        public Future<?> start() throws Exception {
          String how = config().getString("how", "well");
          if (how.equals("throws")) { throw new java.io.IOException("no room left"); }
          if (how.equals("bare")) { throw new NullPointerException(); }
          if (how.equals("caused")) { throw new Exception("no file", new Exception("no right")); }
          if (how.equals("null")) { return null; }
          if (how.equals("breaks")) { throw new NoClassDefFoundError("org/lib/Client"); }
          if (how.equals("fails")) { return Future.failedFuture("no such host"); }
          if (how.equals("hangs")) { Thread.sleep(600_000); }
          vertx.eventBus().consumer("odd", m -> {
            m.reply(1);
            try { Thread.sleep(600_000); } catch (InterruptedException e) { }
          });
          if (how.equals("never")) { return Promise.promise().future(); }
          return Future.succeededFuture();
        }
        public Future<?> stop() throws Exception {
          String file = config().getString("stopped");
          if (file != null) { Files.writeString(Path.of(file), Thread.currentThread().getName()); }
          return Future.succeededFuture();
        }
      }
      """;

  @TempDir private static Path shared;
  private static Path odd;

  @TempDir private Path folder;
  private Vertx vertx;

  @BeforeAll
  static void compile() throws IOException {
    odd = JarBuilder.build("Odd", VERTICLE, shared.resolve("odd.jar"));
  }

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
  }

  @Test
  void the_example_of_the_page_exports_costs_from_a_jar_that_the_file_names() throws Exception {
    String source =
        Files.readString(EXAMPLE).replace("package dev.infermux.examples", "package example.costs");
    JarBuilder.build("CostFileExporter", source, folder.resolve("costs.jar"));
    Path lines = folder.resolve("costs.jsonl");
    Path file =
        Files.writeString(
            folder.resolve("infermux.yml"),
            """
            providers: [{ name: echo, type: echo, models: [echo-v1] }]
            exporters:
              - class: example.costs.CostFileExporter
                classpath: ["${FOLDER}"]
                config: { path: "${FOLDER}/costs.jsonl", nested: { many: [1, 2.5, true, text] } }
            """);
    Config config = read(file);

    InferMux router = InferMux.create(vertx, config).await();
    router.infer(InferRequest.of("echo-v1", List.of(ChatMessage.of("user", "Hi")))).await();
    router.close().await();

    assertThat(new JsonObject(Files.readString(lines)).getString("provider")).isEqualTo("echo");
    assertThat(config.exporters().get(0).config().getJsonObject("nested").encode())
        .isEqualTo("{\"many\":[1,2.5,true,\"text\"]}");
  }

  private Config read(Path file) {
    ReadOptions options =
        ReadOptions.of(Map.of("FOLDER", folder.toString())).withToServe(false).withStrict(true);
    ConfigResult result = ConfigReader.read(vertx, file, options).await();
    assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
    return ((ConfigResult.Loaded) result).config();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "throws # failed to start: java.io.IOException: no room left",
        "fails # failed to start: io.vertx.core.impl.NoStackTraceThrowable: no such host",
        "bare # failed to start: java.lang.NullPointerException in start(), line ",
        "caused # failed to start: java.lang.Exception: no file: java.lang.Exception: no right",
        "null # failed to start: java.lang.IllegalStateException: its start() returned null",
        "breaks # failed to start: java.lang.NoClassDefFoundError: org/lib/Client",
        "hangs # did not start within 300 ms",
        "never # did not start within 300 ms",
      })
  void what_does_not_start_ends_the_start_in_time_and_in_words(String how, String words) {
    ExporterOptions options = odd(new JsonObject().put("how", how));

    assertThatThrownBy(() -> create(options).await())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("exporters[0]: example.odd.Odd ")
        .hasMessageContaining(words.replaceAll(".*NoStack.*: ", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "example.odd.None # example.odd.None not found (expected: a class in ",
        "java.lang.StringBuilder # java.lang.StringBuilder no verticle (expected: a class that",
        "io.vertx.core.VerticleBase # io.vertx.core.VerticleBase cannot be made (expected: a"
            + " public",
      })
  void what_is_no_verticle_is_said(String name, String words) {
    ExporterOptions options = ExporterOptions.of("--deploy", name, List.of(odd));

    assertThatThrownBy(() -> create(options).await()).hasMessageStartingWith("--deploy: " + words);
  }

  @Test
  void a_class_of_a_newer_java_is_said_with_what_to_do() throws Exception {
    Path newer = folder.resolve("example/odd/Odd.class");
    Files.createDirectories(newer.getParent());
    try (FileSystem jar = FileSystems.newFileSystem(odd)) {
      byte[] compiled = Files.readAllBytes(jar.getPath("example/odd/Odd.class"));
      compiled[7] = 120; // the major version
      Files.write(newer, compiled);
    }

    assertThatThrownBy(
            () ->
                create(ExporterOptions.of("--deploy", "example.odd.Odd", List.of(folder))).await())
        .hasMessageStartingWith("--deploy: example.odd.Odd is compiled for a newer Java than ")
        .hasMessageContaining("(expected: what javac --release " + Runtime.version().feature());
  }

  @Test
  void a_class_path_that_is_not_there_is_said() {
    ExporterOptions options =
        ExporterOptions.of("--deploy", "A", List.of(folder.resolve("none.jar")));

    assertThatThrownBy(() -> create(options).await())
        .hasMessageContaining("none.jar cannot be read (expected: a jar, or a directory");
  }

  @Test
  void those_before_one_that_fails_are_stopped_again() {
    Path stopped = folder.resolve("stopped");
    ExporterOptions well = odd(new JsonObject().put("stopped", stopped.toString()));
    DeployedExporters exporters = new DeployedExporters(vertx, queues());

    assertThatThrownBy(
            () -> exporters.start(List.of(well, odd(new JsonObject().put("how", "fails")))).await())
        .hasMessageContaining("no such host");

    await().until(() -> Files.exists(stopped));
    assertThat(stopped).content().startsWith("infermux-exporters[0]");
  }

  @Test
  void one_that_is_stuck_is_interrupted_and_stops_then() {
    Path stopped = folder.resolve("stopped");
    ExporterOptions options =
        ExporterOptions.of("exporters[0]", "example.odd.Odd", List.of(odd))
            .withConfig(new JsonObject().put("stopped", stopped.toString()));
    RunningExporter exporter = RunningExporter.start(vertx, options, queues()).await();
    vertx.eventBus().request("odd", 1).await();

    exporter.stop(Duration.ofMillis(50)).await();

    await().until(() -> Files.exists(stopped));
    await().until(() -> vertx.deploymentIDs().isEmpty());
  }

  private ExporterQueues queues() {
    return new ExporterQueues(
        new Publications(vertx, Set.of()), () -> 1, BufferedBytes.unlimited(), () -> {});
  }

  private ExporterOptions odd(JsonObject config) {
    return new ExporterOptions(
        "exporters[0]", "example.odd.Odd", List.of(odd), config, Duration.ofMillis(300));
  }

  private io.vertx.core.Future<InferMux> create(ExporterOptions... exporters) {
    return InferMux.create(
        vertx,
        Config.echo().withExporters(List.of(exporters)),
        InferMuxOptions.defaults().withHealthChecks(false));
  }
}
