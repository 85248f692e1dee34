package dev.infermux.benchmarks.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.benchmarks.net.MessageReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * Asks for the metrics at a fixed rate over one connection and reads them, with as little work of
 * its own as can be: it shares a CPU with what measures.
 */
final class Scraper implements MessageReader.Handler, Bystander.Presence {
  private static final byte[] REQUEST =
      "GET /_infermux/metrics HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".getBytes(US_ASCII);

  private final long everyMillis;
  private final Socket socket;
  private final Thread thread = new Thread(this::run, "scraper");
  private final MessageReader reader = new MessageReader(this);
  private final byte[] bytes = new byte[64 * 1024];
  private volatile boolean closed;
  private boolean answered;

  private Scraper(int port, long everyMillis) throws IOException {
    this.everyMillis = everyMillis;
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
  }

  static Scraper start(Target gateway, long everyMillis) throws IOException {
    var scraper = new Scraper(gateway.port(), everyMillis);
    scraper.thread.setDaemon(true);
    scraper.thread.start();
    return scraper;
  }

  private void run() {
    try {
      while (!closed) {
        scrape();
        Thread.sleep(everyMillis);
      }
    } catch (IOException | IllegalStateException failed) {
      if (!closed) {
        Progress.say("the scraper failed: %s", String.valueOf(failed.getMessage()));
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void scrape() throws IOException {
    answered = false;
    socket.getOutputStream().write(REQUEST);
    while (!answered) {
      int length = socket.getInputStream().read(bytes);
      if (length < 0) {
        throw new IOException("closed by the gateway");
      }
      reader.feed(bytes, 0, length);
    }
  }

  @Override
  public void head(MessageReader message) {
    if (message.status() != 200) {
      throw new IllegalStateException(message.startLine());
    }
  }

  @Override
  public void body(byte[] text, int from, int length) {}

  @Override
  public void end() {
    answered = true;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    thread.interrupt();
    socket.close();
  }
}
