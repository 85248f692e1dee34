package dev.infermux.assembly;

import dev.infermux.config.ConfigChange;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ConfigSection;
import dev.infermux.config.ReloadSource;
import dev.infermux.config.ReloadTrigger;
import dev.infermux.events.ConfigEvent;
import dev.infermux.events.EventAddresses;
import dev.infermux.events.EventPublisher;
import dev.infermux.events.metrics.Metrics;
import dev.infermux.inbound.management.view.ReloadOutcome;
import dev.infermux.inbound.management.view.ReloadOutcome.Problem;
import dev.infermux.inbound.management.view.ReloadOutcome.Providers;
import dev.infermux.inbound.management.view.ReloadOutcome.Status;
import dev.infermux.inbound.management.view.ReloadOutcome.Waiting;
import dev.infermux.keys.VirtualKey;
import dev.infermux.policy.budget.CallerBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what became of reloads: in the log, on the bus and in the metrics. Any thread. */
final class ReloadReport {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.config");

  private static final String LEVEL = "log level {} is asked for while running";

  private final EventPublisher publisher;
  private final LongAdder applied = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private volatile boolean lastRejected;

  ReloadReport(EventPublisher publisher) {
    this.publisher = publisher;
  }

  void register(Metrics metrics) {
    metrics.counter(
        "infermux_config_reloads_total",
        "Configurations that came into force while running.",
        applied::sum);
    metrics.counter(
        "infermux_config_rejections_total",
        "Configurations that were read while running and could not be used.",
        rejected::sum);
    metrics.gauge(
        "infermux_config_last_reload_successful",
        "0 while the file that was read last is not the one in force, else 1.",
        () -> lastRejected ? 0 : 1);
  }

  /** Whether the file that was read last is not the one in force. */
  boolean refused() {
    return lastRejected;
  }

  void tell(ReloadTrigger trigger, ReloadOutcome outcome) {
    boolean asked = trigger != ReloadTrigger.FILE;
    switch (outcome.status()) {
      case REJECTED -> {
        rejected.increment();
        lastRejected = !outcome.source().isEmpty();
        outcome.problems().forEach(one -> tell(outcome.source(), one.message()));
      }
      case APPLIED -> {
        applied.increment();
        lastRejected = false;
        outcome.warnings().forEach(LOG::warn);
        LOG.info(
            "configuration {} reloaded ({}){}",
            outcome.source(),
            trigger.wireName(),
            text(outcome));
      }
      case UNCHANGED -> {
        asked |= lastRejected || !outcome.afterRestart().isEmpty();
        lastRejected = false;
        if (asked) {
          LOG.info(
              "configuration {} read, nothing came into force{}", outcome.source(), text(outcome));
        }
      }
    }
    if (asked || outcome.status() != Status.UNCHANGED) {
      publisher.publish(EventAddresses.CONFIG, ConfigEvent.TYPE, event(trigger, outcome));
    }
  }

  private static void tell(String source, String problem) {
    if (source.isEmpty()) {
      LOG.warn("there is no configuration to read again: {}", problem);
    } else {
      LOG.error("configuration {} rejected, the former stays in force: {}", source, problem);
    }
  }

  /** What works other than it may have been meant. */
  void warn(List<String> warnings) {
    warnings.forEach(LOG::warn);
  }

  /** A provider was added by hand. */
  void added(String provider) {
    LOG.info("provider {} added while running", provider);
    publish(List.of(provider), List.of());
  }

  /** A provider was removed by hand. */
  void removed(String provider) {
    LOG.info("provider {} removed while running; what is under way there may end", provider);
    publish(List.of(), List.of(provider));
  }

  /**
   * A key was made or revoked by hand.
   *
   * @param became either word
   */
  void key(VirtualKey key, String became) {
    LOG.info("key {} of caller {}: {} while running", key.id(), key.terms().caller(), became);
    publish(List.of("auth"), List.of(), List.of());
  }

  /**
   * The level of the log changes by hand; said before that may hide it, or behind.
   *
   * @param change false where the log is not InferMux's
   */
  boolean logLevel(String level, BooleanSupplier change) {
    boolean seen = LOG.isInfoEnabled();
    LOG.info(LEVEL, level);
    if (!change.getAsBoolean()) {
      return false;
    }
    if (!seen) {
      LOG.info(LEVEL, level);
    }
    publish(List.of("log"), List.of(), List.of());
    return true;
  }

