package dev.infermux.dialect.anthropic;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonStrings;
import dev.infermux.json.Splice;

/** Where the last message of a scanned body can be written on. */
final class LastMessage {

  private final byte[] body;
  private final JsonCursor json;
  private int messagesEnd;
  private boolean assistant;

  /** Before the quote that closes the last text; -1 where the content does not end with one. */
  private int textEnd;

  /** Before the bracket that closes the blocks; -1 where the content is a text. */
  private int blocksEnd;

  private boolean noBlocks;

  private LastMessage(byte[] body) {
    this.body = body;
    this.json = new JsonCursor(body);
  }

  static LastMessage of(byte[] body) {
    LastMessage last = new LastMessage(body);
    last.document();
    return last;
  }

  /** Edits after which the answer begins with this text. */
  Splice continued(String text) {
    String quoted = JsonStrings.quoted(text);
    Splice edits = new Splice(body);
    if (!assistant) {
      return edits.insert(messagesEnd - 1, ",{\"role\":\"assistant\",\"content\":" + quoted + "}");
    } else if (textEnd >= 0) {
      return edits.insert(textEnd, quoted.substring(1, quoted.length() - 1));
    }
    String comma = noBlocks ? "" : ",";
    return edits.insert(blocksEnd, comma + "{\"type\":\"text\",\"text\":" + quoted + "}");
  }

  private void document() {
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MessageFields.MESSAGES)) {
        json.enterArray();
        while (json.nextElement()) {
          message();
        }
        messagesEnd = json.position();
      } else {
        json.skip();
      }
    }
  }

  private void message() {
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MessageFields.ROLE)) {
        assistant = json.string().equals("assistant");
      } else if (json.nameIs(MessageFields.CONTENT)) {
        content();
      } else {
        json.skip();
      }
    }
  }

  private void content() {
    textEnd = -1;
    blocksEnd = -1;
    if (json.kind() == JsonKind.STRING) {
      json.skip();
      textEnd = json.position() - 1;
      return;
    }
    noBlocks = true;
    json.enterArray();
    while (json.nextElement()) {
      noBlocks = false;
      textEnd = textEndOfBlock();
    }
    blocksEnd = json.position() - 1;
  }

  private int textEndOfBlock() {
    int end = -1;
    boolean text = false;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MessageFields.TEXT) && json.kind() == JsonKind.STRING) {
        json.skip();
        end = json.position() - 1;
      } else if (json.nameIs(MessageFields.TYPE) && json.kind() == JsonKind.STRING) {
        text = json.string().equals("text");
      } else {
        json.skip();
      }
    }
    return text ? end : -1;
  }
}
