package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ReloadSource;
import dev.infermux.exporter.ExporterOptions;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.auth.ManagementAuthenticator;
import dev.infermux.inbound.auth.ManagementOptions;
import dev.infermux.inference.Secret;
import dev.infermux.mock.Mock;
import dev.infermux.network.Network;
import dev.infermux.spi.ChatProvider;
import dev.infermux.tokentrace.TokenTraceReporter;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an InferMux is made with besides its configuration.
 *
 * @param version of this build
 * @param managementToken wins over that of the configuration; null = the configuration decides
 * @param openTelemetry makes and exports the spans; null = as {@code telemetry} says
 * @param healthChecks whether the providers' health is checked
 * @param mocks played by the providers of their names
 * @param providers of the program's own
 * @param reporter takes the spans; null = one that {@code telemetry} describes
 * @param exporters verticles to deploy besides those of the configuration
 * @param network the way to other hosts, where the configuration does not say it
 * @param reload where the configuration is read again; null = nowhere
 */
public record HostServices(
    String version,
    @Nullable Secret managementToken,
    @Nullable OpenTelemetry openTelemetry,
    boolean healthChecks,
    List<Mock> mocks,
    List<ChatProvider> providers,
    @Nullable TokenTraceReporter reporter,
    List<ExporterOptions> exporters,
    Network network,
    @Nullable ReloadSource reload) {

  private static final Logger LOG = LoggerFactory.getLogger(HostServices.class);

  /** Who may use the management API where this configuration has it. */
  ManagementAuthenticator operators(Config config) {
    openness(config).forEach(LOG::warn);
    return new ManagementAuthenticator(
        management(config), managementPlace(config).host(), config.managementListen() != null);
  }

  /** What whoever reaches management may do where it is open to all, in a line. */
  List<String> openness(Config config) {
    ManagementOptions options = management(config);
    return options.open() && options.token() == null
        ? List.of(
            "management.open: whoever reaches "
                + managementPlace(config)
                + " may turn circuits and read the records of calls"
                + " (set INFERMUX_MANAGEMENT_TOKEN or management.token to ask for a token)")
        : List.of();
  }

  private static ListenAddress managementPlace(Config config) {
    ListenAddress apart = config.managementListen();
    return apart == null ? config.http().listen() : apart;
  }

  /** The same as options: the token that the program supplies wins. */
  ManagementOptions management(Config config) {
    return managementToken == null
        ? config.management()
        : config.management().withToken(managementToken);
  }

  /** Those of the configuration, then those besides. */
  List<ExporterOptions> exporters(Config config) {
    return Stream.concat(config.exporters().stream(), exporters.stream()).toList();
  }
}
