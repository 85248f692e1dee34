package dev.infermux.dialect;

import dev.infermux.inference.CallTotals;
import io.vertx.core.buffer.Buffer;

/** How a stream in OpenAI's dialect is shown to its caller. */
public interface StreamTranslation {

  /** OpenAI's events, as they are. */
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
}
