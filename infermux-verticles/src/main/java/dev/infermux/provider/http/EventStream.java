package dev.infermux.provider.http;

import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.SseSplitter;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.QueuedStream;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider's event stream on its way to the caller.
 *
 * <p>The socket is read until the first event has come, and then while the caller has demand;
 * otherwise it is paused, and the silence of a provider that nobody listens to is not held against
 * it. A failure before the stream is handed out fails the attempt instead.
 */
final class EventStream extends QueuedStream {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  /** What a provider may send before its first content without the caller seeing it. */
  private static final int MOST_HELD_BYTES = 64 << 10;

  private final UpstreamRequest upstreamRequest;
  private final Upstream upstream;
  private final HttpClientResponse source;
  private final EventReader reader;
  private final FrameWriter writer = new FrameWriter();
  private final SseSplitter splitter = new SseSplitter(this::read);
  private final Deadlines.Watch idle;
  private Deadlines.@Nullable Watch linger;

  /** The connection still brings bytes, wanted or not. */
  private boolean connected = true;

  /** The stream is neither whole nor failed yet. */
  private boolean open = true;

  private boolean handedOut;
  private boolean flowing = true;
  private @Nullable Failure failure;

  EventStream(UpstreamRequest upstreamRequest, HttpClientResponse source, EventReader reader) {
    this.upstreamRequest = upstreamRequest;
    this.upstream = upstreamRequest.upstream();
    this.source = source;
    this.reader = reader;
    this.idle = upstream.idle.watch(this::silent);
    source.handler(this::chunk).exceptionHandler(this::broken).endHandler(end -> ended());
  }

  private void chunk(Buffer chunk) {
    if (!open) {
      return;
    }
    idle.touch();
    try {
      if (!split(chunk)) {
        close(upstream.failures().malformed(200, "an event of more than 16 MiB"));
      }
      advance();
    } catch (RuntimeException bug) {
      LOG.error("provider {}: a bug in reading its stream", upstream.failures().provider(), bug);
      close(
          new Failure.Internal(
              upstream.failures().named("failed inside the gateway; see its log")));
      advance();
    }
  }

  private boolean split(Buffer chunk) {
    ByteBuf bytes = ((BufferInternal) chunk).getByteBuf();
    if (!bytes.hasArray()) {
      return splitter.feed(chunk.getBytes(), 0, chunk.length());
    }
    int from = bytes.arrayOffset() + bytes.readerIndex();
    return splitter.feed(bytes.array(), from, from + bytes.readableBytes());
  }

  private void read(Frame event) {
    if (!reader.over()) {
      reader.event(event, writer);
    }
  }

  /** Hands on what the last bytes brought; sees whether the stream has begun or is over. */
  private void advance() {
    if (open && reader.over()) {
      close(reader.failure());
    }
    if (!handedOut && !begun()) {
      return;
    }
    offer(writer.take());
    if (!open) {
      seal();
    }
  }

  private boolean begun() {
    Failure early = failure;
    if (early != null) {
      upstreamRequest.fail(early);
      return false;
    }
    // Until the first content another attempt may still be made, unless too much is held by then.
    if (open && !reader.spoke() && writer.size() < MOST_HELD_BYTES) {
      return false;
    }
    handedOut = true;
    upstreamRequest.started(this, reader.model());
    return true;
  }

  /** The stream is whole or has failed; nothing more is read from it. */
  private void close(@Nullable Failure why) {
    if (!open) {
      return;
    }
    open = false;
    failure = why;
    idle.stop();
    if (why != null) {
      upstreamRequest.reset();
    } else if (connected) {
      linger = upstream.linger.watch(upstreamRequest::reset);
      source.resume();
    }
  }

  private void ended() {
    disconnected();
    upstreamRequest.finished();
    finish("closed its connection", null);
  }

  private void broken(Throwable cause) {
    boolean first = connected;
    disconnected();
    if (open && first) {
      // Chunks that came before the break may still be queued behind a pause.
      source.resume();
      upstream.loop().afterwards(() -> finish("broke its connection", cause));
    }
  }

  private void silent() {
    if (!handedOut) {
      upstreamRequest.fail(upstream.failures().silent("event", upstream.idle.limit()));
      return;
    }
    disconnected();
    upstreamRequest.reset();
    finish("sent nothing for " + ProviderFailures.text(upstream.idle.limit()), null);
  }

  private void disconnected() {
    connected = false;
    if (linger != null) {
      linger.stop();
    }
  }

  private void finish(String how, @Nullable Throwable cause) {
    if (!open) {
      return;
    }
    splitter.end();
    if (!reader.over()) {
      reader.end(how, writer);
    }
    if (!reader.started() && cause != null) {
      close(upstream.failures().broken(cause));
    }
    advance();
  }

  @Override
  protected void flow() {
    if (!open || !connected || !handedOut || flowing == wanted()) {
      return;
    }
    flowing = wanted();
    if (flowing) {
      idle.touch();
      source.resume();
    } else {
      idle.stop();
      source.pause();
    }
  }

  @Override
  protected End ending() {
    upstreamRequest.letGo();
    return reader.summary(failure);
  }

  /** The attempt failed before the stream was handed out. */
  void abandon() {
    open = false;
    idle.stop();
  }

  @Override
  public void cancel() {
    upstream.loop().run(this::cancelNow);
  }

  private void cancelNow() {
    Failure cancelled = upstream.failures().cancelled();
    if (!handedOut) {
      upstreamRequest.fail(cancelled);
      return;
    }
    idle.stop();
    if (open) {
      open = false;
      upstreamRequest.reset();
    }
    upstreamRequest.letGo();
    drop(reader.summary(cancelled));
  }
}
