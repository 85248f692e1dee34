package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Browser;
import dev.infermux.e2e.kit.FileGateway;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page with the longest names that there may be, and with no provider at all. */
class LongNamesOnPageTest extends FilePage {

  private static final String PROVIDER = "p".repeat(128);
  private static final String CALLER = "c".repeat(256);

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
    Browser browser = browser(vertx);
    FileGateway gateway = start(vertx, yaml + money);
    assertThat(gateway.call("X-Infermux-Caller: " + CALLER).status()).isEqualTo(200);
    browser.resize(900, 700);
    for (String view : List.of("working", "cost", "cost?by=model", "calls", "route")) {
      browser.open(address() + "#" + view);
      browser.untilText("main", view.startsWith("cost?by") ? model : view(view));
      assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth"))
          .as(view)
          .isEqualTo(true);
    }
  }

  private static String view(String view) {
    return view.equals("working") || view.equals("route") ? PROVIDER : CALLER;
  }

  @Test
  void without_a_provider_it_says_what_to_do(Vertx vertx) {
    Browser browser = browser(vertx);
    FileGateway gateway = start(vertx, "providers: [{ name: a, type: echo }]\n");
    assertThat(gateway.send("DELETE", "/_infermux/providers/a", "").status()).isEqualTo(200);

    browser.open(address());
    browser.untilText(".providers tbody", "No provider is configured now");
    browser.open(address() + "#route");
    browser.until("document.querySelector('textarea').value.includes('auto')");
  }
}
