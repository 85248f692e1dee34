package dev.infermux.mock;

import dev.infermux.inference.Usage;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that no plan writes: what is relayed has one, whatever is asked.
 *
 * @param mediaType of the whole body
 * @param events of its stream; empty = it is never streamed
 * @param usage as the body reports it; null = it does not
 */
public record FixedAnswer(
    String mediaType, Buffer body, List<String> events, @Nullable Usage usage) {

  static final String JSON = "application/json";

  private static final Usage COUNTED = Usage.reported(1, 2);

  public FixedAnswer {
    events = List.copyOf(events);
  }

  static FixedAnswer json(String body) {
    return new FixedAnswer(JSON, Buffer.buffer(body), List.of(), COUNTED);
  }

  static FixedAnswer of(String mediaType, Buffer body) {
    return new FixedAnswer(mediaType, body, List.of(), null);
  }

  FixedAnswer streamed(String... data) {
    return new FixedAnswer(mediaType, body, List.of(data), usage);
  }

  /** Whether it is a body of JSON. */
  public boolean isJson() {
    return mediaType.equals(JSON);
  }

  /** The fixed answer to a request; null = its path has none. */
  public static @Nullable FixedAnswer of(String path, byte[] request) {
    return FixedAnswers.of(path, RelayedFields.of(request));
  }
}
