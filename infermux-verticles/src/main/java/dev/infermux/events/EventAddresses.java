package dev.infermux.events;

import java.util.List;

/**
 * Where events are published, each as a MIST envelope. Public API: any verticle of the process or
 * cluster may listen, and an address or type never changes its meaning.
 */
public final class EventAddresses {

  /** One {@code event.inference_request} for each finished call, ok or not. */
  public static final String INFERENCE = "infermux.events.inference";

  /** One {@code event.provider_cost} for each attempt that a provider charges. */
  public static final String COST = "infermux.events.cost";

  /** One {@code event.circuit_state} whenever a provider's circuit changes. */
  public static final String CIRCUIT = "infermux.events.circuit";

  /** One {@code event.provider_health} whenever a provider's health flips. */
  public static final String HEALTH = "infermux.events.health";

  /** One {@code event.budget_alert} for each alert and refusal of a budget. */
  public static final String BUDGET = "infermux.events.budget";

  /** One {@code event.config} for each reload, accepted or rejected. */
  public static final String CONFIG = "infermux.events.config";

  /** All of them. */
  public static final List<String> ALL = List.of(INFERENCE, COST, CIRCUIT, HEALTH, BUDGET, CONFIG);

  private EventAddresses() {}
}
