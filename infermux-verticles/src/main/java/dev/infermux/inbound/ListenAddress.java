package dev.infermux.inbound;

/**
 * Where a listener listens.
 *
 * @param host a name or address without brackets; {@link #ALL_INTERFACES} = everywhere
 * @param port 0 = any free one
 */
public record ListenAddress(String host, int port) {
  public static final String ALL_INTERFACES = "0.0.0.0";

  public ListenAddress {
    if (host.isEmpty() || port < 0 || port > 65535) {
      throw new IllegalArgumentException(host + ":" + port + " (expected: host and 0..65535)");
    }
  }

  public static ListenAddress everywhere(int port) {
    return new ListenAddress(ALL_INTERFACES, port);
  }

  /** Whether only one of the two can be listened at. */
  public boolean overlaps(ListenAddress other) {
    boolean sameHost =
        host.equals(other.host) || host.equals(ALL_INTERFACES) || other.host.equals(ALL_INTERFACES);
    return port == other.port && port != 0 && sameHost;
  }

  /** As in the configuration file: {@code :8080}, {@code 127.0.0.1:8080}, {@code [::1]:8080}. */
  @Override
  public String toString() {
    if (host.equals(ALL_INTERFACES)) {
      return ":" + port;
    }
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
