package dev.infermux.assembly;

import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.LogLevel;
import dev.infermux.config.ProviderEntry;
import dev.infermux.config.tree.Problem;
import dev.infermux.provider.guard.ProviderState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What operators change by hand while the gateway runs. Safe on any thread. */
final class RuntimeChanges {

  private final ConfigApplier configs;
  private final RuntimeProviders runtime;
  private final ReloadReport report;
  private final LogControl log;
  private final SharedChanges shared;

  RuntimeChanges(
      ConfigApplier configs,
      RuntimeProviders runtime,
      ReloadReport report,
      LogControl log,
      SharedChanges shared) {
    this.shared = shared;
    this.configs = configs;
    this.runtime = runtime;
    this.report = report;
    this.log = log;
  }

  Future<String> add(JsonObject block) {
    return shared.shared() ? shared.add(block) : addHere(block);
  }

  /** A provider that the program has added is this node's alone. */
  Future<Integer> remove(String name) {
    return shared.shared() && !runtime.contains(name) ? shared.remove(name) : removeHere(name);
  }

  private Future<String> addHere(JsonObject block) {
    ConfigResult read = ConfigReader.provider(block, configs.current());
    if (read instanceof ConfigResult.Invalid invalid) {
      return ManagementRefusal.refused(
          "invalid_provider",
          422,
          invalid.problems().stream().map(Problem::text).collect(Collectors.joining("; ")));
    }
    ProviderEntry entry = ((ConfigResult.Loaded) read).config().providers().get(0);
    String name = entry.options().name();
    return runtime
        .add(configs, entry, block)
        .onSuccess(applied -> report.added(name))
        .map(name)
        .recover(
            cause ->
                ManagementRefusal.refused(
                    "provider_exists", 409, String.valueOf(cause.getMessage())));
  }

  private Future<Integer> removeHere(String name) {
    ProviderState leaving = configs.state(name);
    return runtime
        .remove(configs, name)
        .onSuccess(applied -> report.removed(name))
        .map(applied -> leaving == null ? 0 : leaving.inFlight())
        .recover(
            cause ->
                ManagementRefusal.refused("not_found", 404, String.valueOf(cause.getMessage())));
  }

  String logLevel() {
    return log.now().level().wireName();
  }

  Future<String> logLevel(String level) {
    LogLevel known = LogLevel.of(level).orElse(null);
    if (known == null) {
      String all =
          Arrays.stream(LogLevel.values())
              .map(LogLevel::wireName)
              .collect(Collectors.joining(" | "));
      return ManagementRefusal.refused(
          "invalid_request", 400, "level: \"" + level + "\" (expected: " + all + ")");
    }
    return report.logLevel(level, () -> log.level(known))
        ? Future.succeededFuture(level)
        : ManagementRefusal.refused(
            "no_log", 409, "level: the program that InferMux is part of has a log of its own");
  }
}
