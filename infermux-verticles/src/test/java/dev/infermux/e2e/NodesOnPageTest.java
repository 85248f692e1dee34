package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.infermux.e2e.kit.Browser;
import dev.infermux.e2e.kit.Gateway;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Nodes on the page, in a real browser that gets the answers of nodes; skipped without Chromium.
 */
@ExtendWith(VertxExtension.class)
class NodesOnPageTest {

  private static final Browser.Tabs TABS = new Browser.Tabs();

  private Browser browser;
  private Gateway gateway;

  @BeforeEach
  void start(Vertx vertx) {
    assumeThat(Browser.installed()).as("Chromium on the path").isPresent();
    browser = TABS.open(vertx, Browser.installed().orElseThrow());
    gateway = Gateway.start(vertx);
    browser.open("http://127.0.0.1:" + gateway.port() + "/_infermux/");
    browser.until("document.querySelector('main section')");
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
  void node_alone_has_no_row() {
    browser.untilText("#state", "live");

    assertThat(browser.value("document.querySelector('.holders').hidden")).isEqualTo(true);
    assertThat(browser.value("document.querySelector('table.nodes').hidden")).isEqualTo(true);
  }

  @Test
  void each_node_that_shares_budgets_has_a_row_and_trouble_has_a_colour() {
    answer(
        new JsonObject()
            .put("shared", true)
            .put(
                "holders",
                new JsonArray()
                    .add(holder("well").put("self", true))
                    .add(
                        holder("ill")
                            .put("state", "lost")
                            .put("unsettled_usd", 2.5)
                            .put("clock_skew_ms", -45000)
                            .put("backlog", 12)
                            .put("changes_version", 3)
                            .put("changes_behind", true)
                            .put("changes_problems", new JsonArray().add("provider <b>x</b>: no")))
                    .add(holder("older").putNull("changes_version").put("changes_behind", true))));

    browser.untilText(".holders tbody tr", "well (this node)");
    browser.untilText(".holders tbody tr", "4");
    assertThat(text(1)).doesNotContain("behind");
    assertThat(bad(1)).isZero();
    assertThat(text(2))
        .contains(
            "ill",
            "00000000",
            "lost",
            "$2.50",
            "45.0 s behind",
            "3, behind",
            "provider <b>x</b>: no");
    assertThat(bad(2)).isEqualTo(4);
    assertThat(text(3)).contains("–, behind");
    browser.resize(900, 700);
    assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth"))
        .as("it fits")
        .isEqualTo(true);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void versions_that_live_side_by_side_are_said() {
    answer(
        new JsonObject()
            .put("shared", true)
            .put(
                "holders",
                new JsonArray()
                    .add(holder("one").put("version", "0.2.0"))
                    .add(holder("two"))
                    .add(holder("gone").put("version", "0.0.9").put("state", "left"))));

    browser.untilText(".holders caption", "of different versions: 0.1.0, 0.2.0");
    assertThat(browser.value("document.querySelector('.holders caption').className"))
        .isEqualTo("bad-text");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void database_that_does_not_answer_is_said() {
    answer(new JsonObject().put("shared", true).put("partial", true));

    browser.untilText(".holders caption", "does not answer");
    assertThat(browser.complaints()).isEmpty();
  }

  private void answer(JsonObject nodes) {
    nodes.put("expected", 1).put("nodes", new JsonArray()).putNull("cluster");
    String json = new JsonArray().add(nodes.encode()).encode();
    browser.value(
        "(() => { const real = window.fetch; window.fetch = (path, ...rest) => path === 'nodes' ?"
            + " Promise.resolve(new Response("
            + json
            + "[0])) : real(path, ...rest); return true; })()");
    // As when one comes back to the tab: it asks at once, and not only every five seconds.
    browser.value("document.dispatchEvent(new Event('visibilitychange'))");
  }

  private String text(int row) {
    return String.valueOf(
        browser.value(
            "document.querySelector('.holders tbody tr:nth-child(" + row + ")').innerText"));
  }

  private int bad(int row) {
    return ((Number)
            browser.value(
                "document.querySelectorAll('.holders tbody tr:nth-child("
                    + row
                    + ") .bad-text').length"))
        .intValue();
  }

  private static JsonObject holder(String name) {
    return new JsonObject()
        .put("holder", "00000000-0000-0000-0000-000000000001")
        .put("name", name)
        .put("state", "active")
        .put("self", false)
        .put("version", "0.1.0")
        .put("started", "2026-11-01T00:00:00Z")
        .put("seen", "2026-11-01T00:00:00Z")
        .put("leases", 2)
        .put("authorised_usd", 10)
        .put("unsettled_usd", 0)
        .put("backlog", 0)
        .put("clock_skew_ms", 20)
        .put("changes_version", 4)
        .put("changes_behind", false)
        .put("changes_problems", new JsonArray());
  }
}
