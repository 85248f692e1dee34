package dev.infermux;

import dev.infermux.api.ChatChunk;
import dev.infermux.api.ChatStream;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A stream's chunks for one thread that waits for each; the next is fetched when it is wanted. */
final class BlockingChunks implements Iterator<ChatChunk> {

  /** What comes of one fetch. */
  private record Step(@Nullable ChatChunk chunk, @Nullable Throwable failure) {}

  private final ChatStream source;
  private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
  private @Nullable ChatChunk next;
  private boolean over;

  BlockingChunks(ChatStream source) {
    this.source = source;
    source.exceptionHandler(cause -> steps.add(new Step(null, cause)));
    source.endHandler(ended -> steps.add(new Step(null, null)));
    source.handler(chunk -> steps.add(new Step(chunk, null)));
  }

  Stream<ChatChunk> stream() {
    int traits = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, traits), false)
        .onClose(source::cancel);
  }

  @Override
  public boolean hasNext() {
    if (next == null && !over) {
      WaitingThread.check();
      take();
    }
    return next != null;
  }

  private void take() {
    source.fetch(1);
    try {
      Step step = steps.take();
      next = step.chunk();
      over = next == null;
      if (step.failure() != null) {
        throw new InferenceException(InferenceException.failureOf(step.failure()));
      }
    } catch (InterruptedException interrupted) {
      over = true;
      source.cancel();
      Thread.currentThread().interrupt();
      throw new InferenceException(new Failure.Cancelled("the calling thread was interrupted"));
    }
  }

  @Override
  public ChatChunk next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    ChatChunk taken = next;
    next = null;
    return taken;
  }
}
