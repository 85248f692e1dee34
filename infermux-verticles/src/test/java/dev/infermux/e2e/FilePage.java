package dev.infermux.e2e;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.infermux.e2e.kit.Browser;
import dev.infermux.e2e.kit.FileGateway;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a gateway with a file and its page; skipped on a machine without Chromium. */
@ExtendWith(VertxExtension.class)
@Timeout(120)
abstract class FilePage {

  private static final Browser.Tabs TABS = new Browser.Tabs();

  @TempDir Path directory;
  private @Nullable Browser opened;
  private @Nullable FileGateway started;

  @AfterAll
  static void end() {
    TABS.close();
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
    if (started != null) {
      started.close();
    }
  }

  /** Ends with the test. */
  final Browser browser(Vertx vertx) {
    assumeThat(Browser.installed()).as("Chromium on the path").isPresent();
    Browser browser = TABS.open(vertx, Browser.installed().orElseThrow());
    opened = browser;
    return browser;
  }

  /** Ends with the test. */
  final FileGateway start(Vertx vertx, String yaml) {
    started = FileGateway.start(vertx, directory.resolve("infermux.yml"), yaml);
    return gateway();
  }

  final FileGateway gateway() {
    return Objects.requireNonNull(started);
  }

  final String address() {
    return "http://127.0.0.1:" + gateway().port() + "/_infermux/";
  }
}
