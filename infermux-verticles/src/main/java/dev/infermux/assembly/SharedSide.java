package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.config.ReloadSource;
import dev.infermux.keys.VirtualKeys;
import dev.infermux.ledger.SharedLedger;
import dev.infermux.operations.Operations;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is changed while nodes run, for all of them: of one node alone nothing.
 *
 * @param providers those of all nodes over this one's own
 * @param changes made here
 * @param budgets that were set while running
 */
record SharedSide(
    ChangeStatus status,
    ChangeSync sync,
    SharedProviders providers,
    SharedState state,
    SharedChanges changes,
    VirtualKeys keys,
    BudgetOverlay budgets,
    Operations operations) {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.nodes");

  static SharedSide of(
      SectionsInForce sections,
      ConfigApplier configs,
      RuntimeProviders runtime,
      ReloadReport report,
      Operations operations) {
    Time time = sections.cells().router().time();
    ReloadSource source = sections.services().reload();
    Map<String, String> environment =
        source == null ? System.getenv() : source.options().environment();
    ChangeStatus status = new ChangeStatus(time.ticker());
    SharedProviders providers = new SharedProviders(runtime, environment);
    SharedState state = new SharedState(sections, configs, providers, report);
    ChangeSync sync = new ChangeSync(state, time, status);
    return new SharedSide(
        status,
        sync,
        providers,
        state,
        new SharedChanges(configs, providers, sync, status),
        sections.keys(),
        sections.overlay(),
        operations);
  }

  /**
   * Begins with what other nodes have changed, where there are others. Called on the event loop
   * that its timers belong to.
   *
   * @param config that this node has started with
   */
  Future<Void> begin(@Nullable SharedLedger ledger, Config config) {
    providers.own(config.providers());
    if (ledger == null) {
      return Future.succeededFuture();
    }
    state.keepIn(ChangeCopy.beside(config.budgets().stateFile()));
    status.register(operations.metrics());
    operations.lifecycle().waitFor(status::obstacle);
    operations.holders().changes(status::report);
    if (keys.ownCount() > 0) {
      LOG.warn(
          "auth.keys_file: its {} keys are this node's alone; those that are made now are all"
              + " nodes'",
          keys.ownCount());
    }
    return sync.begin(ledger.changes());
  }

  /** This node's own configuration is read again. */
  Future<AppliedConfig> reloaded(Config read) {
    return state
        .reloaded(read, former -> providers.over(former, read, read.providers()))
        .onSuccess(applied -> sync.problems(state.problems()));
  }

  /** A whole configuration of the program's is to be in force, without what it has added itself. */
  Future<AppliedConfig> replaced(Config config) {
    Config none = config.withProviders(List.of());
    return state.reloaded(
        config,
        former -> {
          budgets.clearHere();
          return providers.over(none, config, config.providers());
        });
  }

  /** What a file that changes of itself does not bring back, for its reload's warnings. */
  List<String> stillRemoved(List<ProviderEntry> own) {
    List<String> names = sync.shared() ? providers.removed(own) : List.of();
    return names.isEmpty()
        ? List.of()
        : List.of(
            "removed for all nodes, and so they stay until somebody asks for a reload: "
                + String.join(", ", names));
  }

  /**
   * A reload that somebody asked for: what this node's own configuration has, and was removed for
   * all, is back for all; the answer is what that came to nothing of.
   */
  Future<List<String>> restored(List<ProviderEntry> own) {
    List<String> names = sync.shared() ? providers.removed(own) : List.of();
    return names.isEmpty()
        ? Future.succeededFuture(List.of())
        : changes
            .restore(own)
            .map(List.<String>of())
            .otherwise(
                cause ->
                    List.of(
                        "removed for all nodes, and so they stay: "
                            + String.join(", ", names)
                            + ": "
                            + cause.getMessage()));
  }
}
