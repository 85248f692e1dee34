package dev.infermux.config.block;

import dev.infermux.config.schema.Durations;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Numbers;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.tree.Fields;
import dev.infermux.inbound.ConnectionOptions;
import java.time.Duration;
import java.util.List;

/** {@code http}: the connections of callers. */
public final class ConnectionBlock {
  private static final ConnectionOptions DEFAULTS = ConnectionOptions.defaults();

  private static final Key<Duration> HEAD =
      Key.of(
          "head_timeout",
          Durations.positive(),
          DEFAULTS.headTimeout(),
          "Until the head of a request is whole.");
  private static final Key<Duration> BODY =
      Key.of(
          "body_timeout",
          Durations.positive(),
          DEFAULTS.bodyTimeout(),
          "Without a byte of a body; after a minute it needs 1 KB/s.");
  private static final Key<Duration> IDLE =
      Key.of(
          "idle_timeout",
          Durations.positive(),
          DEFAULTS.idleTimeout(),
          "Between two requests of a connection.");
  private static final Key<Duration> WRITE =
      Key.of(
          "write_timeout",
          Durations.positive(),
          DEFAULTS.writeTimeout(),
          "Without the caller taking a byte of its answer.");
  private static final Key<Duration> HANDSHAKE =
      Key.of(
          "tls_handshake_timeout",
          Durations.positive(),
          DEFAULTS.handshakeTimeout(),
          "For the handshake of TLS.");
  private static final Key<Integer> MOST =
      Key.optional(
          "max_connections",
          Numbers.whole(1),
          "Connections of callers at once; absent = half of the file descriptors.");
  private static final Key<Integer> MOST_OF_ONE =
      Key.optional(
          "max_connections_per_address",
          Numbers.whole(1),
          "The same of one address; absent = any number, since a balancer is one address.");

  private static final Part CORS =
      Part.of("cors", CorsBlock.BLOCK, "Calls from browsers; absent = none from other sites.");

  public static final Block BLOCK =
      Block.of(HEAD, BODY, IDLE, WRITE, HANDSHAKE, MOST, MOST_OF_ONE, CORS);

  private ConnectionBlock() {}

  /** The origins that may call. */
  public static List<String> origins(Fields fields) {
    return CorsBlock.read(fields.at(CORS).fields(CorsBlock.BLOCK));
  }

  public static ConnectionOptions read(Fields fields) {
    return new ConnectionOptions(
        fields.get(HEAD),
        fields.get(BODY),
        fields.get(IDLE),
        fields.get(WRITE),
        fields.get(HANDSHAKE),
        fields.find(MOST).orElse(null),
        fields.find(MOST_OF_ONE).orElse(0));
  }
}
