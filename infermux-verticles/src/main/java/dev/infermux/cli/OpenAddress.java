package dev.infermux.cli;

import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.auth.AuthMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says in one line what anyone who reaches this machine may do. */
final class OpenAddress {

  private OpenAddress() {}

  /** Empty where callers are asked for a key, or are on this machine. */
  static Optional<String> of(Config config, InferMuxOptions embedding, boolean http) {
    List<String> open = new ArrayList<>();
    if (http && isPublic(config.http().listen())) {
      open.add(config.http().listen().toString());
    }
    ListenAddress grpc = config.grpcListen();
    if (grpc != null && isPublic(grpc)) {
      open.add(grpc.toString());
    }
    if (open.isEmpty() || config.http().auth().mode() == AuthMode.STATIC_KEY) {
      return Optional.empty();
    }
    String management =
        openManagement(config, embedding) && http && config.managementListen() == null
            ? ", and for management no token (INFERMUX_MANAGEMENT_TOKEN)"
            : "";
    return Optional.of(
        "OPEN TO ALL: no key is asked for at "
            + String.join(" and ", open)
            + ", so whoever reaches it calls with the providers' keys"
            + management
            + "; set auth.mode: static_key with auth.key, or listen at 127.0.0.1"
            + (http ? ":" + config.http().listen().port() : ""));
  }

  private static boolean openManagement(Config config, InferMuxOptions embedding) {
    return config.management().open()
        && config.management().token() == null
        && embedding.managementToken() == null;
  }

  private static boolean isPublic(ListenAddress address) {
    String host = address.host();
    return !host.equals("localhost") && !host.startsWith("127.") && !host.equals("::1");
  }
}
