package dev.infermux.testing;

import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads a stream as a test says and keeps all of it. Safe to ask from any thread. */
public final class StreamProbe {

  private final AnswerStream stream;
  private final Context loop;
  private final List<Buffer> buffers = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private volatile @Nullable Failure failure;
  private volatile boolean ended;

  /** Attaches to a stream, which stays paused; must run on the stream's event loop. */
  public StreamProbe(AnswerStream stream, Context loop) {
    this.stream = stream;
    this.loop = loop;
    stream
        .endHandler(
            end -> {
              ended = true;
              over.complete(null);
            })
        .exceptionHandler(
            cause -> {
              failure = InferenceException.failureOf(cause);
              over.complete(null);
            })
        .handler(buffers::add);
  }

  public StreamProbe resume() {
    loop.runOnContext(here -> stream.resume());
    return this;
  }

  public StreamProbe pause() {
    loop.runOnContext(here -> stream.pause());
    return this;
  }

  public StreamProbe fetch(long amount) {
    loop.runOnContext(here -> stream.fetch(amount));
    return this;
  }

  public void cancel() {
    stream.cancel();
  }

  /** Resumes, waits for the end or failure and returns what the stream turned out to be. */
  public End toEnd() {
    return resume().awaited().summary();
  }

  /** Waits for the end or failure. */
  public StreamProbe awaited() {
    try {
      over.get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the stream neither ended nor failed; it sent:\n" + text(), e);
    }
    return this;
  }

  public End summary() {
    return stream.end().await();
  }

  public boolean hasSummary() {
    return stream.end().isComplete();
  }

  public boolean ended() {
    return ended;
  }

  public @Nullable Failure failure() {
    return failure;
  }

  public List<Buffer> buffers() {
    return buffers;
  }

  public long bytes() {
    return buffers.stream().mapToLong(Buffer::length).sum();
  }

  /** All that came, as one text. */
  public String text() {
    Buffer all = Buffer.buffer();
    buffers.forEach(all::appendBuffer);
    return all.toString(StandardCharsets.UTF_8);
  }

  /** The text that the chunks make together. */
  public String content() {
    StringBuilder content = new StringBuilder();
    for (String event : events()) {
      if (event.startsWith("{")) {
        for (Object choice : new JsonObject(event).getJsonArray("choices")) {
          JsonObject delta = ((JsonObject) choice).getJsonObject("delta", (JsonObject) choice);
          content.append(delta.getString("content", delta.getString("text", "")));
        }
      }
    }
    return content.toString();
  }

  /** The payload of every event; fails on anything that is not one {@code data} line. */
  public List<String> events() {
    List<String> events = new ArrayList<>();
    String text = text();
    for (String event : text.isEmpty() ? new String[0] : text.split("\n\n")) {
      if (!event.startsWith("data: ") || event.contains("\n") || event.contains("\r")) {
        throw new AssertionError("not a single data line: " + event);
      }
      events.add(event.substring(6));
    }
    return events;
  }
}
