package dev.infermux.benchmarks.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Those who look at a gateway in this run. */
final class Bystanders {
  private static final int PAGES = 4;
  private static final int SMALL_WINDOW = 4096;
  private static final long SCRAPE_EVERY_MILLIS = 100;

  /** A minute of it is as many scrapes as the others make in an hour, so that they are compiled. */
  private static final long WARMING_EVERY_MILLIS = 1;

  private Bystanders() {}

  /**
   * Each alone, and then all at once.
   *
   * @param blocking the file that has the subscriber in the gateway block
   */
  static List<Bystander> all(Path blocking) {
    Bystander subscriber =
        Bystander.named("a subscriber that blocks 10 s", gateway -> blocks(blocking));
    Bystander pages =
        Bystander.named(PAGES + " pages on sleeping laptops", Bystanders::sleepingPages);
    Bystander scraper =
        Bystander.named(
            "a scraper at 10 Hz", gateway -> Scraper.start(gateway, SCRAPE_EVERY_MILLIS));
    Bystander together =
        Bystander.named(
            "all of them", gateway -> together(List.of(subscriber, pages, scraper), gateway));
    return List.of(Bystander.NOBODY, subscriber, pages, scraper, together);
  }

  private static Bystander.Presence blocks(Path file) throws IOException {
    Files.writeString(file, "");
    return () -> Files.deleteIfExists(file);
  }

  /** They ask for the stream of events, and never read. */
  private static Bystander.Presence sleepingPages(Target gateway) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    String request = "GET /_infermux/events HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n";
    for (int i = 0; i < PAGES; i++) {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(SMALL_WINDOW);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      sockets.add(socket);
    }
    return () -> {
      for (Socket socket : sockets) {
        socket.close();
      }
    };
  }

  /** What the gateway tells of itself. */
  static String metrics(int port) throws IOException {
    var connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:%d/_infermux/metrics".formatted(port))
                .toURL()
                .openConnection();
    try (var in = connection.getInputStream()) {
      return new String(in.readAllBytes(), US_ASCII);
    }
  }

  /** All at once, so that the gateway has compiled what they ask of it. */
  static Bystander.Presence warming(Path blocking, Target gateway) throws IOException {
    return together(
        List.of(
            Bystander.named("blocks", any -> blocks(blocking)),
            Bystander.named("pages", Bystanders::sleepingPages),
            Bystander.named("scraper", any -> Scraper.start(any, WARMING_EVERY_MILLIS))),
        gateway);
  }

  private static Bystander.Presence together(List<Bystander> all, Target gateway)
      throws IOException {
    Deque<Bystander.Presence> there = new ArrayDeque<>();
    for (Bystander one : all) {
      there.push(one.at(gateway));
    }
    return () -> {
      for (Bystander.Presence one : there) {
        one.close();
      }
    };
  }
}
