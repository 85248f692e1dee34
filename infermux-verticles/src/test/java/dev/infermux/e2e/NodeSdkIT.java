package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * OpenAI's SDK for Node, with only its base URL changed. Skipped where there is no Node.js 20 or
 * npm, or where npm's registry cannot be reached for the first install.
 */
@ExtendWith(VertxExtension.class)
class NodeSdkIT {

  private static final Path SCRIPTS = Path.of("src/test/node");
  private static final Path HOME = Path.of("target/node-sdk");

  @Test
  void sdk_for_node_works_with_only_its_base_url_changed(Vertx vertx) {
    Run node = run(Path.of("."), "node", "--version");
    assumeTrue(node.ok() && major(node.output()) >= 20, "needs Node.js 20 or newer on the PATH");
    install();

    try (Gateway gateway = start(vertx)) {
      Run checks = script("http://127.0.0.1:" + gateway.port() + "/v1");

      assertThat(checks.ok()).as(checks.output()).isTrue();
      assertThat(checks.output()).contains("ok ").doesNotContain("FAILED");
      MockRequest hanging = sent(gateway, "hangs");
      await().until(hanging::abandoned);
      assertThat(gateway.upstream().requests())
          .filteredOn(request -> request.body().contains("\"user\":\"once\""))
          .hasSize(1);
    }
  }

  private static Gateway start(Vertx vertx) {
    Gateway gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config.withProvider(
                    Gateway.provider(upstream)
                        .withModels(
                            Gateway.MODEL,
                            "gpt-4o",
                            "text-embedding-3-small",
                            "org/model-7b",
                            "hangs",
                            "breaks",
                            "fails",
                            "limited")));
    gateway.upstream().always(NodeSdkIT::answer);
    return gateway;
  }

  private static MockAnswer answer(MockRequest request) {
    return switch (new JsonObject(request.body()).getString("model")) {
      case Gateway.MODEL -> Texts.streamAnswer();
      case "hangs" -> MockAnswer.events(Texts.role(), Texts.delta("Hel")).thenSilence();
      case "breaks" -> MockAnswer.events(Texts.role(), Texts.delta("Hel")).thenReset();
      case "fails" -> MockAnswer.json(500, "{\"error\":{\"message\":\"boom\"}}");
      case "limited" -> MockAnswer.json(429, "{\"error\":{\"message\":\"slow\"}}");
      case "text-embedding-3-small" ->
          MockAnswer.json(Texts.EMBEDDINGS_ANSWER.replace("[0.25,-0.5,0.125]", "\"AACAPgAAAL8=\""));
      default -> MockAnswer.json(Texts.CHAT_ANSWER);
    };
  }

  private static MockRequest sent(Gateway gateway, String model) {
    return gateway.upstream().requests().stream()
        .filter(request -> request.body().contains("\"" + model + "\""))
        .findFirst()
        .orElseThrow();
  }

  /** Once for each lockfile; a copy of it marks an install that succeeded. */
  private static void install() {
    try {
      Files.createDirectories(HOME);
      for (String name : List.of("package.json", "package-lock.json", "check.mjs")) {
        Files.write(HOME.resolve(name), Files.readAllBytes(SCRIPTS.resolve(name)));
      }
      Path installed = HOME.resolve("node_modules/.installed");
      byte[] lock = Files.readAllBytes(HOME.resolve("package-lock.json"));
      if (Files.exists(installed) && Arrays.equals(Files.readAllBytes(installed), lock)) {
        return;
      }
      Run npm = run(HOME, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
      assumeTrue(npm.ok(), "npm ci failed; is the registry within reach? " + npm.output());
      Files.write(installed, lock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Run script(String url) {
    ProcessBuilder node = new ProcessBuilder("node", "check.mjs").directory(HOME.toFile());
    node.environment().put("INFERMUX_URL", url);
    return run(node);
  }

  private static Run run(Path directory, String... command) {
    return run(new ProcessBuilder(command).directory(directory.toFile()));
  }

  private static Run run(ProcessBuilder command) {
    try {
      File output = File.createTempFile("node-sdk", ".log");
      try {
        Process process = command.redirectErrorStream(true).redirectOutput(output).start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output.toPath(), StandardCharsets.UTF_8);
        return new Run(ended && process.exitValue() == 0, text);
      } finally {
        Files.delete(output.toPath());
      }
    } catch (IOException e) {
      return new Run(false, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int major(String version) {
    return Integer.parseInt(version.strip().replaceFirst("v(\\d+).*", "$1"));
  }

  private record Run(boolean ok, String output) {}
}
