package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Browser;
import dev.infermux.e2e.kit.EventReader;
import dev.infermux.e2e.kit.EventReader.Event;
import dev.infermux.e2e.kit.FileGateway;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

/** The management token at the page and at the stream of events, also while both are open. */
class PageLoginTest extends FilePage {

  @Test
  void stream_of_events_ends_with_the_token_that_opened_it(Vertx vertx) {
    FileGateway gateway = start(vertx, yaml("first"));
    try (EventReader reader =
        EventReader.open(
            gateway.port(), "/_infermux/events?types=inference", "Authorization", "Bearer first")) {
      gateway.call();
      assertThat(reader.next().name()).isEqualTo("event.inference_request");

      gateway.write(yaml("second"));
      accepted(gateway, "second");
      gateway.call();

      Event last = reader.next();
      assertThat(last.name()).isEqualTo("end");
      assertThat(last.data().getString("reason")).isEqualTo("refused");
      assertThat(reader.ended()).isTrue();
    }
  }

  @Test
  void page_asks_again_for_a_token_that_was_replaced_and_keeps_what_was_typed(Vertx vertx) {
    FileGateway gateway = start(vertx, yaml("first"));
    Browser browser = browser(vertx);
    browser.open(address() + "#route");
    login(browser, "first");
    browser.until("document.querySelector('textarea').value");
    browser.value("document.querySelector('textarea').value = 'typed'");

    gateway.write(yaml("second"));
    accepted(gateway, "second");
    gateway.call();

    login(browser, "second");
    browser.untilText("#state", "live");
    assertThat(browser.value("document.querySelector('textarea').value")).isEqualTo("typed");
  }

  @Test
  void whoever_closes_the_dialog_may_still_log_in(Vertx vertx) {
    Browser browser = browser(vertx);
    start(vertx, yaml("the-token"));
    browser.open(address());
    browser.until("document.querySelector('#login[open]')");
    browser.type("half a tok");
    browser.press("Escape");
    browser.until("!document.querySelector('#login[open]')");
    assertThat(browser.value("sessionStorage.length")).isEqualTo(0);

    browser.click("#again:not([hidden])");
    login(browser, "the-token");
    browser.untilText("#state", "live");
    browser.until("document.querySelector('#again').hidden");
  }

  @Test
  void wrong_token_in_any_script_is_told_so(Vertx vertx) {
    Browser browser = browser(vertx);
    start(vertx, yaml("the-token"));
    browser.open(address());

    login(browser, "ключ");
    browser.untilText("#login-why", "not accepted");
    login(browser, "the-token");
    browser.untilText("#state", "live");
  }

  @Test
  void log_out_forgets_the_keys_of_callers_too(Vertx vertx) {
    Browser browser = browser(vertx);
    start(vertx, yaml("the-token"));
    browser.open(address() + "#route");
    login(browser, "the-token");
    browser.untilText("#state", "live");
    browser.value("document.querySelector('main input[type=password]').focus()");
    browser.type("a-callers-key");

    browser.click("#logout");
    browser.until("document.querySelector('#login[open]')");
    assertThat(browser.value("JSON.stringify(sessionStorage)")).isEqualTo("{}");
  }

  private static void login(Browser browser, String token) {
    browser.until("document.querySelector('#login[open]')");
    browser.value("document.getElementById('token').focus()");
    browser.type(token);
    browser.press("Enter");
  }

  private static void accepted(FileGateway gateway, String token) {
    await()
        .until(
            () ->
                gateway.get("/_infermux/status", "Authorization: Bearer " + token).status() == 200);
  }

  private static String yaml(String token) {
    return "providers: [{ name: a, type: mock, models: [m] }]\nmanagement: { token: "
        + token
        + " }\n";
  }
}
