package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where epoll carries the sockets, the kernel takes little of what a caller does not read. */
class KernelQueueTest {

  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  /** What is unsent, and what is on its way into a caller's small window; else 470 KB. */
  private static final long MOST = 320 << 10;

  @Test
  void an_unread_answer_stays_out_of_the_kernel() throws Exception {
    Transport epoll = Transport.EPOLL;
    assumeTrue(epoll != null && epoll.available(), "no epoll here");
    Vertx vertx = Vertx.builder().withTransport(epoll).build();
    Buffer event = Buffer.buffer("data: " + Texts.delta("x".repeat(4096)) + "\n\n");
    try (Gateway gateway = Gateway.start(vertx);
        Wire wire = Wire.connect(gateway.port(), 16 * 1024)) {
      gateway.upstream().next(MockAnswer.flood("text/event-stream", event, -1));
      wire.request("POST", "/v1/chat/completions", Texts.stream(Gateway.MODEL, "Hi"));
      wire.readUntil("xxxx");
      gateway.upstream().lastRequest().stalledAt();

      assertThat(unacknowledged(gateway.port())).isPositive().isLessThan(MOST);
    } finally {
      await().until(vertx.close()::isComplete);
    }
  }

  /** The bytes in the send queues of a port's connections, as the kernel's tables have them. */
  private static long unacknowledged(int port) throws IOException {
    String local = String.format(":%04X ", port);
    long bytes = 0;
    for (Path table : TABLES) {
      try (Stream<String> lines = Files.lines(table)) {
        bytes +=
            lines
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> (fields[1] + ' ').endsWith(local))
                .mapToLong(fields -> Long.parseLong(fields[4].split(":")[0], 16))
                .sum();
      }
    }
    return bytes;
  }
}
