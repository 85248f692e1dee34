package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ConfigChange;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.Registry;
import dev.infermux.vertx.Rollback;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings configurations into force, one after another: the first at the start, which changes an
 * InferMux without providers, and each that follows. Safe on any thread.
 *
 * <p>Added providers are deployed in every cell before the first call can choose them. Removed ones
 * are no longer chosen; they are undeployed when their last attempt has ended.
 */
final class ConfigApplier {

  private final Cells cells;
  private final Registry registry;
  private final ProviderAssembly assembly;
  private final ProviderNames names;
  private final HealthChecks health;
  private final SectionsInForce sections;
  private final NodeSide nodes;

  private final AtomicReference<Future<?>> last = new AtomicReference<>(Future.succeededFuture());

  /** In force. One change at a time touches it. */
  private volatile Config current;

  /**
   * @param begun in force from the start, except for its providers
   * @param nodes told when calls meet other providers
   */
  ConfigApplier(
      Config begun,
      ProviderAssembly assembly,
      SectionsInForce sections,
      HealthChecks health,
      NodeSide nodes) {
    this.nodes = nodes;
    this.current = begun.withProviders(List.of());
    this.cells = sections.cells();
    this.registry = cells.router().registry();
    this.assembly = assembly;
    this.sections = sections;
    this.names = sections.names();
    this.health = health;
  }

  /**
   * Completes when new calls meet {@code next} and the providers that joined were checked once;
   * fails, and changes nothing, when one of them cannot be deployed.
   */
  Future<AppliedConfig> apply(Config next) {
    return update(former -> next);
  }

  /** The same with what {@code change} makes of the configuration that is in force then. */
  Future<AppliedConfig> update(UnaryOperator<Config> change) {
    Promise<AppliedConfig> applied = Promise.promise();
    Future<?> before = Objects.requireNonNull(last.getAndSet(applied.future()));
    before.transform(done -> change(change.apply(current))).onComplete(applied);
    return applied.future();
  }

  /** The state of a provider that calls may choose now; null where there is none. */
  @Nullable ProviderState state(String provider) {
    return registry.snapshot().state(provider).orElse(null);
  }

  /** The budgets that were set while the gateway runs. */
  BudgetOverlay overlay() {
    return sections.overlay();
  }

  /** In force. */
  Config current() {
    return current;
  }

  private Future<AppliedConfig> change(Config next) {
    Config former = current;
    ConfigChange change = ConfigChange.between(former, next);
    Config inForce = ConfigChange.inForce(former, next);
    ProviderSnapshot before = registry.snapshot();
    ProviderSnapshot after = assembly.next(before, former, inForce);
    List<RegisteredProvider> joining = without(after, before);
    return sections
        .read(inForce)
        .compose(prices -> cells.deploy(joining).map(prices))
        .compose(prices -> sections.certify(former, inForce).map(prices))
        .onSuccess(prices -> names.learn(inForce))
        .compose(prices -> sections.allow(former, inForce).map(prices))
        .recover(Rollback.by(() -> withdraw(joining)))
        .onSuccess(prices -> sections.replace(former, inForce, prices, () -> swap(inForce, after)))
        .compose(deployed -> health.watch(after, inForce))
        .map(checked -> new AppliedConfig(change, retire(before, after)));
  }

  private void swap(Config inForce, ProviderSnapshot after) {
    registry.replace(after);
    current = inForce;
    nodes.providersChanged();
  }

  private Future<Void> withdraw(List<RegisteredProvider> joining) {
    return Future.join(joining.stream().map(cells::undeploy).toList()).mapEmpty();
  }

  /** Ends what is no longer in the registry once nothing is under way there. */
  private Future<Void> retire(ProviderSnapshot before, ProviderSnapshot after) {
    List<Future<?>> ended = new ArrayList<>();
    for (RegisteredProvider leaving : without(before, after)) {
      ProviderState state = before.state(leaving.name()).orElseThrow();
      ended.add(
          cells
              .settled()
              .compose(settled -> state.drained())
              .compose(idle -> cells.undeploy(leaving)));
    }
    return Future.join(ended).mapEmpty();
  }

  private static List<RegisteredProvider> without(ProviderSnapshot some, ProviderSnapshot others) {
    Set<String> there =
        others.providers().stream().map(RegisteredProvider::deployment).collect(Collectors.toSet());
    return some.providers().stream().filter(one -> !there.contains(one.deployment())).toList();
  }
}
