package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.bus.BusVerticle;
import dev.infermux.inbound.http.HttpApi;
import dev.infermux.inbound.http.HttpVerticle;
import dev.infermux.inbound.management.ManagementApi;
import dev.infermux.inbound.management.ManagementVerticle;
import java.util.ArrayList;
import java.util.List;

/**
 * The listeners that a configuration asks for: a further one is a further entry here.
 *
 * @param atOnce started with the router
 * @param onListen started when the program asks for the sockets
 */
record ListenerFactories(List<ListenerFactory> atOnce, List<ListenerFactory> onListen) {

  static ListenerFactories of(
      Config config, String instance, HttpApi http, ManagementApi management) {
    List<ListenerFactory> onListen = new ArrayList<>();
    onListen.add(
        ListenerFactory.inEveryCell(cell -> new HttpVerticle(config.http(), http, instance)));
    ListenAddress managementListen = config.managementListen();
    if (managementListen != null) {
      onListen.add(
          ListenerFactory.inOneCell(cell -> new ManagementVerticle(managementListen, management)));
    }
    return new ListenerFactories(
        List.of(ListenerFactory.inEveryCell(cell -> new BusVerticle(cell.router()))),
        List.copyOf(onListen));
  }
}
