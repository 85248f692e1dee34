package dev.infermux.provider;

import dev.infermux.spi.Provider;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** How one API would say what the provider contract wants to hear. */
public interface ProviderSpeech {

  ProviderType type();

  Provider provider(Vertx vertx, ProviderOptions options);

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
