package dev.infermux.network;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The hosts that are reached without a proxy, as {@code NO_PROXY} lists them: names, which stand
 * for all below them too, IP addresses and networks, each with a port or not; {@code *} = all.
 */
final class NoProxy {

  private final List<String> entries;

  private NoProxy(List<String> entries) {
    this.entries = entries;
  }

  static NoProxy of(String list) {
    return new NoProxy(
        Arrays.stream(list.toLowerCase(Locale.ROOT).split("[,\\s]+"))
            .filter(entry -> !entry.isEmpty())
            .toList());
  }

  /**
   * Whether the list has this host.
   *
   * @param host as {@link HostName} writes it
   */
  boolean covers(HostName host, int port) {
    return entries.stream().anyMatch(entry -> covers(entry, host, port));
  }

  private static boolean covers(String entry, HostName host, int port) {
    if (entry.equals("*")) {
      return true;
    }
    if (entry.indexOf('/') >= 0) {
      return Subnet.parse(entry).filter(subnet -> subnet.contains(host)).isPresent();
    }
    String suffix = ":" + port;
    int colon = entry.lastIndexOf(':');
    boolean withPort =
        entry.startsWith("[") ? entry.indexOf("]:") > 0 : entry.indexOf(':') == colon;
    if (colon < 0 || !withPort) {
      return named(entry, host);
    }
    return entry.endsWith(suffix)
        && named(entry.substring(0, entry.length() - suffix.length()), host);
  }

  private static boolean named(String entry, HostName host) {
    String name = entry.startsWith("*.") ? entry.substring(2) : entry.replaceFirst("^\\.", "");
    HostName own = HostName.of(name);
    return host.text().equals(own.text())
        || (!host.isAddress() && !own.text().isEmpty() && host.text().endsWith("." + own.text()));
  }
}
