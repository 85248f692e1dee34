package dev.infermux.testing;

import dev.infermux.mock.http.WireAnswer;
import dev.infermux.mock.http.WireStep;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
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
  private final List<WireStep> before;
  private final List<WireStep> steps;

  private MockAnswer(
      int status,
      Map<String, String> headers,
      Framing framing,
      List<WireStep> before,
      List<WireStep> steps) {
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
            status, Map.of(), Framing.LENGTH, List.of(), List.of(new WireStep.Write(body)))
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

  /** A whole JSON answer of unknown length, in pieces of so many characters. */
  public static MockAnswer pieces(String json, int size) {
    List<Buffer> pieces = new ArrayList<>();
    for (int from = 0; from < json.length(); from += size) {
      pieces.add(Buffer.buffer(json.substring(from, Math.min(json.length(), from + size))));
    }
    return sse(pieces).header("content-type", "application/json");
  }

  /** A stream of these bytes, each piece in a write and a chunk of its own. */
  public static MockAnswer sse(List<Buffer> pieces) {
    List<WireStep> steps = new ArrayList<>();
    pieces.forEach(piece -> steps.add(new WireStep.Write(piece)));
    return new MockAnswer(200, Map.of(), Framing.CHUNKED, List.of(), steps)
        .header("content-type", "text/event-stream; charset=utf-8");
  }

  /** Exactly these bytes on the wire, each piece in a write of its own. */
  public static MockAnswer raw(String... pieces) {
    List<WireStep> steps = new ArrayList<>();
    for (String piece : pieces) {
      steps.add(new WireStep.Write(Buffer.buffer(piece)));
    }
    return new MockAnswer(0, Map.of(), Framing.RAW, List.of(), steps);
  }

  /** Takes the request and never says a word. */
  public static MockAnswer silence() {
    return raw().then(new WireStep.Silence());
  }

  /** Takes the request and tears the connection down. */
  public static MockAnswer reset() {
    return raw().then(new WireStep.Reset());
  }

  /** Takes the request and closes the connection. */
  public static MockAnswer close() {
    return raw().then(new WireStep.Close());
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
    return new MockAnswer(status, headers, framing, List.of(new WireStep.Wait(time)), steps);
  }

  /** Waits before the first byte until the test says so. */
  public MockAnswer after(CompletionStage<?> gate) {
    return new MockAnswer(status, headers, framing, List.of(new MockStep.WaitFor(gate)), steps);
  }

  /** Waits between two pieces. */
  public MockAnswer paced(Duration time) {
    List<WireStep> slower = new ArrayList<>();
    for (WireStep step : steps) {
      if (!slower.isEmpty()) {
        slower.add(new WireStep.Wait(time));
      }
      slower.add(step);
    }
    return new MockAnswer(status, headers, framing, before, slower);
  }

  /** Compresses the body, asked or not. */
  public MockAnswer gzipped() {
    List<WireStep> packed = new ArrayList<>();
    for (WireStep step : steps) {
      packed.add(
          step instanceof WireStep.Write write ? new WireStep.Write(gzip(write.bytes())) : step);
    }
    return new MockAnswer(status, headers, framing, before, packed)
        .header("content-encoding", "gzip");
  }

  /** Ends the body after so many of its bytes, and with it the connection. */
  public MockAnswer cutAfter(int bytes) {
    List<WireStep> kept = new ArrayList<>();
    int left = bytes;
    for (WireStep step : steps) {
      if (left > 0 && step instanceof WireStep.Write write) {
        int length = Math.min(left, write.bytes().length());
        kept.add(new WireStep.Write(write.bytes().slice(0, length)));
        left -= length;
      }
    }
    Framing cut = framing == Framing.LENGTH ? Framing.LENGTH : Framing.UNFINISHED;
    return new MockAnswer(status, length(headers), cut, before, kept).then(new WireStep.Close());
  }

  /** Closes the connection after the steps, without the body's proper end. */
  public MockAnswer thenClose() {
    return unfinished().then(new WireStep.Close());
  }

  /** Tears the connection down after the steps. */
  public MockAnswer thenReset() {
    return unfinished().then(new WireStep.Reset());
  }

  /** Leaves the body without its end and the connection open. */
  public MockAnswer thenSilence() {
    return unfinished().then(new WireStep.Silence());
  }

  /** Goes on with more pieces when the test says so. */
  public MockAnswer thenAfter(CompletionStage<?> gate, String... data) {
    MockAnswer more = then(new MockStep.WaitFor(gate));
    for (String one : data) {
      more = more.then(new WireStep.Write(Buffer.buffer("data: " + one + "\n\n")));
    }
    return more;
  }

  private MockAnswer unfinished() {
    Framing open = framing == Framing.CHUNKED ? Framing.UNFINISHED : framing;
    return new MockAnswer(status, headers, open, before, steps);
  }

  private MockAnswer then(WireStep step) {
    List<WireStep> more = new ArrayList<>(steps);
    more.add(step);
    return new MockAnswer(status, headers, framing, before, more);
  }

  /** Everything that happens on the connection, head and framing included. */
  Iterator<WireStep> steps() {
    List<WireStep> wire = new ArrayList<>(before);
    if (framing != Framing.RAW) {
      wire.add(new WireStep.Write(head()));
    }
    for (WireStep step : steps) {
      wire.add(framing == Framing.CHUNKED || framing == Framing.UNFINISHED ? chunked(step) : step);
    }
    if (framing == Framing.CHUNKED) {
      wire.add(new WireStep.Write(Buffer.buffer("0\r\n\r\n")));
    }
    return wire.iterator();
  }

  private Buffer head() {
    Map<String, String> all = new LinkedHashMap<>(length(headers));
    if (framing != Framing.LENGTH) {
      all.put("transfer-encoding", "chunked");
    }
    return WireAnswer.head(status, all);
  }

  private Map<String, String> length(Map<String, String> headers) {
    if (framing != Framing.LENGTH || headers.containsKey("content-length")) {
      return headers;
    }
    int length = 0;
    for (WireStep step : steps) {
      length += step instanceof WireStep.Write write ? write.bytes().length() : 0;
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put("content-length", String.valueOf(length));
    return more;
  }

  private static WireStep chunked(WireStep step) {
    if (step instanceof WireStep.Write write) {
      return new WireStep.Write(WireAnswer.chunk(write.bytes()));
    }
    return step instanceof MockStep.Flood flood
        ? new MockStep.Flood(WireAnswer.chunk(flood.bytes()), flood.times())
        : step;
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
