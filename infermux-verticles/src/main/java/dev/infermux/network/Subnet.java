package dev.infermux.network;

import java.util.Optional;

/**
 * A network such as {@code 10.0.0.0/8}.
 *
 * @param bits that its addresses have in common
 */
record Subnet(HostName base, int bits) {

  static Optional<Subnet> parse(String text) {
    int slash = text.indexOf('/');
    String length = text.substring(slash + 1);
    HostName base = HostName.of(text.substring(0, slash));
    byte[] bytes = base.bytes();
    if (bytes == null || !length.matches("\\d{1,3}")) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(length);
    return bits > bytes.length * Byte.SIZE ? Optional.empty() : Optional.of(new Subnet(base, bits));
  }

  boolean contains(HostName host) {
    byte[] own = base.bytes();
    byte[] other = host.bytes();
    if (own == null || other == null || own.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if ((own[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }
}
