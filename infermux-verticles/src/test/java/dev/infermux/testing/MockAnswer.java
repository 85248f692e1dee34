package dev.infermux.testing;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.zip.GZIPOutputStream;

/**
 * The script of one answer, immutable: what is written, in which TCP writes, when, and how the
 * connection ends. Begin with one of the static methods and refine.
 *
 * <pre>{@code
 * MockAnswer.events(role, hello, finish, "[DONE]").paced(Duration.ofMillis(5))
 * MockAnswer.json(429, error).header("retry-after", "2")
 * MockAnswer.events(role, hello).thenReset()
 * }</pre>
 */
public final class MockAnswer {

  private enum Framing {
    /** One body with its content-length. */
    LENGTH,
    /** Each step is a chunk; the last chunk is sent when all steps are done. */
    CHUNKED,
    /** Chunked, and the last chunk never comes. */
    UNFINISHED,
    /** The steps are the wire. */
    RAW
  }

  private final int status;
  private final Map<String, String> headers;
  private final Framing framing;
  private final List<MockStep> before;
  private final List<MockStep> steps;

  private MockAnswer(
      int status,
      Map<String, String> headers,
      Framing framing,
      List<MockStep> before,
      List<MockStep> steps) {
    this.status = status;
    this.headers = headers;
    this.framing = framing;
    this.before = before;
    this.steps = steps;
  }

  /** A JSON answer of status 200. */
  public static MockAnswer json(String body) {
    return json(200, body);
  }

  public static MockAnswer json(int status, String body) {
    return body(status, "application/json", Buffer.buffer(body));
  }

  public static MockAnswer html(int status) {
    return body(status, "text/html", Buffer.buffer("<html><body>Bad gateway</body></html>"));
  }

  public static MockAnswer empty(int status) {
    return body(status, "application/json", Buffer.buffer());
  }

  public static MockAnswer redirect(String location) {
    return empty(307).header("location", location);
  }

  public static MockAnswer body(int status, String contentType, Buffer body) {
    return new MockAnswer(
            status, Map.of(), Framing.LENGTH, List.of(), List.of(new MockStep.Write(body)))
        .header("content-type", contentType);
  }

  /** A body without end or length, in this many copies of a piece; -1 = for ever. */
  public static MockAnswer flood(String contentType, Buffer piece, long times) {
    return new MockAnswer(
            200, Map.of(), Framing.CHUNKED, List.of(), List.of(new MockStep.Flood(piece, times)))
        .header("content-type", contentType);
  }

  /** A stream of these payloads, each framed as {@code data: …} and written on its own. */
  public static MockAnswer events(String... data) {
    return events(List.of(data));
  }

  public static MockAnswer events(List<String> data) {
    return sse(data.stream().map(one -> Buffer.buffer("data: " + one + "\n\n")).toList());
  }

  /** A stream of these bytes, each piece in a write and a chunk of its own. */
  public static MockAnswer sse(List<Buffer> pieces) {
    List<MockStep> steps = new ArrayList<>();
    pieces.forEach(piece -> steps.add(new MockStep.Write(piece)));
    return new MockAnswer(200, Map.of(), Framing.CHUNKED, List.of(), steps)
        .header("content-type", "text/event-stream; charset=utf-8");
  }

  /** Exactly these bytes on the wire, each piece in a write of its own. */
  public static MockAnswer raw(String... pieces) {
    List<MockStep> steps = new ArrayList<>();
    for (String piece : pieces) {
      steps.add(new MockStep.Write(Buffer.buffer(piece)));
    }
    return new MockAnswer(0, Map.of(), Framing.RAW, List.of(), steps);
  }

  /** Takes the request and never says a word. */
  public static MockAnswer silence() {
    return raw().then(new MockStep.Silence());
  }

  /** Takes the request and tears the connection down. */
  public static MockAnswer reset() {
    return raw().then(new MockStep.Reset());
  }

  /** Takes the request and closes the connection. */
  public static MockAnswer close() {
    return raw().then(new MockStep.Close());
  }

  /** A head that goes on for ever. */
  public static MockAnswer endlessHead() {
    return raw("HTTP/1.1 200 OK\r\n")
        .then(new MockStep.Flood(Buffer.buffer("x-filler: " + "x".repeat(1000) + "\r\n"), -1));
  }

