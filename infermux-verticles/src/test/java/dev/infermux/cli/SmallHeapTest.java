package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with a small heap outlives what used to end it. */
class SmallHeapTest {

  private static final byte[] HALF = new byte[15 << 20];
  private static final int FEWEST_REFUSED = 11;
  private static final String REFUSALS = "infermux_buffered_bytes_refusals_total ";
  private static final String CHAT = "/v1/chat/completions";

  @Test
  void thirteen_half_sent_uploads_leave_a_process_of_128_mb_serving(@TempDir Path directory)
      throws Exception {
    try (ServerProcess server =
        ServerProcess.start(
            directory,
            Map.of("JDK_JAVA_OPTIONS", "-Xmx128m -Xlog:disable"),
            "serve",
            "--listen",
            "127.0.0.1:0")) {
      int port = server.url().getPort();
      List<Wire> uploads = new ArrayList<>();
      for (int i = 0; i < 13; i++) {
        Wire wire = Wire.connect(port);
        wire.send("POST " + CHAT + " HTTP/1.1\r\nHost: t\r\nContent-Length: 32505856\r\n\r\n");
        uploads.add(wire.send(HALF));
      }
      // Some may have their room; the others are told.
      await().until(() -> refusals(port) >= FEWEST_REFUSED);

      try (Wire honest = Wire.connect(port)) {
        for (int i = 0; i < 20; i++) {
          assertThat(honest.post(CHAT, Texts.chat("echo-v1", "Hi")).status()).isEqualTo(200);
        }
        assertThat(honest.get("/_infermux/metrics").body())
            .contains("infermux_buffered_bytes{of=\"requests\"}");
      }
      uploads.forEach(Wire::close);
      server.signal("TERM");
      assertThat(server.exitCode()).isZero();
      assertThat(server.err()).doesNotContain("OutOfMemoryError");
    }
  }

  private static double refusals(int port) {
    try (Wire wire = Wire.connect(port)) {
      return wire.get("/_infermux/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith(REFUSALS))
          .mapToDouble(line -> Double.parseDouble(line.substring(REFUSALS.length())))
          .sum();
    }
  }
}
