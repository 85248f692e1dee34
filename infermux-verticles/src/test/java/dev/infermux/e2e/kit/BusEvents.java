package dev.infermux.e2e.kit;

import static org.awaitility.Awaitility.await;

import dev.infermux.events.EventAddresses;
import dev.infermux.mist.Envelope;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;

/** The events that one Vert.x publishes, as a subscriber of the bus gets them. */
public final class BusEvents {

  private final List<JsonObject> inferences = new CopyOnWriteArrayList<>();
  private final List<JsonObject> costs = new CopyOnWriteArrayList<>();
  private final List<JsonObject> budgets = new CopyOnWriteArrayList<>();
  private final List<JsonObject> circuits = new CopyOnWriteArrayList<>();
  private final List<JsonObject> health = new CopyOnWriteArrayList<>();

  private final List<JsonObject> configs = new CopyOnWriteArrayList<>();

  /** Listens from now on. */
  public BusEvents(Vertx vertx) {
    listen(vertx, EventAddresses.INFERENCE, inferences);
    listen(vertx, EventAddresses.COST, costs);
    listen(vertx, EventAddresses.BUDGET, budgets);
    listen(vertx, EventAddresses.CIRCUIT, circuits);
    listen(vertx, EventAddresses.HEALTH, health);
    listen(vertx, EventAddresses.CONFIG, configs);
  }

  /** The first one of a caller. */
  public JsonObject inferenceOf(String caller) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> inferences.stream().anyMatch(one -> caller.equals(one.getString("caller"))));
    return inferences.stream()
        .filter(one -> caller.equals(one.getString("caller")))
        .findFirst()
        .orElseThrow();
  }

  /** One for each finished call; waits until there are that many. */
  public List<JsonObject> inferences(int count) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> inferences.size() >= count);
    return List.copyOf(inferences);
  }

  /** One for each charged attempt; waits until there are that many. */
  public List<JsonObject> costs(int count) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> costs.size() >= count);
    return List.copyOf(costs);
  }

  /** One for each change of a circuit; waits until there are that many. */
  public List<JsonObject> circuits(int count) {
    await().until(() -> circuits.size() >= count);
    return List.copyOf(circuits);
  }

  /** Alerts and refusals of budgets; waits until there are that many. */
  public List<JsonObject> budgets(int count) {
    soon().until(() -> budgets.size() >= count);
    return List.copyOf(budgets);
  }

  /** Changes of providers' health; waits until there are that many. */
  public List<JsonObject> health(int count) {
    soon().until(() -> health.size() >= count);
    return List.copyOf(health);
  }

  /** Reloads; waits until there are that many. */
  public List<JsonObject> configs(int count) {
    soon().until(() -> configs.size() >= count);
    return List.copyOf(configs);
  }

  private static ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
  }

  private static void listen(Vertx vertx, String address, List<JsonObject> into) {
    vertx
        .eventBus()
        .<Envelope>consumer(
            address,
            message -> {
              Envelope envelope = message.body();
              String payload = new String(envelope.payload().json(), StandardCharsets.UTF_8);
              into.add(new JsonObject(payload).put("event", envelope.type()));
            });
  }
}
