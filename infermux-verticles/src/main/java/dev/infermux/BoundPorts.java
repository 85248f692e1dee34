package dev.infermux;

import dev.infermux.assembly.RouterRuntime;
import dev.infermux.inbound.http.HttpVerticle;
import dev.infermux.inbound.management.ManagementVerticle;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The ports that were really bound.
 *
 * @param managementPort null when {@code /_infermux/*} is on {@code port}
 */
public record BoundPorts(int port, @Nullable Integer managementPort) {

  static BoundPorts of(RouterRuntime runtime) {
    OptionalInt management = runtime.port(ManagementVerticle.NAME);
    return new BoundPorts(
        runtime.port(HttpVerticle.NAME).orElse(0),
        management.isPresent() ? management.getAsInt() : null);
  }
}
