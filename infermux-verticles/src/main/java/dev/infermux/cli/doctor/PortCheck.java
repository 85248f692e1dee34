package dev.infermux.cli.doctor;

import dev.infermux.cli.process.BindFailure;
import dev.infermux.config.Config;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.network.CauseText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether the addresses that the gateway listens at are free. */
final class PortCheck {

  private PortCheck() {}

  static List<Finding> findings(Config config) {
    Map<String, @Nullable ListenAddress> addresses = new LinkedHashMap<>();
    addresses.put("listen", config.http().listen());
    addresses.put("management_listen", config.managementListen());
    addresses.put("grpc_listen", config.grpcListen());
    List<Finding> found = new ArrayList<>();
    addresses.forEach(
        (key, address) -> {
          if (address != null) {
            found.add(finding(key + " " + address, address));
          }
        });
    return found;
  }

  private static Finding finding(String check, ListenAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address.host(), address.port()));
      return Finding.ok(check, "is free");
    } catch (IOException | IllegalArgumentException e) {
      String why = CauseText.of(e);
      return BindFailure.inUse(why)
          ? Finding.warn(
              check,
              why + " (fine where it is this gateway that runs already; else choose another port)")
          : Finding.fail(check, why + " (" + BindFailure.advice(why) + ")");
    }
  }
}
