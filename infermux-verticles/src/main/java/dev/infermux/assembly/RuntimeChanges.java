package dev.infermux.assembly;

import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.LogLevel;
import dev.infermux.config.ProviderEntry;
import dev.infermux.config.tree.Problem;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
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

  RuntimeChanges(
      ConfigApplier configs, RuntimeProviders runtime, ReloadReport report, LogControl log) {
    this.configs = configs;
    this.runtime = runtime;
    this.report = report;
    this.log = log;
  }

  Future<String> add(JsonObject block) {
    ConfigResult read = ConfigReader.provider(block, configs.current());
    if (read instanceof ConfigResult.Invalid invalid) {
      return refused(
          "invalid_provider",
          422,
          invalid.problems().stream().map(Problem::text).collect(Collectors.joining("; ")));
    }
    ProviderEntry entry = ((ConfigResult.Loaded) read).config().providers().get(0);
    String name = entry.options().name();
    return configs
        .update(config -> ProgramProviders.with(config, entry))
        .onSuccess(
            applied -> {
              runtime.added(name);
              report.added(name);
            })
        .map(name)
        .recover(cause -> refused("provider_exists", 409, String.valueOf(cause.getMessage())));
  }

  Future<Integer> remove(String name) {
    ProviderState leaving = configs.state(name);
    return configs
        .update(config -> ProgramProviders.without(config, name))
        .onSuccess(
            applied -> {
              runtime.removed(name);
              report.removed(name);
            })
        .map(applied -> leaving == null ? 0 : leaving.inFlight())
        .recover(cause -> refused("not_found", 404, String.valueOf(cause.getMessage())));
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
      return refused("invalid_request", 400, "level: \"" + level + "\" (expected: " + all + ")");
    }
    return log.level(known)
        ? Future.succeededFuture(level)
        : refused(
            "no_log", 409, "level: the program that InferMux is part of has a log of its own");
  }

  private static <T> Future<T> refused(String code, int status, String message) {
    return Future.failedFuture(
        new InferenceException(new Failure.Unservable(code, status, message)));
  }
}
