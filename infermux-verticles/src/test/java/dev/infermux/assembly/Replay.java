package dev.infermux.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ProviderEntry;
import dev.infermux.config.ReadOptions;
import dev.infermux.inference.Exclusion;
import dev.infermux.inference.Operation;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.policy.routing.CallFacts;
import dev.infermux.policy.routing.RoutePlan;
import dev.infermux.policy.routing.ServedModels;
import dev.infermux.policy.routing.selection.CandidateList;
import dev.infermux.policy.routing.selection.CandidateLists;
import dev.infermux.policy.routing.selection.FixedConditions;
import dev.infermux.policy.routing.selection.Planner;
import dev.infermux.policy.routing.selection.RoundRobinCursors;
import dev.infermux.policy.routing.selection.RouteRequest;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes plans under the configuration that decisions were recorded with. */
final class Replay {

  private final List<String> providers;
  private final CandidateLists candidates;
  private final Planner planner;

  Replay() throws IOException {
    Config config = config();
    List<ServedModels> offers =
        config.providers().stream().map(one -> offer(one.options())).toList();
    this.providers = offers.stream().map(ServedModels::provider).toList();
    PricedModelCatalog vendors =
        new PricedModelCatalog(
            config.providers().stream().map(ProviderEntry::options).toList(),
            new PriceBook(ListPrices.builtIn(), config.pricing()));
    this.candidates =
        new CandidateLists(config.routing(), offers, vendors, new RoundRobinCursors());
    this.planner = new Planner(providers, config.routing().failover().mostProviders());
  }

  List<String> providers() {
    return providers;
  }

  RoutePlan plan(Decision decision) {
    Exclusion[] exclusions = new Exclusion[providers.size()];
    double[] latencies = new double[providers.size()];
    for (Map.Entry<String, String> entry : decision.exclusions().entrySet()) {
      exclusions[providers.indexOf(entry.getKey())] = Exclusion.valueOf(entry.getValue());
    }
    for (Map.Entry<String, Double> entry : decision.latencyMillis().entrySet()) {
      latencies[providers.indexOf(entry.getKey())] = entry.getValue() * 1e6;
    }
    CandidateList candidates =
        this.candidates.of(
            new RouteRequest(
                decision.model(), decision.pin(), Operation.valueOf(decision.operation())));
    return planner.plan(
        decision.model(),
        candidates,
        new CallFacts(decision.promptTokens(), decision.maxTokens()),
        new FixedConditions(exclusions, latencies),
        decision.seed());
  }

  private static Config config() throws IOException {
    try (InputStream file = Replay.class.getResourceAsStream("/routing/config.json")) {
      JsonObject json = new JsonObject(new String(file.readAllBytes(), UTF_8));
      return ((ConfigResult.Loaded) ConfigReader.read(json, ReadOptions.of(Map.of()))).config();
    }
  }

  private static ServedModels offer(ProviderOptions options) {
    Set<Operation> operations =
        options.type() == ProviderType.ANTHROPIC
            ? EnumSet.of(Operation.CHAT)
            : EnumSet.allOf(Operation.class);
    return new ServedModels(options.name(), options.models(), options.modelAliases(), operations);
  }
}
