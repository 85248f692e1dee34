package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Browser;
import io.vertx.core.Vertx;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page under the hands of people: keyboard, choices, requests that are typed. */
class PageByHandTest extends FilePage {

  private static final String ONE = "providers: [{ name: a, type: mock, models: [m] }]\n";

  @Test
  void focus_stays_where_it_is_while_calls_and_providers_come(Vertx vertx) {
    Browser browser = open(vertx, ONE, "#calls");
    gateway().call("X-Infermux-Caller: first");
    browser.untilText(".calls", "first");
    browser.value("document.querySelector('.calls tbody a').focus()");
    gateway().call("X-Infermux-Caller: second");
    browser.untilText(".calls tbody tr", "second");
    assertThat(browser.value("document.activeElement.closest('tr')?.innerText"))
        .asString()
        .contains("first");

    browser.value("document.activeElement.click()");
    browser.until("document.querySelector('aside button')");
    browser.value("document.querySelector('aside button').focus()");
    browser.press("Enter");
    browser.until("document.activeElement.closest('tr')?.innerText.includes('first')");

    browser.open(address() + "#working");
    browser.click("[aria-label='Circuit of a'] button");
    gateway().reload("providers: [{ name: z, type: echo }, { name: a, type: mock }]\n");
    browser.untilText(".providers", "z");
    assertThat(browser.value("document.activeElement.innerText")).isEqualTo("Yes, open");
    browser.until("document.activeElement.innerText === 'open'"); // when the question is over
  }

  @Test
  void call_that_comes_while_the_others_are_read_is_listed_once(Vertx vertx) {
    Browser browser = open(vertx, ONE, "#calls");
    gateway().call("X-Infermux-Caller: early");
    browser.untilText(".calls tbody", "early");
    browser.value(
        "window.held = []; window.before = fetch; window.fetch = async (path, more) => {"
            + " const answer = await before(path, more); if (path.startsWith('requests'))"
            + " await new Promise(go => held.push(go)); return answer; }");
    browser.value(
        "(async () => { (await"
            + " import(document.querySelector('script[type=module]').src)).reconnect() })()");
    browser.until("held.length");
    gateway().call("X-Infermux-Caller: late");
    browser.untilText(".calls tbody", "late");

    browser.value("held.forEach(go => go())");
    gateway().call("X-Infermux-Caller: last");
    browser.untilText(".calls tbody", "last");

    assertThat(
            browser.value(
                "[...document.querySelectorAll('.calls tbody tr td:nth-child(2)')]"
                    + ".map(cell => cell.innerText).join()"))
        .isEqualTo("last,late,early");
  }

  @Test
  void skip_link_leads_to_the_content_of_the_same_view(Vertx vertx) {
    Browser browser = open(vertx, ONE, "#calls?caller=x");
    browser.untilText("main", "calls");

    browser.click(".skip");

    assertThat(browser.value("location.hash")).isEqualTo("#calls?caller=x");
    assertThat(browser.value("document.activeElement.id")).isEqualTo("main");
    browser.value("location.hash = 'constructor'");
    browser.untilText("nav [aria-current]", "Is it working?");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void spend_is_split_anew_when_it_is_chosen_and_not_at_the_next_look(Vertx vertx) {
    Browser browser = open(vertx, ONE, "#cost");
    browser.untilText("h3", "by caller");
    browser.value(
        "window.asked = []; window.before = fetch; window.fetch = (path, more) => {"
            + " asked.push(path); return before(path, more); }");

    browser.click("[aria-label='Split by'] button:nth-child(2)");

    assertThat(browser.value("asked.join()")).asString().contains("costs/by-model");
    browser.untilText("h3", "by model");
  }

  @Test
  void budget_of_nothing_is_used_up_and_has_nothing_reserved(Vertx vertx) {
    Browser browser =
        open(vertx, ONE + "budgets: { callers: [{ caller: z, monthly_usd: 0 }] }\n", "#cost");
    browser.untilText(".budget", "$0 of $0; used up");

    assertThat(
            browser.value(
                "[...document.querySelectorAll('.stack span')].map(p => p.style.width).join()"))
        .isEqualTo("100%,0%");
  }

  @Test
  void name_that_turns_the_direction_of_text_is_written_out(Vertx vertx) {
    Browser browser =
        open(
            vertx,
            "providers: [{ name: a, type: mock, model_aliases: { m: \"x\\u202egpj\" } }]\n",
            "#cost");
    gateway().call();

    browser.untilText(".panel p", "x\\u202egpj at a, 1 attempt");
  }

  @Test
  void request_that_is_no_object_is_told_so(Vertx vertx) {
    Browser browser = open(vertx, ONE, "#route");
    browser.until("document.querySelector('textarea').value");
    for (String typed : new String[] {"5", "null", "[]"}) {
      browser.value("document.getElementById('notice').textContent = ''");
      browser.value("document.querySelector('textarea').value = '" + typed + "'");
      send(browser);
      browser.untilText("#notice", "no JSON object");
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void caller_in_any_script_is_explained(Vertx vertx) {
    Browser browser =
        open(vertx, ONE + "budgets: { callers: [{ caller: Анна, monthly_usd: 7 }] }\n", "#route");
    browser.until("document.querySelector('textarea').value");
    browser.value("document.querySelector('main input').value = 'Анна'");
    browser.click("button.primary:not(dialog button)");

    browser.untilText(".panel", "of $7.00 are spent");
  }

  @Test
  void answer_is_beside_the_request_however_many_providers_there_are(Vertx vertx) {
    String others =
        IntStream.range(0, 100)
            .mapToObj(i -> "{ name: p" + i + ", type: mock, models: [other] }")
            .collect(Collectors.joining(", "));
    Browser browser =
        open(
            vertx, "providers: [{ name: a, type: mock, models: [m] }, " + others + "]\n", "#route");
    browser.untilText(".panel", "100 others do not serve the model.");
    send(browser);
    browser.untilText(".answer", "mock: Say hello");
    assertThat(browser.value("document.querySelector('.answer').getBoundingClientRect().top < 500"))
        .isEqualTo(true);
  }

  @Test
  void stream_that_is_stopped_or_left_ends_and_its_cost_is_told(Vertx vertx) {
    String slow =
        "providers: [{ name: a, type: mock, models: [m], mock: { script: tokens-900+pace-50ms }"
            + " }]\n";
    Browser browser = open(vertx, slow, "#route");
    browser.until("document.querySelector('textarea').value");
    send(browser);
    browser.untilText("button", "Stop");
    browser.until("document.querySelector('.answer').innerText");
    send(browser, "Stop");
    browser.untilText(".panel", "stopped");
    browser.untilText("dl", "Cost");

    send(browser);
    browser.untilText("button", "Stop");
    browser.press("1");
    browser.until("document.querySelector('.tile')");
    // Nobody reads it any more.
    browser.until("(async () => (await (await fetch('status')).json()).in_flight === 0)()");
  }

  private static void send(Browser browser) {
    send(browser, "Send it");
  }

  private static void send(Browser browser, String button) {
    browser.value(
        "[...document.querySelectorAll('main button')].find(b => b.innerText === '"
            + button
            + "').click()");
  }

  private Browser open(Vertx vertx, String yaml, String hash) {
    Browser browser = browser(vertx);
    start(vertx, yaml);
    browser.open(address() + hash);
    browser.until("document.querySelector('main section')");
    browser.untilText("#state", "live");
    return browser;
  }
}
