package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds what a body, or the error or response in it, says that it took, torn or of no use. */
public final class UsageFinder {

  private static final byte[] USAGE = "usage".getBytes(US_ASCII);

  private static final int DEEPEST = 2;
  private final Function<JsonCursor, @Nullable Usage> reader;
  private @Nullable Usage found;

  private UsageFinder(Function<JsonCursor, @Nullable Usage> reader) {
    this.reader = reader;
  }

  /**
   * The last report in a body; null when there is none.
   *
   * @param reader consumes one value; null where it is no report
   */
  public static @Nullable Usage find(Buffer body, Function<JsonCursor, @Nullable Usage> reader) {
    byte[] bytes = body.getBytes();
    int from = 0;
    while (from < bytes.length && bytes[from] != '{') {
      from++;
    }
    UsageFinder finder = new UsageFinder(reader);
    try {
      finder.object(new JsonCursor(bytes, from, bytes.length), 1);
    } catch (JsonSyntaxException torn) {
      return finder.found;
    }
    return finder.found;
  }

  private void object(JsonCursor json, int depth) {
    json.enterObject();
    while (json.nextField()) {
      boolean object = json.kind() == JsonKind.OBJECT;
      if (object && json.nameIs(USAGE)) {
        Usage usage = reader.apply(json);
        found = usage == null || usage.equals(Usage.UNBELIEVED) ? found : usage;
      } else if (object && depth < DEEPEST) {
        object(json, depth + 1);
      } else {
        json.skip();
      }
    }
  }
}
