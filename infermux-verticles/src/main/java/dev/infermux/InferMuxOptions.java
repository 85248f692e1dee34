package dev.infermux;

import dev.infermux.assembly.HostServices;
import dev.infermux.assembly.ProgramProviders;
import dev.infermux.config.Config;
import dev.infermux.inference.Secret;
import dev.infermux.mock.Mock;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.spi.ChatProvider;
import dev.infermux.tokentrace.TokenTraceReporter;
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
 * @param providers of the program's own, behind those of the configuration
 * @param reporter the program's own, which then takes the spans and stays open; null = InferMux
 *     makes one, as {@code telemetry} says
 */
public record InferMuxOptions(
    @Nullable Secret managementToken,
    @Nullable OpenTelemetry openTelemetry,
    boolean healthChecks,
    List<Mock> mocks,
    List<ChatProvider> providers,
    @Nullable TokenTraceReporter reporter) {

  private static final InferMuxOptions DEFAULTS =
      new InferMuxOptions(null, null, true, List.of(), List.of(), null);

  public InferMuxOptions {
    mocks = List.copyOf(mocks);
    providers = List.copyOf(providers);
  }

  /** The program supplies nothing. */
  public static InferMuxOptions defaults() {
    return DEFAULTS;
  }

  public InferMuxOptions withManagementToken(@Nullable Secret token) {
    return new InferMuxOptions(token, openTelemetry, healthChecks, mocks, providers, reporter);
  }

  public InferMuxOptions withOpenTelemetry(@Nullable OpenTelemetry own) {
    return new InferMuxOptions(managementToken, own, healthChecks, mocks, providers, reporter);
  }

  public InferMuxOptions withHealthChecks(boolean wanted) {
    return new InferMuxOptions(managementToken, openTelemetry, wanted, mocks, providers, reporter);
  }

  public InferMuxOptions withMocks(List<Mock> mocks) {
    return new InferMuxOptions(
        managementToken, openTelemetry, healthChecks, mocks, providers, reporter);
  }

  /** With mocks that join the providers; those that the configuration has not are added to it. */
  public InferMuxOptions withMocks(Mock... mocks) {
    return withMocks(List.of(mocks));
  }

  public InferMuxOptions withProviders(List<ChatProvider> providers) {
    return new InferMuxOptions(
        managementToken, openTelemetry, healthChecks, mocks, providers, reporter);
  }

  /** With providers of the program's own, next to those of the configuration or instead of any. */
  public InferMuxOptions withProviders(ChatProvider... providers) {
    return withProviders(List.of(providers));
  }

  public InferMuxOptions withReporter(@Nullable TokenTraceReporter reporter) {
    return new InferMuxOptions(
        managementToken, openTelemetry, healthChecks, mocks, providers, reporter);
  }

  HostServices hostServices() {
    return new HostServices(
        Version.current(),
        managementToken,
        openTelemetry,
        healthChecks,
        mocks,
        providers,
        reporter);
  }

  /** The configuration with a provider for each mock and each of the program's own. */
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
    return ProgramProviders.completed(all, providers);
  }
}
