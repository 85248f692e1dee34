package dev.infermux.dialect.responses;

import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;

/** One item of a response that is being written. */
abstract sealed class OutputItem permits CallItem, MessageItem, ThoughtItem {

  protected final ResponsesEventLog log;
  private final int index;
  private final String id;

  OutputItem(ResponsesEventLog log, int index, String id) {
    this.log = log;
    this.index = index;
    this.id = id;
  }

  final int index() {
    return index;
  }

  final String id() {
    return id;
  }

  /** Writes that it begins. */
  final void open() {
    log.item("response.output_item.added", this, false);
  }

  /** Writes that it ends; nothing is added to it afterwards. */
  final void close() {
    finish();
    log.item("response.output_item.done", this, true);
  }

  /** Ends what is open in it. */
  protected abstract void finish();

  /** Writes the item. */
  abstract void write(JsonOutput json, boolean done);

  /** A text that grows; read once, when it is complete. */
  static final class Growing {
    private final JsonOutput pieces = new JsonOutput(256).openString();
    private boolean empty = true;

    void add(JsonText piece) {
      pieces.piece(piece);
      empty &= piece.isEmpty();
    }

    boolean isEmpty() {
      return empty;
    }

    /** The text with its quotes. */
    JsonSlice complete() {
      return pieces.closeString().slice();
    }
  }
}
