package dev.infermux.mist.transport;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeWriter;
import dev.infermux.mist.MistErrorCode;
import dev.infermux.mist.MistException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes envelopes as JSON lines, in the order of the calls.
 *
 * <p>Threads: {@link #send} only queues, so it never blocks. One daemon thread per sender makes the
 * JSON, writes each line whole, and completes the stages; it ends when idle. The queue is bounded.
 */
public final class LineSender implements MistSender {

  /** Envelopes that may wait for the writer thread when nothing else is said. */
  public static final int DEFAULT_QUEUE = 4096;

  private static final long IDLE_SECONDS = 5;

  private final String name;
  private final LineTarget target;
  private final int capacity;
  private final Semaphore room;
  private final ThreadPoolExecutor writer;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  private LineSender(String name, LineTarget target, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: " + capacity + " (expected: >= 1)");
    }
    this.name = name;
    this.target = target;
    this.capacity = capacity;
    this.room = new Semaphore(capacity);
    this.writer =
        new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), LineSender::thread);
    writer.allowCoreThreadTimeOut(true);
  }

  /** Appends to a file, created with its directories at the first envelope. */
  public static LineSender toFile(Path path) {
    return toFile(path, DEFAULT_QUEUE);
  }

  public static LineSender toFile(Path path, int capacity) {
    return new LineSender("file " + path, new FileTarget(path), capacity);
  }

  /** Writes to a stream, such as that of the process; it is flushed at each line, never closed. */
  public static LineSender toStream(OutputStream stream) {
    return toStream(stream, DEFAULT_QUEUE);
  }

  public static LineSender toStream(OutputStream stream, int capacity) {
    return new LineSender("stream", new StreamTarget(stream), capacity);
  }

  /** Completes when the operating system, or the stream, has the whole line. */
  @Override
  public CompletionStage<Void> send(Envelope envelope) {
    if (!room.tryAcquire()) {
      return refused("full", "at most " + capacity + " envelopes waiting");
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    try {
      writer.execute(() -> write(envelope, sent));
    } catch (RejectedExecutionException e) {
      room.release();
      return refused("closed", "an open sender");
    }
    return sent.minimalCompletionStage();
  }

  @Override
  public CompletionStage<Void> close() {
    if (closing.compareAndSet(false, true)) {
      writer.execute(this::letGo);
      writer.shutdown();
    }
    return closed.minimalCompletionStage();
  }

  private CompletionStage<Void> refused(String found, String expected) {
    String message = name + ": " + found + " (expected: " + expected + ")";
    return CompletableFuture.failedStage(new MistException(MistErrorCode.UNAVAILABLE, message));
  }

  private void write(Envelope envelope, CompletableFuture<Void> sent) {
    room.release();
    try {
      target.write(EnvelopeWriter.writeLine(envelope));
      sent.complete(null);
    } catch (MistException e) {
      sent.completeExceptionally(e);
    } catch (IOException | RuntimeException e) {
      sent.completeExceptionally(failure(e));
    }
  }

  private void letGo() {
    try {
      target.close();
      closed.complete(null);
    } catch (IOException e) {
      closed.completeExceptionally(failure(e));
    }
  }

  private MistException failure(Exception e) {
    MistErrorCode code =
        e instanceof IOException ? MistErrorCode.TRANSPORT : MistErrorCode.INTERNAL;
    return new MistException(code, name + ": " + e, e);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "mist-lines");
    thread.setDaemon(true);
    return thread;
  }
}
