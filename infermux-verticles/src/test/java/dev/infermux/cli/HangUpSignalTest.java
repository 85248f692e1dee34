package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class HangUpSignalTest {

  @TempDir Path directory;

  @Test
  void sighup_reads_the_file_again_and_a_bad_file_leaves_the_old_one() throws Exception {
    Path file = directory.resolve("infermux.yml");
    Files.writeString(file, providers("one"));
    try (ServerProcess server =
        ServerProcess.start(directory, "serve", "--listen", "127.0.0.1:0")) {
      URI url = server.url();
      BufferedReader log = server.errReader();

      Files.writeString(file, providers("two"));
      server.signal("HUP");
      line(log, "reloaded ("); // whoever is first: the signal, or the watch of the file
      String reloaded = get(url.resolve("/_infermux/providers"));
      Files.writeString(file, "providers: []\n");
      server.signal("HUP");
      String rejected = line(log, "rejected");

      assertThat(reloaded).contains("\"name\":\"two\"").doesNotContain("\"one\"");
      assertThat(rejected).contains("providers: [] (expected: at least one provider)");
      assertThat(get(url.resolve("/_infermux/providers"))).contains("\"two\"");
      server.signal("TERM");
      assertThat(server.exitCode()).isZero();
    }
  }

  @Test
  void a_file_that_comes_after_the_start_is_taken() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(directory, "serve", "--listen", "127.0.0.1:0")) {
      URI url = server.url();

      Files.writeString(directory.resolve("infermux.yml"), providers("later"));

      await().until(() -> get(url.resolve("/_infermux/providers")).contains("later"));
    }
  }

  private static String providers(String name) {
    return "providers: [{ name: " + name + ", type: echo, models: [echo-v1] }]\n";
  }

  /** Waits for a line; a blocked read alone would wait for ever. */
  private static String line(BufferedReader log, String part) throws Exception {
    return CompletableFuture.supplyAsync(
            () -> log.lines().filter(line -> line.contains(part)).findFirst().orElse("no " + part))
        .get(60, TimeUnit.SECONDS);
  }

  private static String get(URI url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
