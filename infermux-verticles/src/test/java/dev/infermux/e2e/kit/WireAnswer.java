package dev.infermux.e2e.kit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 answer as it stood on the wire.
 *
 * @param headers by name in any case; of a repeated one the last
 * @param trailers what followed the last chunk
 */
public record WireAnswer(
    int status, Map<String, String> headers, String body, Map<String, String> trailers) {

  static WireAnswer read(InputStream in, boolean withBody) throws IOException {
    String line = line(in);
    int status = Integer.parseInt(line.split(" ", 3)[1]);
    Map<String, String> headers = fields(in);
    Map<String, String> trailers = Map.of();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (withBody && "chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
        body.write(exactly(in, size));
        line(in);
      }
      trailers = fields(in);
    } else if (withBody && status >= 200 && status != 204 && status != 304) {
      String length = headers.get("content-length");
      body.write(length == null ? in.readAllBytes() : exactly(in, Integer.parseInt(length)));
    }
    return new WireAnswer(status, headers, body.toString(UTF_8), trailers);
  }

  public @Nullable String header(String name) {
    return headers.get(name);
  }

  public JsonObject json() {
    return new JsonObject(body);
  }

  /** The error object of an error. */
  public JsonObject error() {
    return json().getJsonObject("error");
  }

  /** The payloads of all server-sent events, in order. */
  public List<String> events() {
    return events(body);
  }

  static List<String> events(String body) {
    List<String> events = new ArrayList<>();
    for (String event : body.split("\n\n")) {
      for (String line : event.split("\n")) {
        if (line.startsWith("data: ")) {
          events.add(line.substring("data: ".length()));
        }
      }
    }
    return events;
  }

  private static Map<String, String> fields(InputStream in) throws IOException {
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return fields;
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static byte[] exactly(InputStream in, int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("the body was cut after " + bytes.length + " of " + size + " bytes");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("closed within \"" + line.toString(ISO_8859_1) + "\"");
      }
      line.write(next);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }
}
