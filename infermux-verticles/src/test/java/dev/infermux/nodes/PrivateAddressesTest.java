package dev.infermux.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever reaches a node's port is a member: no node listens where the internet is. */
class PrivateAddressesTest {

  private static final ClusterOptions ELSEWHERE =
      ClusterOptions.defaults().withMembers(List.of("node-1"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "100.128.0.1",
        "0.0.0.0",
        "::",
        "2001:db8::1",
        "224.0.0.1",
        "172.32.0.1"
      })
  void what_the_internet_may_reach_is_refused(String host) {
    assertThat(PrivateAddresses.problem(host)).isPresent();
    assertThatThrownBy(() -> PrivateAddresses.own(ELSEWHERE.withHost(host)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cluster.host: \"" + host + "\"")
        .hasMessageContaining("whoever reaches the port is a member");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.5",
        "172.16.3.4",
        "192.168.1.1",
        "100.64.7.8",
        "127.0.0.1",
        "::1",
        "fd00::5"
      })
  void private_ones_are_taken(String host) {
    assertThat(PrivateAddresses.problem(host)).isEmpty();
    assertThat(PrivateAddresses.own(ELSEWHERE.withHost(host)).isAnyLocalAddress()).isFalse();
  }

  @Test
  void without_a_host_the_only_private_address_is_it() throws Exception {
    List<InetAddress> one = List.of(address("127.0.0.1"), address("8.8.8.8"), address("10.1.2.3"));
    List<InetAddress> two = List.of(address("10.1.2.3"), address("172.17.0.1"));

    assertThat(PrivateAddresses.only(one, ELSEWHERE)).isEqualTo(address("10.1.2.3"));
    assertThatThrownBy(() -> PrivateAddresses.only(two, ELSEWHERE))
        .hasMessageContaining("several (10.1.2.3, 172.17.0.1)");
    assertThatThrownBy(() -> PrivateAddresses.only(List.of(address("8.8.8.8")), ELSEWHERE))
        .hasMessageContaining("no private address");
  }

  @Test
  void nodes_of_one_machine_meet_at_loopback() throws Exception {
    ClusterOptions together =
        ClusterOptions.defaults().withMembers(List.of("127.0.0.1:5701", "localhost:5702"));

    assertThat(PrivateAddresses.only(List.of(address("10.1.2.3")), together).isLoopbackAddress())
        .isTrue();
  }

  private static InetAddress address(String literal) throws UnknownHostException {
    return InetAddress.getByName(literal);
  }
}
