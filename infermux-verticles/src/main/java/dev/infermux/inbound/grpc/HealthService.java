package dev.infermux.inbound.grpc;

import dev.infermux.v1.InferMuxServiceGrpc;
import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;

/** The standard health service: this server as a whole and its one service serve, or drain. */
final class HealthService {

  private final HealthStatusManager manager = new HealthStatusManager();

  HealthService() {
    // The whole server is "", which serves from the beginning.
    manager.setStatus(InferMuxServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
  }

  BindableService service() {
    return manager.getHealthService();
  }

  /** Neither serves from now on, whatever happens; those who watch are told. */
  void draining() {
    manager.enterTerminalState();
  }
}
