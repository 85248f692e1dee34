package dev.infermux.inbound;

import dev.infermux.vertx.ConnectionLimits;
import dev.infermux.vertx.FileDescriptors;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How long callers may take, and how many connections they may have; of every listener of HTTP.
 *
 * @param headTimeout until the head of a request is whole
 * @param bodyTimeout without a byte of its body
 * @param idleTimeout between two requests
 * @param writeTimeout without a byte of the answer being taken
 * @param handshakeTimeout of TLS
 * @param maxConnections at once; null = half of the process's file descriptors
 * @param maxConnectionsPerAddress the same of one address; 0 = not limited
 */
public record ConnectionOptions(
    Duration headTimeout,
    Duration bodyTimeout,
    Duration idleTimeout,
    Duration writeTimeout,
    Duration handshakeTimeout,
    @Nullable Integer maxConnections,
    int maxConnectionsPerAddress) {

  private static final int FEWEST_BESIDE = 8;

  private static final ConnectionOptions DEFAULTS =
      new ConnectionOptions(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(75),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          null,
          0);

  public static ConnectionOptions defaults() {
    return DEFAULTS;
  }

  public ConnectionOptions withHeadTimeout(Duration headTimeout) {
    return with(copy -> copy.headTimeout = headTimeout);
  }

  public ConnectionOptions withBodyTimeout(Duration bodyTimeout) {
    return with(copy -> copy.bodyTimeout = bodyTimeout);
  }

  public ConnectionOptions withIdleTimeout(Duration idleTimeout) {
    return with(copy -> copy.idleTimeout = idleTimeout);
  }

  public ConnectionOptions withWriteTimeout(Duration writeTimeout) {
    return with(copy -> copy.writeTimeout = writeTimeout);
  }

  public ConnectionOptions withHandshakeTimeout(Duration handshakeTimeout) {
    return with(copy -> copy.handshakeTimeout = handshakeTimeout);
  }

  public ConnectionOptions withMaxConnections(@Nullable Integer maxConnections) {
    return with(copy -> copy.maxConnections = maxConnections);
  }

  public ConnectionOptions withMaxConnectionsPerAddress(int maxConnectionsPerAddress) {
    return with(copy -> copy.maxConnectionsPerAddress = maxConnectionsPerAddress);
  }

  /** How many connections there may be at once. */
  public int most() {
    return maxConnections == null ? FileDescriptors.forCallers() : maxConnections;
  }

  /**
   * The same for a listener beside that of the API, which may have a part of its number: all
   * together leave descriptors for what is no connection of a caller.
   *
   * @param parts of which it has one
   */
  public ConnectionOptions beside(int parts) {
    return withMaxConnections(Math.max(FEWEST_BESIDE, most() / parts));
  }

  /** The same as the watch of connections takes them. */
  ConnectionLimits limits() {
    return new ConnectionLimits(
        headTimeout, bodyTimeout, idleTimeout, writeTimeout, most(), maxConnectionsPerAddress);
  }

  private ConnectionOptions with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.options();
  }

  /** The components while one of them is replaced. */
  private static final class Copy {
    private Duration headTimeout;
    private Duration bodyTimeout;
    private Duration idleTimeout;
    private Duration writeTimeout;
    private Duration handshakeTimeout;
    private @Nullable Integer maxConnections;
    private int maxConnectionsPerAddress;

    Copy(ConnectionOptions from) {
      headTimeout = from.headTimeout;
      bodyTimeout = from.bodyTimeout;
      idleTimeout = from.idleTimeout;
      writeTimeout = from.writeTimeout;
      handshakeTimeout = from.handshakeTimeout;
      maxConnections = from.maxConnections;
      maxConnectionsPerAddress = from.maxConnectionsPerAddress;
    }

    ConnectionOptions options() {
      return new ConnectionOptions(
          headTimeout,
          bodyTimeout,
          idleTimeout,
          writeTimeout,
          handshakeTimeout,
          maxConnections,
          maxConnectionsPerAddress);
    }
  }
}
