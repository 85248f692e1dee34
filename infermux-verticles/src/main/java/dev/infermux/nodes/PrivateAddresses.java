package dev.infermux.nodes;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a node may listen for others. Whoever reaches a node's ports is a member, so that they are
 * never opened to all interfaces, nor at an address that the internet can reach.
 */
public final class PrivateAddresses {

  private static final String EXPECTED =
      "expected: a private address of this machine, such as 10.0.0.5: whoever reaches the port is a"
          + " member";

  private PrivateAddresses() {}

  /** What is wrong with a host as far as its text says; empty where it is a name. */
  public static Optional<String> problem(String host) {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal == null) {
      return Optional.empty();
    }
    try {
      return problem(InetAddress.getByAddress(literal));
    } catch (UnknownHostException e) {
      return Optional.of("no address");
    }
  }

  /**
   * This node's own address.
   *
   * @throws IllegalArgumentException where there is none that may be used, or more than one
   */
  public static InetAddress own(ClusterOptions options) {
    String host = options.host();
    return host == null ? only(ofThisMachine(), options) : resolved(host);
  }

  /** The only one of these; loopback where there is none and the members are all there. */
  static InetAddress only(List<InetAddress> found, ClusterOptions options) {
    boolean together =
        !options.members().isEmpty()
            && options.members().stream().allMatch(PrivateAddresses::loopback);
    if (together) {
      return InetAddress.getLoopbackAddress();
    }
    List<InetAddress> candidates =
        found.stream()
            .filter(address -> !address.isLoopbackAddress() && problem(address).isEmpty())
            .toList();
    if (candidates.size() != 1) {
      String all =
          candidates.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          "cluster.host: missing, and this machine has "
              + (candidates.isEmpty() ? "no private address" : "several (" + all + ")")
              + " (expected: the one at which other nodes reach this one)");
    }
    return candidates.get(0);
  }

  private static InetAddress resolved(String host) {
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException(
          "cluster.host: \"" + host + "\" has no address (" + EXPECTED + ")", unknown);
    }
    Optional<String> problem = problem(address);
    if (problem.isPresent()) {
      String shown = address.getHostAddress();
      throw new IllegalArgumentException(
          "cluster.host: \""
              + host
              + "\""
              + (shown.equals(host) ? "" : " (" + shown + ")")
              + " is "
              + problem.get()
              + " ("
              + EXPECTED
              + ")");
    }
    return address;
  }

  private static Optional<String> problem(InetAddress address) {
    if (address.isAnyLocalAddress()) {
      return Optional.of("every address of the machine");
    } else if (address.isMulticastAddress()) {
      return Optional.of("a multicast address");
    }
    boolean kept =
        address.isLoopbackAddress()
            || address.isSiteLocalAddress()
            || address.isLinkLocalAddress()
            || shared(address)
            || uniqueLocal(address);
    return kept ? Optional.empty() : Optional.of("a public address");
  }

  /** RFC 6598, which some clusters give to their pods. */
  private static boolean shared(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address && bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
  }

  /** RFC 4193. */
  private static boolean uniqueLocal(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
  }

  private static boolean loopback(String member) {
    return member.startsWith("127.")
        || member.startsWith("[::1]")
        || member.equals("localhost")
        || member.startsWith("localhost:");
  }

  private static List<InetAddress> ofThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(PrivateAddresses::up)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLinkLocalAddress())
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  private static boolean up(NetworkInterface one) {
    try {
      return one.isUp();
    } catch (SocketException e) {
      return false;
    }
  }
}
