package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.inference.StreamTranscript;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A transcript of events that carry JSON, whose later parts are checked against the text. */
public abstract class CheckedTranscript implements StreamTranscript {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final String end;
  private final StringBuilder text = new StringBuilder();
  private boolean plain = true;
  private ContinuationCheck check = new ContinuationCheck("", false);

  /**
   * Begins one.
   *
   * @param end of an event
   */
  protected CheckedTranscript(String end) {
    this.end = end;
  }

  /** The JSON of an event; null when it has none. */
  protected abstract @Nullable ObjectNode data(String event);

  /** Notes what an event says that the caller reads. */
  protected abstract void note(ObjectNode data);

  /** Writes what a later provider's event adds to the stream. */
  protected abstract void fit(ObjectNode data, Buffer fitted);

  @Override
  public final String text() {
    return plain ? text.toString() : "";
  }

  @Override
  public final void read(Buffer events) {
    for (String event : events(events)) {
      ObjectNode data = data(event);
      if (data != null) {
        note(data);
      }
    }
  }

  @Override
  public final void resume(boolean restarted) {
    check = new ContinuationCheck(text.toString(), restarted);
    resumes();
  }

  /** A later provider's events come next. */
  protected void resumes() {}

  @Override
  public final boolean refused() {
    return check.refused();
  }

  @Override
  public final Buffer fit(Buffer events) {
    Buffer fitted = Buffer.buffer(events.length());
    for (String event : events(events)) {
      ObjectNode data = data(event);
      if (data != null) {
        fit(data, fitted);
      } else if (!event.isEmpty()) {
        fitted.appendString(event + end);
      }
    }
    return fitted;
  }

  private String[] events(Buffer events) {
    return events.toString(UTF_8).split(end, -1);
  }

  protected final ContinuationCheck check() {
    return check;
  }

  /** The caller reads this. */
  protected final void said(String added) {
    text.append(added);
  }

  /** The caller reads something that is no text, so that no text is all of it. */
  protected final void saidOtherwise() {
    plain = false;
  }

  protected static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }

  /** What a relayed event carries; null when it is no object. */
  protected static @Nullable ObjectNode object(String json) {
    try {
      return MAPPER.readTree(json) instanceof ObjectNode object ? object : null;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a relayed event is sound JSON", e);
    }
  }
}
