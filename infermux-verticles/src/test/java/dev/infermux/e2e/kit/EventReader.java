package dev.infermux.e2e.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A reader of server-sent events that a test asks for the next one. */
public final class EventReader implements AutoCloseable {

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  /** One event: its name and its data. */
  public record Event(String name, String text) {

    public JsonObject data() {
      return new JsonObject(text);
    }

    /** Of an envelope. */
    public JsonObject payload() {
      return data().getJsonObject("payload");
    }
  }

  private EventReader(HttpResponse<InputStream> response) {
    this.response = response;
    this.lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
  }

  /**
   * Connects, and waits until events come.
   *
   * @param path with its query
   * @param headers name and value in turn
   */
  public static EventReader open(int port, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      return new EventReader(
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public HttpResponse<?> response() {
    return response;
  }

  /** The next event; comments are passed over. */
  public Event next() {
    String name = "";
    String data = "";
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          data = line.substring("data: ".length());
        } else if (line.isEmpty() && !data.isEmpty()) {
          return new Event(name, data);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("the stream has ended");
  }

  /** Reads on until there is one of this kind; the result has it at its end. */
  public List<Event> until(Predicate<Event> wanted) {
    List<Event> read = new ArrayList<>();
    do {
      read.add(next());
    } while (!wanted.test(read.get(read.size() - 1)));
    return read;
  }

  /** Whether nothing follows. */
  public boolean ended() {
    try {
      return lines.readLine() == null;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
