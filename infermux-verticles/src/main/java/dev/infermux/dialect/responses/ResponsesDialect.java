package dev.infermux.dialect.responses;

import dev.infermux.inference.Dialect;
import dev.infermux.inference.ModelRewriter;
import dev.infermux.inference.StreamTranscript;
import io.vertx.core.buffer.Buffer;

/**
 * The Responses API as the stages see it. A stream of it cannot be continued by another provider:
 * its last event repeats all that came before it.
 */
final class ResponsesDialect implements Dialect {

  static final ResponsesDialect INSTANCE = new ResponsesDialect();

  private static final StreamTranscript NO_TRANSCRIPT =
      new StreamTranscript() {
        @Override
        public String text() {
          return "";
        }

        @Override
        public void read(Buffer events) {}

        @Override
        public void resume(boolean restarted) {}

        @Override
        public boolean refused() {
          return true;
        }

        @Override
        public Buffer fit(Buffer events) {
          return events;
        }
      };

  private ResponsesDialect() {}

  @Override
  public String id() {
    return "responses";
  }

  @Override
  public StreamTranscript transcript() {
    return NO_TRANSCRIPT;
  }

  @Override
  public ModelRewriter renaming(String name) {
    return new ResponsesModelRewriter(name);
  }
}
