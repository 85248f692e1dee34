package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import dev.infermux.e2e.kit.Browser;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes the pictures of the documentation: {@code -Dpage.write=900} takes them after so many
 * seconds of traffic.
 */
@ExtendWith(VertxExtension.class)
@EnabledIfSystemProperty(named = "page.write", matches = "\\d+")
class PagePicturesTest {

  private static final Path IMAGES = Path.of("..", "docs", "images");
  private static final List<String> MODELS =
      List.of("gpt-4o", "gpt-4o-mini", "llama3.2", "claude-sonnet-4-5");
  private static final List<String> CALLERS =
      List.of("team-search", "team-search", "support-bot", "nightly-eval", "ada");

  @Test
  void pictures_are_taken(Vertx vertx) throws IOException {
    Path file = Path.of("src/test/resources/page/demo.yml");
    ConfigResult read = ConfigReader.read(vertx, file, ReadOptions.of(Map.of())).await();
    InferMux gateway = InferMux.create(vertx, config(read), InferMuxOptions.defaults()).await();
    int port = gateway.listen().await().port();
    try (Browser browser = Browser.start(vertx, Browser.installed().orElseThrow())) {
      call(vertx, port);
      browser.open("http://127.0.0.1:" + port + "/_infermux/");
      browser.resize(1360, 480);
      LockSupport.parkNanos(Duration.ofSeconds(Integer.getInteger("page.write")).toNanos());
      for (boolean dark : new boolean[] {false, true}) {
        browser.dark(dark);
        browser.until("document.querySelectorAll('.providers tbody tr').length === 4");
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos()); // it is drawn once a second
        String name = "page-working-" + (dark ? "dark" : "light") + ".png";
        Files.write(IMAGES.resolve(name), browser.screenshot());
        assertThat(IMAGES.resolve(name)).isNotEmptyFile();
      }
    } finally {
      gateway.close().await();
    }
  }

  private static Config config(ConfigResult read) {
    if (read instanceof ConfigResult.Loaded loaded) {
      return loaded.config();
    }
    throw new IllegalStateException(read.toString());
  }

  /** Some calls a second, for as long as the gateway lives. */
  private static void call(Vertx vertx, int port) {
    Random random = new Random(1);
    vertx.setPeriodic(
        300,
        timer -> {
          String model = MODELS.get(random.nextInt(MODELS.size()));
          String caller = CALLERS.get(random.nextInt(CALLERS.size()));
          String text = "word ".repeat(20 + random.nextInt(900));
          vertx.executeBlocking(
              () -> {
                try (Wire wire = Wire.connect(port)) {
                  return wire.post(
                      "/v1/chat/completions",
                      Texts.stream(model, text),
                      "X-Infermux-Caller: " + caller);
                }
              },
              false);
        });
  }
}
