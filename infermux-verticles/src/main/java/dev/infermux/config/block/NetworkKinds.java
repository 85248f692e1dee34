package dev.infermux.config.block;

import dev.infermux.config.schema.Kind;
import dev.infermux.network.ProxyServer;
import io.vertx.core.json.JsonObject;

/** Kinds of values about the way to other hosts. */
final class NetworkKinds {

  private NetworkKinds() {}

  /** A proxy's URL, which no message shows: it may have a password in it. */
  static Kind<ProxyServer> proxy() {
    return new Kind<>(
        "URL",
        ProxyServer.EXPECTED,
        text -> ProxyServer.parse(text, "providers[].proxy"),
        ProxyServer::url,
        new JsonObject().put("type", "string"),
        true,
        true);
  }
}
