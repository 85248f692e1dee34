package dev.infermux.inbound.grpc;

import dev.infermux.inbound.ListenAddress;
import dev.infermux.vertx.EventLoops;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Puts a gRPC server together. It has no thread of its own: Vert.x's event loops run it. */
final class GrpcServers {

  private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
  private static final int MAX_METADATA_BYTES = 32 * 1024;
  private static final long PING_SECONDS = 10;

  /** Whoever cancels more calls of one connection in ten seconds wants to do harm. */
  private static final int MOST_RESETS = 2_000;

  private GrpcServers() {}

  /** Binds the address; blocks meanwhile. */
  static Server start(
      Vertx vertx,
      GrpcSettings settings,
      @Nullable CertifiedContext tls,
      List<ServerServiceDefinition> services,
      RpcLog log)
      throws IOException {
    ListenAddress listen = settings.listen();
    InetSocketAddress address = new InetSocketAddress(listen.host(), listen.port());
    NettyServerBuilder server =
        NettyServerBuilder.forAddress(address)
            .bossEventLoopGroup(EventLoops.all(vertx))
            .workerEventLoopGroup(EventLoops.all(vertx))
            .channelFactory(EventLoops.serverSockets(vertx, settings.connections().most()))
            .directExecutor()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .maxInboundMetadataSize(MAX_METADATA_BYTES)
            .permitKeepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .handshakeTimeout(
                settings.connections().handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .maxConnectionIdle(
                settings.connections().idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .maxRstFramesPerWindow(MOST_RESETS, (int) PING_SECONDS)
            .addStreamTracerFactory(log)
            .addServices(services);
    addReflection(server);
    if (tls != null) {
      server.sslContext(tls);
    }
    return server.build().start();
  }

  /** Older tools, grpcurl among them, ask for the alpha version first or alone. */
  @SuppressWarnings("deprecation")
  private static void addReflection(NettyServerBuilder server) {
    server
        .addService(ProtoReflectionServiceV1.newInstance())
        .addService(ProtoReflectionService.newInstance());
  }
}
