package dev.infermux.cli.doctor;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.cli.process.Blocking;
import dev.infermux.cli.process.Routers;
import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.network.Network;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.health.HealthMode;
import dev.infermux.policy.health.HealthView;
import dev.infermux.tokentrace.TelemetryOptions;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** Asks each provider for its list of models with its key, which no provider charges for. */
final class ProviderCheck {

  private ProviderCheck() {}

  /** All at the same time, each for its {@code health_check.timeout} at most. */
  static List<Finding> findings(Vertx vertx, Config config, Network network) {
    List<ProviderEntry> asked =
        config.providers().stream()
            .map(
                entry ->
                    entry.withHealth(
                        entry.health().withDisabled(false).withMode(HealthMode.MODELS)))
            .toList();
    // Nothing else of the configuration is touched: a gateway may be running on it.
    Config alone =
        config
            .withProviders(asked)
            .withHttp(config.http().withAuth(config.http().auth().withKeysFile(null)))
            .withBudgets(BudgetOptions.defaults())
            .withTelemetry(TelemetryOptions.defaults())
            .withExporters(List.of());
    InferMux router = Routers.create(vertx, alone, InferMuxOptions.defaults().withNetwork(network));
    try {
      List<Finding> found = new ArrayList<>();
      router.health().forEach((name, view) -> found.add(finding(named(asked, name), view)));
      return found;
    } finally {
      Blocking.on(router.close());
    }
  }

  private static ProviderEntry named(List<ProviderEntry> entries, String name) {
    return entries.stream()
        .filter(entry -> entry.options().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Finding finding(ProviderEntry entry, HealthView view) {
    String check = "provider " + entry.options().name();
    if (!view.healthy()) {
      return Finding.fail(check, view.remark());
    }
    if (!view.advice().isEmpty()) {
      return Finding.warn(check, view.advice());
    }
    if (!entry.options().type().remote()) {
      return Finding.ok(check, "is built in");
    }
    return entry.options().apiKey() == null
        ? Finding.ok(check, "answers; it has no key of its own")
        : Finding.ok(check, "answers, and takes its key");
  }
}
