package dev.infermux.provider;

import dev.infermux.spi.Provider;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** How one API would say what the provider contract wants to hear. */
public interface ProviderSpeech {

  ProviderType type();

  Provider provider(Vertx vertx, ProviderOptions options);

  /** A small chat in its dialect, with a whole answer. */
  default TestCall chat() {
    return TestCall.chat();
  }

  /** The same with a streamed answer. */
  default TestCall streamedChat() {
    return TestCall.stream();
  }

  /** The text that the events of a stream make together. */
  default String content(StreamProbe probe) {
    return probe.content();
  }

  /** Its word for an answer that is finished. */
  default String finishReason() {
    return "stop";
  }

  /** What stands in a stream that is whole, and in no other. */
  default String lastWord() {
    return "[DONE]";
  }

  /** A whole answer that says {@code Hello, world} for 9 tokens in and 3 out, and then stops. */
  String whole();

  /** The same as a stream, from its first byte to its last. */
  Buffer stream();

  /** How many of the stream's bytes make its answer whole: up to there it is a cut. */
  int wholeFrom();

  /** One event of content, to be repeated without end. */
  Buffer contentEvent();

  /** The target of the check that costs nothing. */
  String healthTarget();

  /** An error body. */
  String error(String message, String code);
}
