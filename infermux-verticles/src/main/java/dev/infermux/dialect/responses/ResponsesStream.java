package dev.infermux.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.StreamTranslation;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.Failure;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Shows a stream as it is. One that breaks ends with {@code response.failed}, which goes on with
 * the response and the numbers of the events before it, and with {@code error}, which every client
 * takes for one. Only the first and the last events are kept for it, and read when they are needed.
 */
public final class ResponsesStream implements StreamTranslation {

  private static final String DATA = "data: ";

  private @Nullable Buffer first;
  private @Nullable Buffer last;

  @Override
  public Buffer events(Buffer events) {
    if (first == null) {
      first = events;
    }
    last = events;
    return events;
  }

  @Override
  public Buffer closing(CallTotals totals) {
    return Buffer.buffer();
  }

  @Override
  public Buffer broken(Failure failure) {
    long number = last == null ? 0 : numberOf(last) + 1;
    JsonSlice begun = first == null ? null : response(first);
    Buffer out = Buffer.buffer();
    if (begun != null) {
      JsonOutput json = new JsonOutput(begun.length() + 256).object();
      json.field("type", "response.failed").field("sequence_number", number++);
      json.name("response");
      failed(begun, failure, json);
      event(out, "response.failed", json);
    }
    event(out, "error", error(failure, number));
    return out;
  }

  /** The error of a stream of which nothing is known. */
  public static Buffer alone(Failure failure) {
    Buffer out = Buffer.buffer();
    event(out, "error", error(failure, 0));
    return out;
  }

  /** SDKs look for the error at the top or below {@code error}, so that it is at both places. */
  private static JsonOutput error(Failure failure, long number) {
    JsonOutput json = new JsonOutput().object().field("type", "error");
    json.field("sequence_number", number).field("code", failure.code());
    json.field("message", failure.message());
    param(failure, json);
    json.name("error").object().field("message", failure.message());
    json.field("type", "infermux_error").field("code", failure.code());
    param(failure, json);
    return json.endObject();
  }

  private static void param(Failure failure, JsonOutput json) {
    String param = failure.param();
    json.name("param");
    if (param == null) {
      json.nothing();
    } else {
      json.string(param);
    }
  }

  private static void failed(JsonSlice begun, Failure failure, JsonOutput json) {
    json.object();
    JsonCursor fields = begun.cursor();
    fields.enterObject();
    while (fields.nextField()) {
      String name = fields.name();
      JsonSlice value = fields.value();
      if (!name.equals("status") && !name.equals("error")) {
        json.field(name, value);
      }
    }
    json.field("status", "failed").name("error").object();
    json.field("code", failure.status() == 429 ? "rate_limit_exceeded" : "server_error");
    json.field("message", failure.message()).endObject().endObject();
  }

  private static void event(Buffer out, String name, JsonOutput json) {
    out.appendString("event: " + name + "\n" + DATA).appendBytes(json.endObject().toBytes());
    out.appendString("\n\n");
  }

  /** The number of the last of these events; -1 where none has one. */
  private static long numberOf(Buffer events) {
    long[] number = {-1};
    read(
        events,
        (name, json) -> {
          if (name.equals("sequence_number") && json.kind() == JsonKind.NUMBER) {
            number[0] = json.longValue();
          } else {
            json.skip();
          }
        });
    return number[0];
  }

  /** The response that these events begin with; null where they do not say. */
  private static @Nullable JsonSlice response(Buffer events) {
    JsonSlice[] found = new JsonSlice[1];
    read(
        events,
        (name, json) -> {
          boolean here = name.equals("response") && json.kind() == JsonKind.OBJECT;
          JsonSlice value = json.value();
          if (here && found[0] == null) {
            found[0] = value;
          }
        });
    return found[0];
  }

  private static void read(Buffer events, FieldVisitor visitor) {
    events
        .toString(UTF_8)
        .lines()
        .filter(line -> line.startsWith(DATA + "{"))
        .forEach(
            line -> {
              byte[] data = line.substring(DATA.length()).getBytes(UTF_8);
              try {
                JsonCursor json = new JsonCursor(data);
                json.enterObject();
                while (json.nextField()) {
                  visitor.field(json.name(), json);
                }
              } catch (JsonSyntaxException unreadable) {
                // It says nothing of the stream.
                return;
              }
            });
  }

  /** Takes a field and consumes its value. */
  private interface FieldVisitor {
    void field(String name, JsonCursor json);
  }
}
