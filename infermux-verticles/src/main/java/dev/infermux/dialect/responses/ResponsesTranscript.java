package dev.infermux.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.dialect.CheckedTranscript;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A transcript of a response's events. Later parts are written on in the message that was open when
 * the stream was cut, and what repeats the answer at its end repeats all of it. What a later
 * provider thinks before it goes on is left out.
 */
final class ResponsesTranscript extends CheckedTranscript {

  private static final String DATA = "data: ";
  private static final String END = "\n\n";
  private static final String DELTA = "delta";

  private final ContinuedResponse response = new ContinuedResponse();

  ResponsesTranscript() {
    super(END);
  }

  @Override
  protected void resumes() {
    response.resume();
  }

  @Override
  protected void note(ObjectNode event) {
    response.number(event);
    switch (event.path("type").asText()) {
      case "response.created" -> response.begins(event);
      case "response.output_item.added" -> otherwise(!response.adds(event));
      case "response.content_part.added" ->
          otherwise(!event.path("part").path("type").asText().equals("output_text"));
      case "response.output_text.delta" -> say(event.path(DELTA).asText());
      // What is closed cannot be written on.
      case "response.output_text.done" -> saidOtherwise();
      case "response.output_item.done" -> response.keep(event);
      default -> {}
    }
  }

  private void otherwise(boolean said) {
    if (said) {
      saidOtherwise();
    }
  }

  private void say(String text) {
    said(text);
    response.say(text);
  }

  @Override
  protected void fit(ObjectNode event, Buffer fitted) {
    if (refused()) {
      return;
    }
    String type = event.path("type").asText();
    switch (type) {
      case "response.created", "response.queued", "response.in_progress" -> {}
      case "response.completed", "response.incomplete" -> {
        close(null, fitted);
        if (!refused()) {
          write(response.ended(event), fitted);
        }
      }
      case "response.output_item.added" -> added(event, fitted);
      case "response.output_item.done" -> done(event, fitted);
      case "response.output_text.delta" -> text(event, fitted);
      default -> {
        if (!response.isMessages(event) && !response.skips(event)) {
          relay(event, fitted);
        }
      }
    }
  }

  private void added(ObjectNode event, Buffer fitted) {
    if (response.joins(event)) {
      return;
    }
    saidOtherwise();
    close(null, fitted);
    if (!refused()) {
      response.place(event);
      relay(event, fitted);
    }
  }

  private void text(ObjectNode event, Buffer fitted) {
    if (response.isMessages(event)) {
      String shown = check().pass(event.path(DELTA).asText());
      if (!shown.isEmpty()) {
        say(shown);
        relay(event.put(DELTA, shown), fitted);
      }
    } else {
      relay(event, fitted);
    }
  }

  private void done(ObjectNode event, Buffer fitted) {
    if (response.isMessages(event)) {
      close(event, fitted);
    } else if (!response.skips(event)) {
      relay(event, fitted);
      response.keep(event);
    }
  }

  /**
   * Ends the message that is open, if one is.
   *
   * @param last the later provider's event that ends it; null = it has none
   */
  private void close(@Nullable ObjectNode last, Buffer fitted) {
    if (!response.isOpen()) {
      return;
    }
    String held = check().end();
    if (refused()) {
      return;
    }
    if (!held.isEmpty()) {
      say(held);
      write(response.piece(held), fitted);
    }
    saidOtherwise();
    response.close(last).forEach(event -> write(event, fitted));
  }

  private void relay(ObjectNode event, Buffer out) {
    response.moved(event);
    write(event, out);
  }

  private void write(ObjectNode event, Buffer out) {
    response.numbered(event);
    out.appendString("event: " + event.path("type").asText() + "\n" + DATA + event + END);
  }

  @Override
  protected @Nullable ObjectNode data(String event) {
    int at = event.startsWith(DATA) ? 0 : event.indexOf("\n" + DATA) + 1;
    return event.startsWith(DATA + "{", at) ? object(event.substring(at + DATA.length())) : null;
  }
}
