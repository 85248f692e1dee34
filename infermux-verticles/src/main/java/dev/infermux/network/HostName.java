package dev.infermux.network;

import io.netty.util.NetUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host as URLs have it: a name in lower case without the root's dot, or an IP address.
 *
 * @param text without the brackets of an IPv6 address
 * @param bytes of an IP address; null for a name
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HostName(String text, byte @Nullable [] bytes) {

  static HostName of(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    String text = bare.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    return new HostName(bytes == null ? text : NetUtil.bytesToIpAddress(bytes), bytes);
  }

  boolean isAddress() {
    return bytes != null;
  }

  /** Whether it is this machine, or a name of the local network: no proxy knows the way there. */
  boolean isLocal() {
    byte[] address = bytes;
    if (address == null) {
      return text.indexOf('.') < 0 || text.endsWith(".localhost");
    }
    return address.length == 4
        ? address[0] == 127
        : text.equals("::1") || isMappedLoopback(address);
  }

  private static boolean isMappedLoopback(byte[] address) {
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[10] == -1 && address[11] == -1 && address[12] == 127;
  }
}
