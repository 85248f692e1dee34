package dev.infermux.inbound;

import dev.infermux.vertx.ConnectionLimits;
import dev.infermux.vertx.FileDescriptors;
import java.time.Duration;
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

  /** The same limits for head, body, idleness and writing. */
  public ConnectionOptions withTimeouts(
      Duration head, Duration body, Duration idle, Duration write) {
    return new ConnectionOptions(
        head, body, idle, write, handshakeTimeout, maxConnections, maxConnectionsPerAddress);
  }

  public ConnectionOptions withHeadTimeout(Duration headTimeout) {
    return new ConnectionOptions(
        headTimeout,
        bodyTimeout,
        idleTimeout,
        writeTimeout,
        handshakeTimeout,
        maxConnections,
        maxConnectionsPerAddress);
  }

  public ConnectionOptions withBodyTimeout(Duration bodyTimeout) {
    return new ConnectionOptions(
        headTimeout,
        bodyTimeout,
        idleTimeout,
        writeTimeout,
        handshakeTimeout,
        maxConnections,
        maxConnectionsPerAddress);
  }

  public ConnectionOptions withIdleTimeout(Duration idleTimeout) {
    return new ConnectionOptions(
        headTimeout,
        bodyTimeout,
        idleTimeout,
        writeTimeout,
        handshakeTimeout,
        maxConnections,
        maxConnectionsPerAddress);
  }

  public ConnectionOptions withWriteTimeout(Duration writeTimeout) {
    return new ConnectionOptions(
        headTimeout,
        bodyTimeout,
        idleTimeout,
        writeTimeout,
        handshakeTimeout,
        maxConnections,
        maxConnectionsPerAddress);
  }

  public ConnectionOptions withHandshakeTimeout(Duration handshakeTimeout) {
    return new ConnectionOptions(
        headTimeout,
        bodyTimeout,
        idleTimeout,
        writeTimeout,
        handshakeTimeout,
        maxConnections,
        maxConnectionsPerAddress);
  }

  public ConnectionOptions withMaxConnections(@Nullable Integer maxConnections) {
    return new ConnectionOptions(
        headTimeout,
        bodyTimeout,
        idleTimeout,
        writeTimeout,
        handshakeTimeout,
        maxConnections,
        maxConnectionsPerAddress);
  }

  public ConnectionOptions withMaxConnectionsPerAddress(int maxConnectionsPerAddress) {
    return new ConnectionOptions(
        headTimeout,
        bodyTimeout,
        idleTimeout,
        writeTimeout,
        handshakeTimeout,
        maxConnections,
        maxConnectionsPerAddress);
  }

  /** The same as the watch of connections takes them. */
  ConnectionLimits limits() {
    return new ConnectionLimits(
        headTimeout,
        bodyTimeout,
        idleTimeout,
        writeTimeout,
        maxConnections == null ? FileDescriptors.forCallers() : maxConnections,
        maxConnectionsPerAddress);
  }
}
