package dev.infermux.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.config.ProviderEntry;
import dev.infermux.e2e.kit.Browser;
import dev.infermux.e2e.kit.Budgeted;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.events.EventAddresses;
import dev.infermux.inference.Secret;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.MistType;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser; skipped on a machine without Chromium. */
@ExtendWith(VertxExtension.class)
class PageTest {

  private static final Browser.Tabs TABS = new Browser.Tabs();

  private Browser browser;
  private @Nullable Gateway gateway;

  @BeforeEach
  void start(Vertx vertx) {
    assumeThat(Browser.installed()).as("Chromium on the path").isPresent();
    browser = TABS.open(vertx, Browser.installed().orElseThrow());
  }

  @AfterAll
  static void end() {
    TABS.close();
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
  void providers_are_shown_and_an_opened_circuit_is_seen(Vertx vertx) {
    Gateway gateway = open(vertx, "");
    browser.untilText(".providers tbody tr", "upstream");
    browser.untilText("#state", "live");

    gateway.inferMux().openCircuit("echo");
    browser.untilText(".providers .state", "open");

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
    browser.value("location.hash = 'cost/cut%'"); // as a mail breaks it
    browser.until("document.querySelector('nav a[aria-current] kbd').innerText === '2'");
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

  @Test
  void call_opens_as_a_waterfall_that_has_an_address(Vertx vertx) {
    Gateway gateway = open(vertx, "#calls?caller=anonymous");
    String id =
        gateway
            .post("/v1/chat/completions", Texts.chat("echo-v1", "Hi"), "X-Infermux-Caller: ada")
            .header("X-Infermux-Request-Id");
    browser.untilText(".calls tbody tr", "anonymous");
    assertThat(browser.text(".calls tbody")).doesNotContain("ada");

    browser.open(address(gateway) + "#calls/" + id);
    browser.untilText("aside", id);

    assertThat(browser.text(".waterfall")).contains("waiting", "echo");
    assertThat(browser.text("aside dl")).contains("ada", "Tokens", "$0.0000", "Began");
    quiet();
  }

  @Test
  void request_is_explained_and_sent(Vertx vertx) {
    open(vertx, "#route");

    browser.until("document.querySelector('textarea').value.includes('echo-v1')");
    browser.untilText(".panel tbody tr", "echo");
    browser.value(
        "[...document.querySelectorAll('button')].find(b => b.innerText == 'Send it').click()");
    browser.untilText(".answer", "echo: Say hello in one sentence.");
    browser.untilText("dl", "Cost");
    assertThat(browser.value("location.hash")).asString().startsWith("#route");
    quiet();
  }

  @Test
  void spend_is_split_and_budgets_are_bars(Vertx vertx) {
    Gateway gateway = Budgeted.start(vertx, "1", BudgetAction.HARD_STOP, null);
    this.gateway = gateway;
    gateway.post("/v1/chat/completions", Texts.chat("echo-v1", "Hi"), "X-Infermux-Caller: team-a");
    gateway.post("/v1/chat/completions", Texts.chat("echo-v1", "Hi"), "X-Infermux-Caller: team-b");
    browser.open(address(gateway) + "#cost?period=today&by=caller");

    browser.untilText("table tbody tr", "team-a");
    browser.until("document.querySelector('.uplot canvas')");
    browser.untilText(".budget", "of $1.00");
    browser.open(address(gateway) + "#cost?period=month&by=caller");
    browser.untilText("h3", "Dollars a day by caller");
    browser.untilText(".layer", "team-b");
    quiet();

    browser.offline(true);
    browser.untilText("section > .hint", "Failed to fetch");
    browser.offline(false);
    browser.untilText("section > .hint", "Days and months");
  }

  @Test
  void page_says_that_it_is_stale_and_comes_back(Vertx vertx) {
    Gateway gateway = open(vertx, "");
    browser.untilText("#state", "live");

    browser.offline(true);
    browser.value(
        "(async () => { (await"
            + " import(document.querySelector('script[type=module]').src)).reconnect() })()");
    browser.untilText("#state", "reconnecting");
    gateway.inferMux().openCircuit("echo");
    browser.offline(false);

    browser.untilText("#state", "live");
    browser.untilText(".state", "open");
  }

  @Test
  void thousand_calls_a_second_do_not_make_it_lag(Vertx vertx) {
    Gateway gateway = open(vertx, "");
    browser.untilText("#state", "live");
    AtomicInteger sent = new AtomicInteger();
    long flood =
        vertx.setPeriodic(20, timer -> IntStream.range(0, 20).forEach(i -> publish(vertx, sent)));

    browser.until(
        "Number(document.querySelector('.tile strong').innerText.replace(',', '')) > 500");
    gateway.inferMux().openCircuit("echo");
    browser.untilText(".providers .state", "open");
    browser.press("3");
    browser.untilText(".calls tbody tr", "flooding");
    await().atMost(Duration.ofSeconds(60)).until(() -> sent.get() > 1_000);
    vertx.cancelTimer(flood);

    assertThat(browser.value("document.querySelectorAll('.calls tbody tr').length")).isEqualTo(100);
    quiet();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void colours_follow_the_wish_and_it_fits_from_900_pixels_on(boolean dark, Vertx vertx) {
    RateLimitOptions limits =
        RateLimitOptions.defaults().withRequestsPerMinute(60_000).withTokensPerMinute(100_000);
    String name = "provider-number-00-with-a-rather-long-name";
    ProviderOptions echo = ProviderOptions.of(name, ProviderType.ECHO);
    Gateway gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withProvider(ProviderEntry.of(echo).withRateLimits(limits))
                    .withProvider(Gateway.provider(upstream)));
    this.gateway = gateway;
    gateway.post("/v1/chat/completions", Texts.stream("echo-v1", "Hi"));
    gateway.inferMux().openCircuit("upstream");
    browser.open(address(gateway));
    browser.dark(dark);
    browser.resize(885, 700); // 900 without a scroll bar
    browser.untilText(".providers tbody tr", "recovery in");
    browser.untilText(".providers .room", "requests");
    browser.until(
        "[...document.querySelectorAll('.providers thead th')].every("
            + "each => getComputedStyle(each).whiteSpace === 'normal')"); // a long row needs it

    String light = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g)[0] > 128";
    assertThat(browser.value(light)).isEqualTo(!dark);
    for (String view : List.of("working", "cost", "calls", "route")) {
      browser.open(address(gateway) + "#" + view);
      browser.until("document.querySelector('nav [aria-current]').dataset.view === '" + view + "'");
      assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth"))
          .as(view)
          .isEqualTo(true);
    }
    quiet();
  }

  @Test
  void everything_has_a_name_and_is_reached_with_the_tabulator(Vertx vertx) {
    Gateway gateway = open(vertx, "");
    for (String view : List.of("working", "cost", "calls", "route")) {
      browser.open(address(gateway) + "#" + view);
      browser.until("document.querySelector('nav [aria-current]').dataset.view === '" + view + "'");
      assertThat(
              browser.value(
                  "[...document.querySelectorAll('main input, main select, main textarea, main"
                      + " button, main canvas[role], main [role=img]')].filter(each =>"
                      + " !(each.ariaLabel || each.innerText || each.labels?.length || each.title"
                      + " || each.closest('[hidden]') || !each.offsetParent ||"
                      + " each.querySelector('.muted'))).map(each => each.outerHTML).join()"))
          .as(view)
          .isEqualTo("");
    }
    browser.press("1");
    browser.untilText(".actions button", "reset");
    for (int i = 0; i < 30; i++) {
      browser.press("Tab");
      if (Boolean.TRUE.equals(browser.value("document.activeElement.innerText === 'reset'"))) {
        return;
      }
    }
    throw new AssertionError("no reset button within 30 steps");
  }

  /** A finished call, as the gateway would tell it. */
  private static void publish(Vertx vertx, AtomicInteger sent) {
    byte[] json =
        ("{\"request_id\":\"r"
                + sent.incrementAndGet()
                + "\",\"caller\":\"flooding\",\"requested_model\":\"m\",\"provider\":\"echo\","
                + "\"model\":\"echo-v1\",\"stream\":false,\"status\":\"ok\",\"http_status\":200,"
                + "\"attempts\":[{\"provider\":\"echo\",\"model\":\"echo-v1\",\"status\":\"ok\","
                + "\"duration_ms\":12}],\"tokens_in\":3,\"tokens_out\":4,\"cost_usd\":0.001,"
                + "\"started_ns\":1795262400123456789,\"latency_ms\":13}")
            .getBytes(UTF_8);
    vertx
        .eventBus()
        .publish(
            EventAddresses.INFERENCE,
            Envelope.of("infermux", MistType.EVENT_INFERENCE_REQUEST, () -> json));
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
