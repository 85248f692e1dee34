package dev.infermux.pipeline;

import dev.infermux.inference.Operation;
import dev.infermux.inference.call.Call;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.Eligibility;
import dev.infermux.policy.routing.Offer;
import dev.infermux.provider.RegisteredProvider;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One snapshot of the registry, made ready for routing. Immutable. */
final class RoutingTable {

  private final List<RegisteredProvider> providers;
  private final Map<Operation, Eligibility> byOperation = new EnumMap<>(Operation.class);

  RoutingTable(List<RegisteredProvider> providers) {
    this.providers = providers;
    for (Operation operation : Operation.values()) {
      List<Offer> offers =
          providers.stream()
              .filter(provider -> provider.operations().contains(operation))
              .map(RoutingTable::offer)
              .toList();
      byOperation.put(operation, new Eligibility(offers));
    }
  }

  boolean isOf(List<RegisteredProvider> snapshot) {
    return providers == snapshot;
  }

  List<Candidate> candidates(Call call) {
    return eligibility(call.operation()).candidates(call.model(), call.pinnedProvider());
  }

  /** Names like this one, whatever the operation. */
  List<String> near(String model) {
    return new Eligibility(providers.stream().map(RoutingTable::offer).toList()).near(model);
  }

  private Eligibility eligibility(Operation operation) {
    return java.util.Objects.requireNonNull(byOperation.get(operation));
  }

  private static Offer offer(RegisteredProvider provider) {
    return new Offer(
        provider.name(), provider.options().models(), provider.options().modelAliases());
  }
}