  public MockAnswer header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new MockAnswer(status, more, framing, before, steps);
  }

  /** Waits before the first byte. */
  public MockAnswer after(Duration time) {
    return new MockAnswer(status, headers, framing, List.of(new MockStep.Wait(time)), steps);
  }

  /** Waits before the first byte until the test says so. */
  public MockAnswer after(CompletionStage<?> gate) {
    return new MockAnswer(status, headers, framing, List.of(new MockStep.WaitFor(gate)), steps);
  }

  /** Waits between two pieces. */
  public MockAnswer paced(Duration time) {
    List<MockStep> slower = new ArrayList<>();
    for (MockStep step : steps) {
      if (!slower.isEmpty()) {
        slower.add(new MockStep.Wait(time));
      }
      slower.add(step);
    }
    return new MockAnswer(status, headers, framing, before, slower);
  }

  /** Compresses the body, asked or not. */
  public MockAnswer gzipped() {
    List<MockStep> packed = new ArrayList<>();
    for (MockStep step : steps) {
      packed.add(
          step instanceof MockStep.Write write ? new MockStep.Write(gzip(write.bytes())) : step);
    }
    return new MockAnswer(status, headers, framing, before, packed)
        .header("content-encoding", "gzip");
  }

  /** Ends the body after so many of its bytes, and with it the connection. */
  public MockAnswer cutAfter(int bytes) {
    List<MockStep> kept = new ArrayList<>();
    int left = bytes;
    for (MockStep step : steps) {
      if (left > 0 && step instanceof MockStep.Write write) {
        int length = Math.min(left, write.bytes().length());
        kept.add(new MockStep.Write(write.bytes().slice(0, length)));
        left -= length;
      }
    }
    Framing cut = framing == Framing.LENGTH ? Framing.LENGTH : Framing.UNFINISHED;
    return new MockAnswer(status, length(headers), cut, before, kept).then(new MockStep.Close());
  }

  /** Closes the connection after the steps, without the body's proper end. */
  public MockAnswer thenClose() {
    return unfinished().then(new MockStep.Close());
  }

  /** Tears the connection down after the steps. */
  public MockAnswer thenReset() {
    return unfinished().then(new MockStep.Reset());
  }

  /** Leaves the body without its end and the connection open. */
  public MockAnswer thenSilence() {
    return unfinished().then(new MockStep.Silence());
  }

  /** Goes on with more pieces when the test says so. */
  public MockAnswer thenAfter(CompletionStage<?> gate, String... data) {
    MockAnswer more = then(new MockStep.WaitFor(gate));
    for (String one : data) {
      more = more.then(new MockStep.Write(Buffer.buffer("data: " + one + "\n\n")));
    }
    return more;
  }

  private MockAnswer unfinished() {
    Framing open = framing == Framing.CHUNKED ? Framing.UNFINISHED : framing;
    return new MockAnswer(status, headers, open, before, steps);
  }

  private MockAnswer then(MockStep step) {
    List<MockStep> more = new ArrayList<>(steps);
    more.add(step);
    return new MockAnswer(status, headers, framing, before, more);
  }

  /** Everything that happens on the connection, head and framing included. */
  List<MockStep> wire() {
    List<MockStep> wire = new ArrayList<>(before);
    if (framing != Framing.RAW) {
      wire.add(new MockStep.Write(head()));
    }
    for (MockStep step : steps) {
      wire.add(framing == Framing.CHUNKED || framing == Framing.UNFINISHED ? chunked(step) : step);
    }
    if (framing == Framing.CHUNKED) {
      wire.add(new MockStep.Write(Buffer.buffer("0\r\n\r\n")));
    }
    return wire;
  }

  private Buffer head() {
    Map<String, String> all = framing == Framing.LENGTH ? length(headers) : headers;
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Mock\r\n");
    all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (framing != Framing.LENGTH) {
      head.append("transfer-encoding: chunked\r\n");
    }
    return Buffer.buffer(head.append("\r\n").toString());
  }

  private Map<String, String> length(Map<String, String> headers) {
    if (framing != Framing.LENGTH || headers.containsKey("content-length")) {
      return headers;
    }
    int length = 0;
    for (MockStep step : steps) {
      length += step instanceof MockStep.Write write ? write.bytes().length() : 0;
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put("content-length", String.valueOf(length));
    return more;
  }

  private static MockStep chunked(MockStep step) {
    if (step instanceof MockStep.Write write) {
      return new MockStep.Write(chunk(write.bytes()));
    }
    return step instanceof MockStep.Flood flood
        ? new MockStep.Flood(chunk(flood.bytes()), flood.times())
        : step;
  }

  private static Buffer chunk(Buffer bytes) {
    return Buffer.buffer(Integer.toHexString(bytes.length()) + "\r\n")
        .appendBuffer(bytes)
        .appendString("\r\n");
  }

  private static Buffer gzip(Buffer plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(packed.toByteArray());
  }
}
