package dev.infermux.cluster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Completable;
import io.vertx.core.eventbus.impl.clustered.DefaultNodeSelector;
import io.vertx.core.spi.cluster.ClusteredNode;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Routes as the event bus of this Vert.x keeps them, over a map that does not tell of changes. */
class RoutesTest {

  private final Map<String, List<String>> map = new TreeMap<>();
  private final DefaultNodeSelector selector = new DefaultNodeSelector();
  private final Routes routes = new Routes(selector);
  private final List<String> asked = new ArrayList<>();

  RoutesTest() {
    selector.init(new Here());
  }

  @Test
  void routes_of_before_a_merge_are_kept_until_all_are_lost() {
    map.put("a", List.of("here"));
    map.put("b", List.of("here"));
    assertThat(published("a")).containsExactly("here");
    assertThat(published("b")).containsExactly("here");

    map.put("a", List.of("here", "there"));
    map.put("b", List.of());
    assertThat(published("a")).as("nobody has told").containsExactly("here");

    routes.registrationsLost();

    assertThat(published("a")).containsExactlyInAnyOrder("here", "there");
    assertThat(published("b")).isEmpty();
    assertThat(published("a")).hasSize(2);
    assertThat(asked).containsExactly("a", "b", "a", "b");
  }

  @Test
  void route_that_was_told_of_is_lost_as_well() {
    map.put("a", List.of("here"));
    published("a");
    routes.registrationsUpdated(
        new RegistrationUpdateEvent("a", List.of(new RegistrationInfo("other", 1, false))));
    assertThat(published("a")).containsExactly("other");

    routes.registrationsLost();
    routes.registrationsLost();

    assertThat(published("a")).containsExactly("here");
    assertThat(asked).hasSize(2);
  }

  @Test
  void address_that_nobody_listens_at_is_not_remembered() {
    published("nobody");
    asked.clear();

    routes.registrationsLost();

    assertThat(asked).isEmpty();
    assertThat(routes.wantsUpdatesFor("nobody")).isFalse();
  }

  /** The map's node. */
  private final class Here implements ClusteredNode {
    @Override
    public String getNodeId() {
      return "here";
    }

    @Override
    public void getRegistrations(String address, Completable<List<RegistrationInfo>> promise) {
      asked.add(address);
      promise.succeed(
          map.getOrDefault(address, List.of()).stream()
              .map(id -> new RegistrationInfo(id, 1, false))
              .toList());
      routes.asked(address);
    }

    @Override
    public NodeInfo getNodeInfo() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void getNodeInfo(String nodeId, Completable<NodeInfo> promise) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<String> getNodes() {
      return List.of("here", "there");
    }
  }

  private List<String> published(String address) {
    List<String> nodes = new ArrayList<>();
    selector.selectForPublish(
        address,
        (found, failure) -> {
          assertThat(failure).isNull();
          found.forEach(nodes::add);
        });
    return nodes;
  }
}
