package dev.infermux.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.inference.Secret;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a request with a large image takes of the heap, from its first byte to its answer: all that
 * is allocated, once of which is what the HTTP server reads with and drops at once.
 */
@ExtendWith(VertxExtension.class)
class LargeImageTest {

  private static final int IMAGE = 20 << 20;
  private static final String CHAT =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"A cat\"},"
          + "\"finish_reason\":\"stop\"}]}";
  private static final String MESSAGE =
      "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":"
          + "[{\"type\":\"text\",\"text\":\"A cat\"}],\"stop_reason\":\"end_turn\","
          + "\"usage\":{\"input_tokens\":3,\"output_tokens\":2}}";

  private ServerSocket upstream;

  @BeforeEach
  void open() throws IOException {
    upstream = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    upstream.close();
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, gpt-4o-mini, 3",
    "OPENAI, other, 3",
    "ANTHROPIC, other, 5",
  })
  void takes_a_few_times_its_size(ProviderType type, String model, double times, Vertx vertx) {
    String answer = type == ProviderType.ANTHROPIC ? MESSAGE : CHAT;
    Thread server = new Thread(() -> serve(answer), "upstream");
    server.setDaemon(true);
    server.start();
    ProviderOptions provider =
        ProviderOptions.of("up", type)
            .withApiKey(Secret.of("key"))
            .withBaseUrl(URI.create("http://127.0.0.1:" + upstream.getLocalPort()))
            .withModelAliases(Map.of("gpt-4o-mini", model));
    try (Gateway gateway =
        Gateway.start(vertx, (config, unused) -> config.withProvider(provider))) {
      ask(gateway, request(1_000));
      byte[] request = request(IMAGE);
      long before = allocated();

      ask(gateway, request);

      assertThat((allocated() - before) / (double) request.length).isLessThanOrEqualTo(times);
    }
  }

  private static void ask(Gateway gateway, byte[] body) {
    try (Wire wire = gateway.connect()) {
      wire.send(
              "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n")
          .send(body);
      assertThat(wire.read().body()).contains("A cat");
    }
  }

  private static byte[] request(int image) {
    String before =
        "{\"model\":\"gpt-4o-mini\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":"
            + "[{\"type\":\"image_url\","
            + "\"image_url\":{\"url\":\"data:image/png;base64,";
    byte[] base64 = new byte[image / 3 * 4];
    Arrays.fill(base64, (byte) 'A');
    byte[] head = before.getBytes(US_ASCII);
    byte[] tail = "\"}}]}]}".getBytes(US_ASCII);
    byte[] all = Arrays.copyOf(head, head.length + base64.length + tail.length);
    System.arraycopy(base64, 0, all, head.length, base64.length);
    System.arraycopy(tail, 0, all, head.length + base64.length, tail.length);
    return all;
  }

  /** Bytes of the heap that event loops have taken so far; tokenizers load elsewhere. */
  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long all = 0;
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().startsWith("vert.x-eventloop")) {
        all += threads.getThreadAllocatedBytes(id);
      }
    }
    return all;
  }

  private void serve(String answer) {
    while (!upstream.isClosed()) {
      try (Socket socket = upstream.accept()) {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[64 << 10];
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
          head += (char) in.read();
        }
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("content-length: ") + "content-length: ".length();
        long left = Long.parseLong(lower.substring(at, lower.indexOf('\r', at)));
        while (left > 0) {
          left -= in.read(buffer, 0, (int) Math.min(left, buffer.length));
        }
        String response =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + "Content-Length: "
                + answer.length()
                + "\r\n\r\n"
                + answer;
        socket.getOutputStream().write(response.getBytes(US_ASCII));
      } catch (IOException closed) {
        return;
      }
    }
  }
}
