package dev.infermux.assembly;

import dev.infermux.inference.Secret;
import dev.infermux.mock.Mock;
import dev.infermux.network.Network;
import dev.infermux.spi.ChatProvider;
import dev.infermux.tokentrace.TokenTraceReporter;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an InferMux is made with besides its configuration.
 *
 * @param version of this build
 * @param managementToken what callers of {@code /_infermux/*} must present; null = nothing
 * @param openTelemetry makes and exports the spans; null = as {@code telemetry} says
 * @param healthChecks whether the providers' health is checked
 * @param mocks played by the providers of their names
 * @param providers of the program's own
 * @param reporter takes the spans; null = one that {@code telemetry} describes
 * @param network the way to other hosts, where the configuration does not say it
 */
public record HostServices(
    String version,
    @Nullable Secret managementToken,
    @Nullable OpenTelemetry openTelemetry,
    boolean healthChecks,
    List<Mock> mocks,
    List<ChatProvider> providers,
    @Nullable TokenTraceReporter reporter,
    Network network) {}
