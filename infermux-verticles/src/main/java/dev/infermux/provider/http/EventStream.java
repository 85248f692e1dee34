package dev.infermux.provider.http;

import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameSplitter;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.inference.AttemptProgress;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.QueuedStream;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider's event stream on its way to the caller.
 *
 * <p>The socket is read until the first event has come, and then while the caller has demand; else
 * it is paused, and the silence of a provider that nobody listens to is not held against it. A
 * failure before the stream is handed out fails the attempt.
 */
final class EventStream extends QueuedStream {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  /** What a provider may send before its first content without the caller seeing it. */
  private static final int MOST_HELD_BYTES = 64 << 10;

  private final Transport transport;
  private final UpstreamConnection connection;
  private final StreamBeginning beginning;
  private final StreamSource source;
  private final EventReader reader;
  private final AttemptProgress progress;
  private final FrameWriter writer;
  private final FrameSplitter splitter;
  private final StreamRoom room;
  private final StreamDeadlines deadlines;
  private boolean complete;

  /** The connection still brings bytes, wanted or not. */
  private boolean connected = true;

  /** The stream is neither whole nor failed yet. */
  private boolean open = true;

  private boolean handedOut;
  private boolean flowing = true;
  private boolean callerReads = true;
  private @Nullable Failure failure;
  private boolean bodyEnded;

  /** The caller left with the whole answer: its usage alone is waited for. */
  private boolean unread;

  EventStream(
      Transport transport,
      UpstreamConnection connection,
      StreamReading reading,
      StreamBeginning beginning) {
    this.transport = transport;
    this.connection = connection;
    this.beginning = beginning;
    this.source = reading.source();
    this.reader = reading.reader();
    this.progress = reading.progress();
    this.writer = reading.framing().writer();
    this.splitter = reading.framing().splitter(this::read);
    this.room = new StreamRoom(transport, reading.counted(), this::flow);
    this.deadlines = new StreamDeadlines(transport, this::silent);
  }

  /** Reads from now on. */
  void start() {
    source.read(this::chunk, this::broken, this::ended);
  }

  private void chunk(Buffer chunk) {
    if (!open) {
      return;
    }
    if (handedOut && !complete) {
      deadlines.awaitMore();
    }
    deadlines.heard();
    try {
      if (!splitter.feed(chunk)) {
        close(transport.failures().malformed(200, "an event of more than 16 MiB"));
      }
      advance();
      flow();
    } catch (Throwable bug) {
      failed(bug);
    }
  }

  private void failed(Throwable bug) {
    close(transport.failures().internal());
    LOG.error("provider {}: a bug in reading its stream", transport.failures().provider(), bug);
    advance();
  }

  private void read(Frame frame) {
    if (!reader.over()) {
      reader.event(frame, writer);
    }
  }

  /** Hands on what the last bytes brought; sees whether the stream has begun or is over. */
  private void advance() {
    if (open && reader.over()) {
      close(reader.failure());
    } else if (open && !complete && reader.complete()) {
      complete = true;
      deadlines.awaitEnd(this::unclosed);
    }
    if (!handedOut && !begun()) {
      return;
    }
    Buffer events = writer.take();
    if (unread) {
      if (!open) {
        drop(reader.summary(failure));
      }
      return;
    }
    if (events == null && open && !complete) {
      progress.alive();
    }
    offer(events);
    if (!open) {
      seal();
    }
  }

  private boolean begun() {
    Failure early = failure;
    if (early != null) {
      beginning.failed(early);
      return false;
    }
    // Until the first content another attempt may still be made, unless too much is held by then.
    if (open && !reader.spoke() && writer.size() < MOST_HELD_BYTES) {
      progress.alive();
      return false;
    }
    handedOut = true;
    if (open && !complete) {
      deadlines.awaitMore();
    }
    beginning.begun(this, reader.model());
    return true;
  }

  /** The stream is whole or has failed; nothing more is read from it. */
  private void close(@Nullable Failure why) {
    if (!open) {
      return;
    }
    open = false;
    failure = why;
    deadlines.stop();
    if (why != null) {
      connection.reset();
    } else if (connected) {
      deadlines.linger(connection::reset);
      source.resume();
    }
  }

  private void ended() {
    disconnected();
    connection.finished();
    bodyEnded = true;
    finish("closed its connection", null);
  }

  private void broken(Throwable cause) {
    boolean first = connected;
    disconnected();
    if (open && first) {
      // Chunks that came before the break may still be queued behind a pause.
      source.resume();
      transport.loop().afterwards(() -> finish("broke its connection", cause));
    }
  }

  private void silent() {
    hangUp();
    if (room.crowded()) {
      close(room.shortage(transport.idle().limit()));
      advance();
    }
    finish(transport.failures().nothingFor(transport.idle().limit()), null);
  }

  private void unclosed() {
    hangUp();
    finish("did not say that it was over", null);
  }

  private void hangUp() {
    disconnected();
    connection.reset();
  }

  private void disconnected() {
    connected = false;
    deadlines.disconnected();
  }

  private void finish(String how, @Nullable Throwable cause) {
    if (open) {
      try {
        end(how, cause);
      } catch (Throwable bug) {
        failed(bug);
      }
    }
  }

  private void end(String how, @Nullable Throwable cause) {
    splitter.end();
    Duration silence = deadlines.silence();
    boolean early = !reader.over() && !reader.spoke();
    if (early && silence.compareTo(TransportFailures.LONG_SILENCE) > 0) {
      close(transport.failures().silentUntilItLeft(silence));
    }
    if (!reader.over()) {
      reader.end(how, bodyEnded, writer);
    }
    if (!reader.started() && cause != null) {
      close(TransportFailures.broken(transport, cause, 0));
    }
    advance();
  }

  @Override
  protected void flow() {
    room.holds(pendingBytes() + splitter.held() + writer.size());
    boolean reads = !handedOut || wanted();
    boolean wanted = reads && !room.crowded();
    if (!open || !connected || unread || (flowing == wanted && callerReads == reads)) {
      return;
    }
    callerReads = reads;
    if (handedOut && reads) {
      deadlines.awaitMore();
    } else {
      deadlines.stop();
    }
    if (flowing != wanted) {
      flowing = wanted;
      source.flow(wanted);
    }
  }

  @Override
  protected End ending() {
    connection.letGo();
    room.over();
    return reader.summary(failure);
  }

  /** The attempt failed before the stream was handed out. */
  void abandon(FailedCharge charge, Failure why) {
    open = false;
    deadlines.stop();
    room.over();
    charge.tell(why, reader.summary(why), reader.started());
  }

  @Override
  public void cancel() {
    transport.loop().run(this::cancelNow);
  }

  private void cancelNow() {
    Failure cancelled = transport.failures().cancelled();
    if (!handedOut) {
      beginning.failed(cancelled);
      return;
    }
    connection.letGo();
    room.over();
    if (open && connected && complete) {
      unread = true;
      discard();
      deadlines.awaitMore();
      source.resume();
      return;
    }
    close(cancelled);
    discard();
    // Where thousands of callers leave at once, connections end before calls are accounted for.
    transport.loop().paced(() -> drop(reader.summary(cancelled)));
  }
}
