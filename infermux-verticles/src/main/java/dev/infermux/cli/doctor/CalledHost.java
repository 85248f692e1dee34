package dev.infermux.cli.doctor;

import dev.infermux.network.NetworkOptions;
import java.net.URI;

/**
 * A host that the gateway calls.
 *
 * @param name what it is to the gateway, such as {@code provider openai}
 * @param own what the configuration says of the way there
 * @param http whether it speaks HTTP/1.1
 */
record CalledHost(String name, URI url, NetworkOptions own, boolean http) {

  /** Without whatever credentials an URL may hold. */
  String shown() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port;
  }
}