  /** Budgets of callers were set or taken back by hand. */
  void budgets(List<String> callers, BudgetOverlay overlay) {
    if (callers.isEmpty()) {
      return;
    }
    for (String caller : callers) {
      CallerBudget set = overlay.of(caller);
      if (set == null) {
        LOG.info("budget of caller {}: what was set while running is taken back", caller);
      } else {
        LOG.info(
            "budget of caller {}: {} USD a month ({}), set while running",
            caller,
            set.monthlyUsd().toPlainString(),
            set.action().wireName());
      }
    }
    publish(List.of("budgets"), List.of(), List.of());
  }

  private void publish(List<String> added, List<String> removed) {
    publish(List.of(), added, removed);
  }

  private void publish(List<String> changed, List<String> added, List<String> removed) {
    publisher.publish(
        EventAddresses.CONFIG,
        ConfigEvent.TYPE,
        new ConfigEvent(
            Status.APPLIED.wireName(),
            ReloadTrigger.API.wireName(),
            "",
            changed,
            List.of(),
            added,
            removed,
            List.of(),
            List.of()));
  }

  private static String text(ReloadOutcome outcome) {
    StringBuilder text = new StringBuilder();
    Providers providers = outcome.providers();
    named(text, "providers added", providers.added());
    named(text, "providers removed", providers.removed());
    named(text, "providers changed", providers.changed());
    named(text, "kept from runtime", providers.runtime());
    named(text, "changed", outcome.changed());
    named(
        text,
        "needs a restart",
        outcome.afterRestart().stream().map(one -> one.key() + " (" + one.why() + ")").toList());
    return text.toString();
  }

  private static void named(StringBuilder text, String what, List<String> names) {
    if (!names.isEmpty()) {
      text.append("; ").append(what).append(": ").append(String.join(", ", names));
    }
  }

  private static ConfigEvent event(ReloadTrigger trigger, ReloadOutcome outcome) {
    Providers providers = outcome.providers();
    return new ConfigEvent(
        outcome.status().wireName(),
        trigger.wireName(),
        outcome.source(),
        outcome.changed(),
        outcome.afterRestart().stream().map(Waiting::key).toList(),
        providers.added(),
        providers.removed(),
        providers.changed(),
        outcome.problems().stream().map(Problem::message).toList());
  }

  static ReloadOutcome rejected(String source, String problem) {
    return ReloadOutcome.rejected(source, List.of(new Problem("", problem)), List.of());
  }

  ReloadOutcome rejected(ReloadSource file, ConfigResult result) {
    String source = file.file().toString();
    if (result instanceof ConfigResult.NotFound missing) {
      boolean none = file.awaited() && applied.sum() == 0;
      return rejected(none ? "" : source, missing.reason());
    } else if (result instanceof ConfigResult.Malformed malformed) {
      return rejected(source, malformed.reason());
    }
    ConfigResult.Invalid invalid = (ConfigResult.Invalid) result;
    return ReloadOutcome.rejected(
        source,
        invalid.problems().stream().map(one -> new Problem(one.path(), one.text())).toList(),
        invalid.warnings());
  }

  static ReloadOutcome loaded(
      ReloadSource source, ConfigChange change, ConfigResult.Loaded loaded, List<String> runtime) {
    List<ConfigSection> waiting = change.afterRestart();
    List<String> inForce =
        change.sections().stream()
            .filter(ConfigSection::replaceable)
            .map(ConfigSection::key)
            .toList();
    List<String> warnings = new ArrayList<>(loaded.warnings());
    warnings.addAll(loaded.notices());
    var providers = change.providers();
    return new ReloadOutcome(
        inForce.isEmpty() && providers.none() ? Status.UNCHANGED : Status.APPLIED,
        source.file().toString(),
        inForce,
        waiting.stream().map(one -> new Waiting(one.key(), one.whyRestart())).toList(),
        new Providers(providers.added(), providers.removed(), providers.changed(), runtime),
        warnings,
        List.of());
  }
}
