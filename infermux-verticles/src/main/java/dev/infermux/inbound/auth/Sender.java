package dev.infermux.inbound.auth;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who has sent a request, and to which name.
 *
 * @param host the name that the request is addressed to, without its port; null = none
 * @param address of the other end of the connection; null = not one of IP
 */
record Sender(MultiMap headers, @Nullable String host, @Nullable String address) {

  /** What proxies add: behind one, everybody comes from its address. */
  private static final List<String> FORWARDED = List.of("X-Forwarded-For", "Forwarded");

  static Sender of(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    SocketAddress remote = request.remoteAddress();
    return new Sender(
        request.headers(),
        authority == null ? null : authority.host(),
        remote == null ? null : remote.hostAddress());
  }

  /** Whether it is on this machine, as far as that can be told. */
  boolean local() {
    if (address == null || FORWARDED.stream().anyMatch(headers::contains)) {
      return false;
    }
    int zone = address.indexOf('%');
    InetAddress parsed =
        NetUtil.createInetAddressFromIpAddressString(
            zone < 0 ? address : address.substring(0, zone));
    return parsed != null && parsed.isLoopbackAddress();
  }

  /** Whether no foreign site can have chosen this name: an address, localhost, or one of these. */
  boolean addresses(List<String> names) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || names.contains(name) || isAddress(name);
  }

  private static boolean isAddress(String name) {
    return (name.startsWith("[") && name.endsWith("]"))
        ? NetUtil.isValidIpV6Address(name.substring(1, name.length() - 1))
        : NetUtil.isValidIpV4Address(name);
  }
}
