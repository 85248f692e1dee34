package dev.infermux.cli.process;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;
import io.vertx.core.streams.WriteStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a response into lines and hands each on as it comes. It keeps the beginning of the text too,
 * for a response that turns out to be an error. Used on one event loop, and read when it has ended.
 */
final class ResponseLines implements WriteStream<Buffer> {

  private static final int MOST_KEPT = 64 << 10;

  private final RecordParser lines = RecordParser.newDelimited("\n");
  private final Buffer kept = Buffer.buffer();
  private @Nullable RuntimeException thrown;

  ResponseLines(Consumer<String> line) {
    lines.handler(
        next -> {
          if (thrown == null) {
            line.accept(next.toString());
          }
        });
  }

  /** The beginning of the text. */
  String text() {
    return kept.toString();
  }

  /** Throws what the reader of the lines threw, if anything. */
  void rethrow() {
    if (thrown != null) {
      throw thrown;
    }
  }

  @Override
  public Future<Void> write(Buffer data) {
    if (kept.length() < MOST_KEPT) {
      kept.appendBuffer(data);
    }
    try {
      lines.handle(data);
    } catch (RuntimeException refused) {
      thrown = refused;
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> end() {
    return Future.succeededFuture();
  }

  @Override
  public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }

  @Override
  public WriteStream<Buffer> setWriteQueueMaxSize(int most) {
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public WriteStream<Buffer> drainHandler(@Nullable Handler<@Nullable Void> handler) {
    return this;
  }
}
