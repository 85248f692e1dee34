package dev.infermux.testing;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Recorded answers under {@code src/test/resources/wire}. */
public final class Wire {

  private Wire() {}

  /** A file as it is, such as {@code openai/chat-stream.sse}. */
  public static Buffer bytes(String file) {
    try (InputStream in = Wire.class.getResourceAsStream("/wire/" + file)) {
      if (in == null) {
        throw new AssertionError("no recording wire/" + file);
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(String file) {
    return bytes(file).toString(StandardCharsets.UTF_8);
  }

  /** The lines of a file that has an event's payload on each. */
  public static List<String> lines(String file) {
    return text(file).lines().filter(line -> !line.isBlank()).toList();
  }
}
