package dev.infermux.config.schema;

import dev.infermux.inbound.ListenAddress;
import io.netty.util.NetUtil;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where to listen: {@code :8080}, {@code 127.0.0.1:8080}, {@code [::1]:8080}. */
public final class ListenAddresses {
  private static final String SHAPE =
      "(\\[[0-9A-Fa-f:.%]{2,64}\\]|[A-Za-z0-9._-]{0,253}):(\\d{1,5})";
  private static final Pattern PATTERN = Pattern.compile(SHAPE);
  private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");

  private ListenAddresses() {}

  public static Kind<ListenAddress> listen() {
    return Kind.of(
        "address",
        "an address such as :8080, 127.0.0.1:8080 or [::1]:8080",
        ListenAddresses::parse,
        ListenAddress::toString,
        new JsonObject().put("type", "string").put("pattern", "^" + SHAPE + "$"));
  }

  private static Optional<ListenAddress> parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65535) {
      return Optional.empty();
    }
    int port = Integer.parseInt(matcher.group(2));
    String host = matcher.group(1);
    if (host.isEmpty()) {
      return Optional.of(ListenAddress.everywhere(port));
    }
    return plainHost(host).map(plain -> new ListenAddress(plain, port));
  }

  private static Optional<String> plainHost(String host) {
    if (host.startsWith("[")) {
      String literal = host.substring(1, host.length() - 1);
      return NetUtil.isValidIpV6Address(literal) ? Optional.of(literal) : Optional.empty();
    }
    boolean meantAsIp4 = DIGITS_AND_DOTS.matcher(host).matches();
    return meantAsIp4 && !NetUtil.isValidIpV4Address(host) ? Optional.empty() : Optional.of(host);
  }
}
