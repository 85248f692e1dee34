package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.nodes.ChangeEffect;
import dev.infermux.nodes.ChangeState;
import dev.infermux.nodes.SharedChange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Brings into force what was changed for all nodes, together with this node's own configuration.
 * Safe on any thread.
 */
final class SharedState implements ChangeSync.Target {

  private final ConfigApplier configs;
  private final SharedProviders providers;
  private final SharedKeys keys;
  private final BudgetOverlay budgets;
  private final ReloadReport report;
  private final Vertx vertx;
  private volatile ChangeCopy copy = new ChangeCopy(null);

  SharedState(
      SectionsInForce sections,
      ConfigApplier configs,
      SharedProviders providers,
      ReloadReport report) {
    this.vertx = sections.vertx();
    this.configs = configs;
    this.providers = providers;
    this.keys = new SharedKeys(sections.keys());
    this.budgets = sections.overlay();
    this.report = report;
  }

  /**
   * What all nodes shall have; the answer is what this node cannot have of it. What was in force
   * before and what ends are so even where something new fails.
   */
  @Override
  public Future<List<String>> apply(ChangeState state) {
    keys.replace(state.changes());
    List<String> callers = budgets.replaceShared(state.changes());
    List<SharedChange> known =
        state.changes().stream()
            .filter(
                change -> change.effect() != ChangeEffect.SET || providers.contains(change.name()))
            .toList();
    providers.want(state.changes());
    return lay(providers::over)
        .recover(
            cause -> {
              providers.want(known);
              return lay(providers::over)
                  .transform(
                      laid -> {
                        providers.want(state.changes());
                        return Future.failedFuture(cause);
                      });
            })
        .map(
            laid -> {
              report.budgets(callers, budgets);
              return problems();
            });
  }

  /** Where this node keeps what is in force. */
  void keepIn(ChangeCopy file) {
    copy = file;
  }

  @Override
  public Future<Optional<ChangeState>> last() {
    ChangeCopy file = copy;
    return vertx.executeBlocking(file::read);
  }

  @Override
  public Future<Void> keep(ChangeState state) {
    ChangeCopy file = copy;
    return vertx.executeBlocking(
        () -> {
          file.write(state);
          return null;
        });
  }

  /** Another configuration of this node is read. */
  Future<AppliedConfig> reloaded(Config read, Function<Config, LaidProviders> over) {
    AtomicReference<LaidProviders> laid = new AtomicReference<>();
    return configs
        .update(former -> config(laid, over.apply(former)))
        .onSuccess(
            applied -> {
              providers.own(read.providers());
              providers.inForce(now(laid));
            });
  }

  private Future<LaidProviders> lay(Function<Config, LaidProviders> over) {
    AtomicReference<LaidProviders> laid = new AtomicReference<>();
    AtomicReference<List<String>> before = new AtomicReference<>(List.of());
    return configs
        .update(
            former -> {
              before.set(names(former));
              return config(laid, over.apply(former));
            })
        .map(
            applied -> {
              LaidProviders now = now(laid);
              providers.inForce(now);
              told(now(before), names(now.config()));
              return now;
            });
  }

  private void told(List<String> before, List<String> after) {
    after.stream().filter(name -> !before.contains(name)).forEach(report::added);
    before.stream().filter(name -> !after.contains(name)).forEach(report::removed);
  }

  /** What this node cannot have. */
  List<String> problems() {
    List<String> all = new ArrayList<>(providers.problems());
    all.addAll(keys.problems(configs.current()));
    all.addAll(budgets.problems());
    return all;
  }

  private static Config config(AtomicReference<LaidProviders> laid, LaidProviders now) {
    laid.set(now);
    return now.config();
  }

  private static <T> T now(AtomicReference<T> reference) {
    return Objects.requireNonNull(reference.get());
  }

  private static List<String> names(Config config) {
    return config.providers().stream().map(ProviderEntry::options).map(one -> one.name()).toList();
  }
}
