package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.infermux.e2e.kit.Browser;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.inference.Secret;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page in a real browser; skipped on a machine without Chromium. */
@ExtendWith(VertxExtension.class)
class PageTest {

  private Browser browser;
  private @Nullable Gateway gateway;

  @BeforeEach
  void start(Vertx vertx) {
    assumeThat(Browser.installed()).as("Chromium on the path").isPresent();
    browser = Browser.start(vertx, Browser.installed().orElseThrow());
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void providers_are_shown_and_an_opened_circuit_is_seen_within_a_second(Vertx vertx) {
    Gateway gateway = open(vertx, "");
    browser.untilText(".providers tbody tr", "upstream");
    browser.untilText("#state", "live");

    gateway.inferMux().openCircuit("echo");
    long opened = System.nanoTime();
    browser.untilText(".providers .state", "open");

    assertThat((System.nanoTime() - opened) / 1_000_000).isLessThan(1_000);
    browser.untilText(".providers td", "recovery in");
    gateway.inferMux().resetCircuit("echo");
    browser.until(
        "![...document.querySelectorAll('.state')].some(each => each.innerText == 'open')");
    quiet();
  }

  @Test
  void circuit_is_set_by_hand_after_a_second_word(Vertx vertx) {
    Gateway gateway = open(vertx, "");

    browser.click("[aria-label='Circuit of echo'] button");
    browser.untilText("[aria-label='Circuit of echo'] button", "Yes, open");
    assertThat(gateway.get("/_infermux/providers/echo").json().getString("circuit"))
        .isEqualTo("closed");
    browser.press("Enter"); // the focus is on it

    browser.untilText("#notice", "Circuit of echo: open done.");
    assertThat(gateway.get("/_infermux/providers/echo").json().getString("circuit"))
        .isEqualTo("open");
    quiet();
  }

  @Test
  void keys_lead_to_the_views_and_addresses_too(Vertx vertx) {
    open(vertx, "");
    browser.untilText("#state", "live");

    for (String key : new String[] {"2", "3", "4", "1"}) {
      browser.press(key);
      browser.until(
          "document.querySelector('nav a[aria-current] kbd').innerText === '" + key + "'");
    }
    quiet();
  }

  @Test
  void token_is_asked_for_and_kept_in_the_tab_alone(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withManagement(config.management().withToken(Secret.of("the-token")))
                    .withProvider(Gateway.provider(upstream)));
    browser.open(address(gateway));

    browser.until("document.querySelector('#login[open]')");
    browser.type("wrong");
    browser.press("Enter");
    browser.untilText("#login-why", "not accepted");
    browser.type("the-token");
    browser.press("Enter");
    browser.untilText(".providers tbody tr", "upstream");
    browser.untilText("#state", "live");

    assertThat(browser.value("document.cookie + Object.keys(localStorage) + location.href"))
        .asString()
        .doesNotContain("the-token");
    browser.open(address(gateway));
    browser.untilText(".providers tbody tr", "upstream");
  }

  private Gateway open(Vertx vertx, String hash) {
    Gateway started = Gateway.start(vertx);
    gateway = started;
    started.post("/v1/chat/completions", Texts.chat("echo-v1", "Hi"));
    browser.open(address(started) + hash);
    browser.until("document.querySelector('main section')");
    return started;
  }

  private static String address(Gateway gateway) {
    return "http://127.0.0.1:" + gateway.port() + "/_infermux/";
  }

  /** Nothing went wrong in the page, and no policy had to forbid anything. */
  private void quiet() {
    assertThat(browser.complaints()).isEmpty();
  }
}
