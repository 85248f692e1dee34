package dev.infermux;

import dev.infermux.assembly.HostServices;
import dev.infermux.assembly.ProgramProviders;
import dev.infermux.config.Config;
import dev.infermux.config.ReloadSource;
import dev.infermux.exporter.ExporterOptions;
import dev.infermux.inference.Secret;
import dev.infermux.mock.Mock;
import dev.infermux.network.Network;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.spi.ChatProvider;
import dev.infermux.tokentrace.TokenTraceReporter;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the embedding program supplies that a configuration file cannot hold.
 *
 * @param managementToken what callers of {@code /_infermux/*} must present; it wins over {@code
 *     management.token}; null = as {@code management} says
 * @param openTelemetry the program's own instance, which then makes and exports the spans; null =
 *     InferMux does, as {@code telemetry} says
 * @param healthChecks whether the providers' health is checked, as {@code health_check} says;
 *     without, all of them count as healthy
 * @param mocks played by the providers of their names and of type mock
 * @param providers of the program's own, behind those of the configuration
 * @param reporter the program's own, which then takes the spans and stays open; null = InferMux
 *     makes one, as {@code telemetry} says
 * @param exporters verticles that are deployed into it, behind those of the configuration
 * @param network proxies and certificates, where the configuration does not name them
 * @param reloadSource where the configuration is read again when it changes; null = nowhere
 */
public record InferMuxOptions(
    @Nullable Secret managementToken,
    @Nullable OpenTelemetry openTelemetry,
    boolean healthChecks,
    List<Mock> mocks,
    List<ChatProvider> providers,
    @Nullable TokenTraceReporter reporter,
    List<ExporterOptions> exporters,
    Network network,
    @Nullable ReloadSource reloadSource) {

  private static final InferMuxOptions DEFAULTS =
      new InferMuxOptions(
          null, null, true, List.of(), List.of(), null, List.of(), Network.ofThisProcess(), null);

  public InferMuxOptions {
    mocks = List.copyOf(mocks);
    providers = List.copyOf(providers);
    exporters = List.copyOf(exporters);
  }

  /** The program supplies nothing. */
  public static InferMuxOptions defaults() {
    return DEFAULTS;
  }

  public InferMuxOptions withManagementToken(@Nullable Secret token) {
    return with(copy -> copy.managementToken = token);
  }

  public InferMuxOptions withOpenTelemetry(@Nullable OpenTelemetry own) {
    return with(copy -> copy.openTelemetry = own);
  }

  public InferMuxOptions withHealthChecks(boolean wanted) {
    return with(copy -> copy.healthChecks = wanted);
  }

  public InferMuxOptions withMocks(List<Mock> mocks) {
    return with(copy -> copy.mocks = mocks);
  }

  /** With mocks that join the providers; those that the configuration has not are added to it. */
  public InferMuxOptions withMocks(Mock... mocks) {
    return withMocks(List.of(mocks));
  }

  public InferMuxOptions withProviders(List<ChatProvider> providers) {
    return with(copy -> copy.providers = providers);
  }

  /** With providers of the program's own, next to those of the configuration or instead of any. */
  public InferMuxOptions withProviders(ChatProvider... providers) {
    return withProviders(List.of(providers));
  }

  public InferMuxOptions withReporter(@Nullable TokenTraceReporter reporter) {
    return with(copy -> copy.reporter = reporter);
  }

  public InferMuxOptions withExporters(List<ExporterOptions> exporters) {
    return with(copy -> copy.exporters = exporters);
  }

  /** With proxies and trusted certificates other than those that the process was started with. */
  public InferMuxOptions withNetwork(Network network) {
    return with(copy -> copy.network = network);
  }

  /** With a file that is watched, and read again by {@code InferMux.reload()}. */
  public InferMuxOptions withReloadSource(@Nullable ReloadSource source) {
    return with(copy -> copy.reloadSource = source);
  }

  HostServices hostServices() {
    return new HostServices(
        Version.current(),
        managementToken,
        openTelemetry,
        healthChecks,
        mocks,
        providers,
        reporter,
        exporters,
        network,
        completing(reloadSource));
  }

  private @Nullable ReloadSource completing(@Nullable ReloadSource source) {
    return source == null
        ? null
        : source.withCompleted(read -> completed(source.completed().apply(read)));
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

  private InferMuxOptions with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.options();
  }

  /** The components while one of them is replaced. */
  private static final class Copy {
    private @Nullable Secret managementToken;
    private @Nullable OpenTelemetry openTelemetry;
    private boolean healthChecks;
    private List<Mock> mocks;
    private List<ChatProvider> providers;
    private @Nullable TokenTraceReporter reporter;
    private List<ExporterOptions> exporters;
    private Network network;
    private @Nullable ReloadSource reloadSource;

    Copy(InferMuxOptions from) {
      managementToken = from.managementToken;
      openTelemetry = from.openTelemetry;
      healthChecks = from.healthChecks;
      mocks = from.mocks;
      providers = from.providers;
      reporter = from.reporter;
      exporters = from.exporters;
      network = from.network;
      reloadSource = from.reloadSource;
    }

    InferMuxOptions options() {
      return new InferMuxOptions(
          managementToken,
          openTelemetry,
          healthChecks,
          mocks,
          providers,
          reporter,
          exporters,
          network,
          reloadSource);
    }
  }
}
