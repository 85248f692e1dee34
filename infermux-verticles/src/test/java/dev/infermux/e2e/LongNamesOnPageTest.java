package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.infermux.e2e.kit.Browser;
import dev.infermux.e2e.kit.FileGateway;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page with the longest names that there may be, and with no provider at all. */
@ExtendWith(VertxExtension.class)
class LongNamesOnPageTest {

  private static final Browser.Tabs TABS = new Browser.Tabs();
  private static final String PROVIDER = "p".repeat(128);
  private static final String CALLER = "c".repeat(256);

  @TempDir Path directory;
  private Browser browser;

  @BeforeEach
  void start(Vertx vertx) {
    assumeThat(Browser.installed()).as("Chromium on the path").isPresent();
    browser = TABS.open(vertx, Browser.installed().orElseThrow());
  }

  @AfterAll
  static void end() {
    TABS.close();
  }

  @Test
  void long_names_wrap_and_no_view_is_wider_than_its_window(Vertx vertx) {
    String model = "m".repeat(256);
    String yaml =
        "providers: [{ name: %s, type: mock, models: [m, %s], model_aliases: { m: %s } }]\n"
            .formatted(PROVIDER, model, model);
    String money =
        """
        pricing: { mock: { %s: { input_per_million: 1000, output_per_million: 1000 } } }
        budgets: { callers: [ { caller: %s, monthly_usd: 100 } ] }
        """
            .formatted(model, CALLER);
    try (FileGateway gateway = start(vertx, yaml + money)) {
      assertThat(gateway.call("X-Infermux-Caller: " + CALLER).status()).isEqualTo(200);
      browser.resize(900, 700);
      for (String view : List.of("working", "cost", "cost?by=model", "calls", "route")) {
        browser.open(address(gateway) + "#" + view);
        browser.untilText("main", view.startsWith("cost?by") ? model : view(view));
        assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth"))
            .as(view)
            .isEqualTo(true);
      }
    }
    browser.close();
  }

  private static String view(String view) {
    return view.equals("working") || view.equals("route") ? PROVIDER : CALLER;
  }

  @Test
  void without_a_provider_it_says_what_to_do(Vertx vertx) {
    try (FileGateway gateway = start(vertx, "providers: [{ name: a, type: echo }]\n")) {
      assertThat(gateway.send("DELETE", "/_infermux/providers/a", "").status()).isEqualTo(200);

      browser.open(address(gateway));
      browser.untilText(".providers tbody", "No provider is configured now");
      browser.open(address(gateway) + "#route");
      browser.until("document.querySelector('textarea').value.includes('auto')");
    }
    browser.close();
  }

  private FileGateway start(Vertx vertx, String yaml) {
    return FileGateway.start(vertx, directory.resolve("infermux.yml"), yaml);
  }

  private static String address(FileGateway gateway) {
    return "http://127.0.0.1:" + gateway.port() + "/_infermux/";
  }
}
