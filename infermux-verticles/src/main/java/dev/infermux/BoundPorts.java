package dev.infermux;

import dev.infermux.assembly.RouterRuntime;
import dev.infermux.inbound.grpc.GrpcVerticle;
import dev.infermux.inbound.http.HttpVerticle;
import dev.infermux.inbound.management.ManagementVerticle;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The ports that were really bound.
 *
 * @param port of the HTTP API; 0 where it is not served
 * @param managementPort null when {@code /_infermux/*} is on {@code port}
 * @param grpcPort null where gRPC is not served
 */
public record BoundPorts(int port, @Nullable Integer managementPort, @Nullable Integer grpcPort) {

  static BoundPorts of(RouterRuntime runtime) {
    return new BoundPorts(
        runtime.port(HttpVerticle.NAME).orElse(0),
        orNull(runtime.port(ManagementVerticle.NAME)),
        orNull(runtime.port(GrpcVerticle.NAME)));
  }

  private static @Nullable Integer orNull(OptionalInt port) {
    return port.isPresent() ? port.getAsInt() : null;
  }
}
