package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.Listener;
import dev.infermux.inbound.auth.Authenticator;
import dev.infermux.inbound.bus.BusVerticle;
import dev.infermux.inbound.grpc.GrpcSettings;
import dev.infermux.inbound.grpc.GrpcVerticle;
import dev.infermux.inbound.http.HttpApi;
import dev.infermux.inbound.http.HttpOptions;
import dev.infermux.inbound.http.HttpVerticle;
import dev.infermux.inbound.http.TlsOptions;
import dev.infermux.inbound.management.ManagementApi;
import dev.infermux.inbound.management.ManagementVerticle;
import dev.infermux.pipeline.RouterComponents;
import dev.infermux.time.Time;
import dev.infermux.vertx.ConnectionCount;
import java.util.ArrayList;
import java.util.List;

/**
 * The listeners that a configuration asks for: a further one is a further entry here.
 *
 * @param atOnce started with the router
 * @param http started when the program asks for the sockets, unless it leaves HTTP out
 * @param others started when the program asks for the sockets
 */
record ListenerFactories(
    List<ListenerFactory> atOnce, List<ListenerFactory> http, List<ListenerFactory> others) {

  /** Of the connections that the API may have, an eighth is enough for operators. */
  private static final int OPERATORS = 8;

  /** Connections of gRPC carry many calls each. */
  private static final int GRPC = 4;

  static ListenerFactories of(
      Config config,
      RouterComponents router,
      HttpApi http,
      ManagementApi management,
      ListedProviders listed) {
    boolean remote = !config.cluster().enabled() || config.cluster().remoteCalls();
    ConnectionCount count = new ConnectionCount(router.instruments().buffered());
    return new ListenerFactories(
        List.of(ListenerFactory.inEveryCell(cell -> new BusVerticle(cell.router(), remote))),
        List.of(
            ListenerFactory.inEveryCell(
                cell ->
                    new HttpVerticle(config.http(), http, router.instance(), count, time(cell)))),
        List.copyOf(others(config, http, management, listed)));
  }

  private static List<ListenerFactory> others(
      Config config, HttpApi http, ManagementApi management, ListedProviders listed) {
    List<ListenerFactory> others = new ArrayList<>();
    ListenAddress managementListen = config.managementListen();
    if (managementListen != null) {
      others.add(
          ListenerFactory.inOneCell(
              cell ->
                  new ManagementVerticle(
                      managementListen,
                      management,
                      config.http().connections().beside(OPERATORS),
                      time(cell))));
    }
    ListenAddress grpcListen = config.grpcListen();
    if (grpcListen != null) {
      GrpcSettings options = grpc(grpcListen, config.http(), http.authenticator());
      others.add(ListenerFactory.inOneCell(cell -> grpc(options, cell, listed)));
    }
    return others;
  }

  private static Time time(Cell cell) {
    return cell.cells().router().time();
  }

  /** TLS and keys are those of the HTTP listener. */
  private static GrpcSettings grpc(
      ListenAddress listen, HttpOptions http, Authenticator authenticator) {
    TlsOptions tls = http.tls();
    return new GrpcSettings(
        listen,
        tls == null ? null : new GrpcSettings.Pem(tls.certFile(), tls.keyFile()),
        authenticator,
        http.connections().beside(GRPC));
  }

  private static Listener grpc(GrpcSettings options, Cell cell, ListedProviders listed) {
    Cells cells = cell.cells();
    try {
      return new GrpcVerticle(
          options,
          cells::here,
          listed,
          cells.router().time(),
          cells.router().instruments().buffered());
    } catch (NoClassDefFoundError missing) {
      throw new IllegalStateException(
          "grpc_listen: %s needs io.grpc:grpc-netty, grpc-protobuf, grpc-stub and grpc-services on the class path"
              .formatted(options.listen()),
          missing);
    }
  }
}
