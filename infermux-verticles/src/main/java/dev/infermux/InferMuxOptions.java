package dev.infermux;

import dev.infermux.assembly.HostServices;
import dev.infermux.config.Config;
import dev.infermux.inference.Secret;
import dev.infermux.mock.Mock;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the embedding program supplies that a configuration file cannot hold.
 *
 * @param managementToken what callers of {@code /_infermux/*} must present; null = nothing
 * @param openTelemetry the program's own instance, which then makes and exports the spans; null =
 *     InferMux does, as {@code telemetry} says
 * @param healthChecks whether the providers' health is checked, as {@code health_check} says;
 *     without, all of them count as healthy
 * @param mocks played by the providers of their names and of type mock
 */
public record InferMuxOptions(
    @Nullable Secret managementToken,
    @Nullable OpenTelemetry openTelemetry,
    boolean healthChecks,
    List<Mock> mocks) {

  private static final InferMuxOptions DEFAULTS = new InferMuxOptions(null, null, true, List.of());

  public InferMuxOptions {
    mocks = List.copyOf(mocks);
  }

  /** The program supplies nothing. */
  public static InferMuxOptions defaults() {
    return DEFAULTS;
  }

  public InferMuxOptions withManagementToken(@Nullable Secret token) {
    return new InferMuxOptions(token, openTelemetry, healthChecks, mocks);
  }

  public InferMuxOptions withOpenTelemetry(@Nullable OpenTelemetry own) {
    return new InferMuxOptions(managementToken, own, healthChecks, mocks);
  }

  public InferMuxOptions withHealthChecks(boolean wanted) {
    return new InferMuxOptions(managementToken, openTelemetry, wanted, mocks);
  }

  public InferMuxOptions withMocks(List<Mock> mocks) {
    return new InferMuxOptions(managementToken, openTelemetry, healthChecks, mocks);
  }

  /** With mocks that join the providers; those that the configuration has not are added to it. */
  public InferMuxOptions withMocks(Mock... mocks) {
    return withMocks(List.of(mocks));
  }

  HostServices hostServices() {
    return new HostServices(Version.current(), managementToken, openTelemetry, healthChecks, mocks);
  }

  /** The configuration with a provider for each mock. */
  Config completed(Config config) {
    Config all = config;
    for (Mock mock : mocks) {
      if (config.providers().stream()
          .noneMatch(entry -> entry.options().name().equals(mock.name()))) {
        all =
            all.withProvider(
                ProviderOptions.of(mock.name(), ProviderType.MOCK).withModels(mock.models()));
      }
    }
    return all;
  }
}
