package dev.infermux.nodes.hints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Exclusion;
import dev.infermux.policy.circuit.CircuitState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeHintsTest {

  private final HintNetwork network = new HintNetwork(3, 600);
  private final HintNetwork.Node first = network.nodes.get(0);
  private final HintNetwork.Node second = network.nodes.get(1);
  private final HintNetwork.Node third = network.nodes.get(2);

  @Test
  void an_opening_elsewhere_makes_one_failure_enough_and_opens_nothing() {
    network.second();

    first.fail(5);
    assertThat(first.provider.circuits().view().state()).isEqualTo(CircuitState.OPEN);
    assertThat(second.provider.circuits().view().state()).isEqualTo(CircuitState.CLOSED);

    second.fail(1);
    assertThat(second.provider.circuits().view().state()).isEqualTo(CircuitState.OPEN);
    network.time.pass(Duration.ofSeconds(31));
    third.fail(1);
    assertThat(third.provider.circuits().view().state()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void a_circuit_opened_by_hand_tells_nobody() {
    network.second();

    first.provider.circuits().open();
    second.fail(1);

    assertThat(second.provider.circuits().view().state()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void a_429_with_a_reset_closes_the_model_at_all_nodes_and_no_other() {
    network.second();

    first.provider.rateLimiter().cooldowns().limited("m", Duration.ofSeconds(20));

    for (HintNetwork.Node node : network.nodes) {
      assertThat(node.provider.exclusion("m", 1, false)).isEqualTo(Exclusion.RATE_LIMIT);
      assertThat(node.provider.exclusion("other", 1, false)).isNull();
      assertThat(node.provider.exclusion("m", 1, true)).as("a key of the caller's").isNull();
    }
    network.time.pass(Duration.ofSeconds(20));
    assertThat(second.provider.exclusion("m", 1, false)).isNull();
  }

  @Test
  void an_hour_that_others_tell_of_closes_for_a_minute() {
    network.second();

    first.provider.rateLimiter().cooldowns().limited("m", Duration.ofHours(1));

    assertThat(first.provider.untilRoom("m", 1, false)).isEqualTo(Duration.ofHours(1));
    assertThat(second.provider.untilRoom("m", 1, false)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void the_oldest_living_node_checks_and_the_next_takes_over() {
    network.second();
    assertThat(first.hints.mine()).isTrue();
    assertThat(second.hints.mine()).isFalse();

    first.find(false);
    first.find(true);
    assertThat(second.checks).containsExactly("openai answered 503", "openai well");
    assertThat(first.checks).as("its own").isEmpty();

    first.dead = true;
    network.seconds(12);
    assertThat(second.hints.mine()).isTrue();
    assertThat(third.hints.mine()).isFalse();
    assertThat(second.hints.living()).isEqualTo(2);
  }

  @Test
  void a_node_that_is_no_member_any_more_is_gone_with_the_next_second() {
    network.members = Set.of("member-0", "member-1", "member-2");
    network.seconds(2);
    assertThat(second.hints.living()).isEqualTo(3);

    first.dead = true;
    network.members = Set.of("member-1", "member-2");
    network.second();

    assertThat(second.hints.living()).isEqualTo(2);
    assertThat(second.hints.mine()).isTrue();
    forge(HintAddresses.STATE, state("ghost", 1));
    assertThat(second.hints.living()).as("nobody that is no member").isEqualTo(2);
    // It was paused, and goes on: its hints arrive before it is a member again.
    first.dead = false;
    first.hints.tick();
    assertThat(second.hints.living()).as("not for a moment").isEqualTo(2);
    network.members = Set.of("member-0", "member-1", "member-2");
    network.second();
    assertThat(second.hints.living()).isEqualTo(3);
  }

  @Test
  void a_node_that_leaves_is_gone_at_once() {
    network.second();

    first.hints.leave();
    first.dead = true;

    assertThat(second.hints.mine()).isTrue();
    network.second();
    assertThat(second.hints.nodes())
        .extracting(node -> node.identity().name())
        .containsExactly("node-1", "node-2");
  }

  @Test
  void nothing_that_is_said_is_a_key_or_a_name() {
    first.callers.of("team-secret").enter(1);
    first.ask(10);
    network.seconds(3);
    first.fail(5);
    first.provider.rateLimiter().cooldowns().limited("m", Duration.ofSeconds(20));
    first.find(false);

    assertThat(network.said).hasSizeGreaterThan(9);
    assertThat(String.join("\n", network.said))
        .doesNotContain(HintNetwork.KEY)
        .doesNotContain("secret")
        .doesNotContain("openai")
        .contains("callers\":{\"");
  }

  @Test
  void forged_hints_of_nodes_that_nobody_hears_do_nothing() {
    network.second();
    String upstream = upstream();

    forge(HintAddresses.CIRCUIT, hint("ghost", upstream).put("model", ""));
    forge(HintAddresses.LIMITED, hint("ghost", upstream).put("model", "m").put("millis", 60_000));
    forge(HintAddresses.HEALTH, hint("ghost", upstream).put("well", false).put("reason", "x"));
    second.fail(1);

    assertThat(second.provider.circuits().view().state()).isEqualTo(CircuitState.CLOSED);
    assertThat(second.provider.exclusion("m", 1, false)).isNull();
    assertThat(second.checks).isEmpty();
    assertThat(second.hints.ignored()).isEqualTo(3);
  }

  @Test
  void malformed_hints_are_counted_and_change_nothing() {
    network.second();
    long before = second.hints.ignored();

    forge(HintAddresses.STATE, new JsonObject());
    forge(HintAddresses.STATE, new JsonObject().put("node", 7));
    forge(HintAddresses.STATE, hint("x", "").put("started", "yesterday"));
    forge(HintAddresses.STATE, hint("x", "").put("providers", new JsonArray().add(1)));
    forge(HintAddresses.LIMITED, hint("id-0", upstream()).put("millis", "long"));
    forge(HintAddresses.LIMITED, hint("id-0", "nobody").put("millis", 1));

    assertThat(second.hints.ignored() - before).isEqualTo(6);
    assertThat(second.hints.living()).isEqualTo(3);
    assertThat(second.provider.exclusion("m", 1, false)).isNull();
  }

  @Test
  void invented_nodes_are_bounded_and_leave_a_floor_of_every_limit() {
    for (int i = 0; i < 5000; i++) {
      forge(HintAddresses.STATE, state("ghost-" + i, 1e300));
    }
    second.hints.reckon();

    assertThat(second.hints.living()).isEqualTo(LivingNodes.MOST + 1);
    assertThat(second.ask(600)).isBetween(1, 600 * 3 / 10);

    network.time.pass(Duration.ofSeconds(11));
    network.seconds(2);
    assertThat(second.hints.living()).isEqualTo(3);
  }

  @Test
  void a_forger_cannot_raise_what_a_node_may_use_above_the_limit() {
    for (int i = 0; i < 10; i++) {
      forge(HintAddresses.STATE, state("ghost-" + i, -5));
      forge(HintAddresses.STATE, state("ghost-" + i, Double.NEGATIVE_INFINITY));
    }
    second.hints.reckon();

    assertThat(second.ask(5000)).isLessThanOrEqualTo(600);
  }

  private void forge(String address, JsonObject hint) {
    second.hints.receive(address, hint);
  }

  private String upstream() {
    first.ask(1);
    network.second();
    String said =
        network.said.stream().filter(text -> text.contains("providers\":{\"")).findFirst().get();
    JsonObject state = new JsonObject(said.substring(said.indexOf('{')));
    return state.getJsonObject("providers").fieldNames().iterator().next();
  }

  private JsonObject state(String node, double demand) {
    JsonArray pair = new JsonArray().add(demand).add(demand);
    return hint(node, "").put("started", 0L).put("providers", new JsonObject().put("x", pair));
  }

  private static JsonObject hint(String node, String upstream) {
    return new JsonObject().put("node", node).put("upstream", upstream);
  }
}
