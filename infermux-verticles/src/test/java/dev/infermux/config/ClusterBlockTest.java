package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.nodes.ClusterOptions;
import dev.infermux.testing.TestTls;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterBlockTest extends Reading {

  private static final String ECHO = "providers: [{ name: echo, type: echo }]\n";
  private static final String ON = "cluster: { enabled: true, members: [a], ";

  @Test
  void all_keys_are_read() throws Exception {
    String yaml =
        """
        cluster:
          enabled: true
          name: team
          host: 10.0.0.5
          port: 6701
          bus_port: 6702
          kubernetes: { service_dns: infermux-cluster.ns.svc.cluster.local }
          expected: 5
          heartbeat: 1s
          failure_after: 5s
          tls: { cert_file: %s, key_file: %s, ca_file: %s }
          remote_calls: true
        """
            .formatted(
                TestTls.file("server.pem"), TestTls.file("server.key"), TestTls.file("ca.pem"));

    ClusterOptions read = loaded(read(ECHO + yaml)).config().cluster();

    assertThat(read)
        .isEqualTo(
            new ClusterOptions(
                true,
                "team",
                "10.0.0.5",
                6701,
                6702,
                List.of(),
                "infermux-cluster.ns.svc.cluster.local",
                5,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                new ClusterOptions.Tls(
                    TestTls.file("server.pem"), TestTls.file("server.key"), TestTls.file("ca.pem")),
                true));
    assertThat(loaded(read(ECHO)).config().cluster()).isEqualTo(ClusterOptions.defaults());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "cluster: { enabled: true } # cluster.members: missing (expected: the address of at least"
            + " one node, or kubernetes.service_dns)",
        "cluster: { enabled: true, members: [a], kubernetes: { service_dns: b } } #"
            + " cluster.members: a list (expected: no members beside kubernetes.service_dns)",
        ON
            + "host: 8.8.8.8 } # cluster.host: \"8.8.8.8\" (expected: a private address of this"
            + " machine, such as 10.0.0.5, and not a public address: whoever reaches the port is a"
            + " member)",
        ON
            + "host: 0.0.0.0 } # cluster.host: \"0.0.0.0\" (expected: a private address of this"
            + " machine, such as 10.0.0.5, and not every address of the machine: whoever reaches"
            + " the port is a member)",
        ON
            + "port: 15701 } # cluster.port: 15701 (expected: two different ports for port and"
            + " bus_port)",
        ON + "bus_port: 70000 } # cluster.bus_port: 70000 (expected: a port from 1 to 65535)",
        ON + "heartbeat: 1500ms } # cluster.heartbeat: \"1500ms\" (expected: whole seconds)",
        ON
            + "failure_after: 3s } # cluster.failure_after: \"3s\" (expected: at least twice the"
            + " heartbeat)",
        ON + "expected: 0 } # cluster.expected: 0 (expected: a whole number >= 1)",
        ON
            + "tls: { cert_file: a.pem, key_file: a.key } } # cluster.tls.ca_file: missing"
            + " (expected: a path)",
        "cluster: { enabled: true, members: ['a b'] } # cluster.members[0]: \"a b\" (expected: an"
            + " address such as 10.0.0.5, node-2 or 10.0.0.5:5701)",
        "cluster: { enabled: true, members: ['a:99999'] } # cluster.members[0]: \"a:99999\""
            + " (expected: an address such as 10.0.0.5, node-2 or 10.0.0.5:5701)",
        "cluster: { enabled: true, members: ['[::1]:0'] } # cluster.members[0]: \"[::1]:0\""
            + " (expected: an address such as 10.0.0.5, node-2 or 10.0.0.5:5701)",
      })
  void what_is_wrong_is_said(String yaml, String problem) throws Exception {
    assertThat(problems(read(ECHO + yaml + "\n"))).contains(problem);
  }

  @Test
  void a_change_needs_a_restart() throws Exception {
    Config alone = loaded(read(ECHO)).config();
    Config node = loaded(read(ECHO + ON + "expected: 2 }\n")).config();

    assertThat(ConfigChange.between(alone, node).afterRestart())
        .containsExactly(ConfigSection.CLUSTER);
    assertThat(ConfigChange.inForce(alone, node).cluster()).isEqualTo(alone.cluster());
  }
}
