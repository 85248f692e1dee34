package dev.infermux.pipeline;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.answer.ProviderAnswer;
import dev.infermux.inference.call.Call;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.Strategy;
import dev.infermux.provider.Registry;
import io.vertx.core.Future;
import java.util.List;

/** Chooses the provider for a call by the strategy, among those that serve its model. */
final class Selection implements Stage {

  private final Registry registry;
  private final Strategy strategy;
  private final Stage next;
  private RoutingTable table;

  Selection(Registry registry, Strategy strategy, Stage next) {
    this.registry = registry;
    this.strategy = strategy;
    this.next = next;
    this.table = new RoutingTable(registry.snapshot());
  }

  @Override
  public Future<ProviderAnswer> run(Passage passage) {
    Call call = passage.call();
    List<Candidate> candidates = table().candidates(call);
    if (candidates.isEmpty()) {
      return Future.failedFuture(new InferenceException(notFound(call)));
    }
    passage.chosen(candidates.get(strategy.choose(candidates)), strategy.name().wireName());
    return next.run(passage);
  }

  private RoutingTable table() {
    if (!table.isOf(registry.snapshot())) {
      table = new RoutingTable(registry.snapshot());
    }
    return table;
  }

  private Failure notFound(Call call) {
    StringBuilder message = new StringBuilder("model: \"").append(call.model()).append('"');
    if (call.pinnedProvider() != null) {
      message.append(" at provider \"").append(call.pinnedProvider()).append('"');
    }
    message.append(" is served by no configured provider for ").append(call.operation().wireName());
    List<String> near = table().near(call.model());
    if (!near.isEmpty()) {
      message.append(" (did you mean ").append(String.join(", ", near)).append("?)");
    }
    return new Failure.ModelNotFound(message.append("; GET /v1/models lists all").toString());
  }
}
