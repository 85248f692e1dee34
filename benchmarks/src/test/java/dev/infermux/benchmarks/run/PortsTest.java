package dev.infermux.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void those_that_start_together_have_ports_that_differ_and_nobody_listens_at() throws IOException {
    try (var taken = new ServerSocket(Ports.free(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.free(9))
          .hasSize(9)
          .doesNotHaveDuplicates()
          .doesNotContain(taken.getLocalPort());
    }
  }
}
