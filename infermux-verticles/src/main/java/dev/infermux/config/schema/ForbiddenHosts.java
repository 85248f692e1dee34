package dev.infermux.config.schema;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Hosts that a request carrying a key must never go to: link-local and cloud metadata ones. */
final class ForbiddenHosts {
  private static final Set<String> METADATA_NAMES =
      Set.of("metadata.google.internal", "metadata.goog", "metadata", "instance-data");
  private static final byte[] AWS_METADATA_V6 =
      NetUtil.createByteArrayFromIpAddressString("fd00:ec2::254");

  /** A last label like this makes resolvers read the whole as a number: 2852039166, 0xA9FEA9FE. */
  private static final Pattern NUMERIC_LABEL = Pattern.compile("\\d+|0[xX][0-9A-Fa-f]*");

  private ForbiddenHosts() {}

  static boolean contain(String host) {
    String name = bare(host);
    byte[] address = NetUtil.createByteArrayFromIpAddressString(name);
    if (address != null) {
      return forbidden(address);
    }
    String lastLabel = name.substring(name.lastIndexOf('.') + 1);
    return METADATA_NAMES.contains(name) || NUMERIC_LABEL.matcher(lastLabel).matches();
  }

  private static boolean forbidden(byte[] bytes) {
    try {
      InetAddress address = InetAddress.getByAddress(bytes); // maps ::ffff:a.b.c.d to a.b.c.d
      return address.isLinkLocalAddress()
          || address.isMulticastAddress()
          || Arrays.equals(bytes, AWS_METADATA_V6);
    } catch (UnknownHostException e) {
      return true;
    }
  }

  private static String bare(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[")) {
      name = name.substring(1, name.length() - 1);
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
