package dev.infermux.dialect;

import dev.infermux.inference.CallTotals;
import dev.infermux.inference.Failure;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** How a stream is shown to its caller: as it is, or in a shape that its front API has. */
public interface StreamTranslation {

  /** The events as they are. */
  StreamTranslation NONE =
      new StreamTranslation() {
        @Override
        public Buffer events(Buffer events) {
          return events;
        }

        @Override
        public Buffer closing(CallTotals totals) {
          return Buffer.buffer();
        }
      };

  /** What to write for these whole events; may be empty. */
  Buffer events(Buffer events);

  /** What to write when the stream has ended well; may be empty. */
  Buffer closing(CallTotals totals);

  /** What to write when the stream broke; null = the API's usual error event. */
  default @Nullable Buffer broken(Failure failure) {
    return null;
  }
}
