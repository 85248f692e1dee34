package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.chat.Seals;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonText;
import dev.infermux.json.Span;
import dev.infermux.json.Splice;
import org.jspecify.annotations.Nullable;

/** Finds thoughts that carry a signature or are encrypted, in a body that has been scanned. */
final class SealedThoughts {

  private final byte[] body;
  private final JsonCursor json;
  private final boolean foreignOnly;
  private final Splice edits;
  private boolean edited;

  private SealedThoughts(byte[] body, boolean foreignOnly) {
    this.body = body;
    this.json = new JsonCursor(body);
    this.foreignOnly = foreignOnly;
    this.edits = new Splice(body);
  }

  /**
   * The edits that leave such thoughts out, and a turn that is nothing else; null when there are
   * none.
   *
   * @param foreignOnly whether those stay that Anthropic has signed
   */
  static @Nullable Splice leftOut(byte[] body, boolean foreignOnly) {
    SealedThoughts thoughts = new SealedThoughts(body, foreignOnly);
    thoughts.document();
    return thoughts.edited ? thoughts.edits : null;
  }

  private void document() {
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MessageFields.MESSAGES)) {
        messages();
      } else {
        json.skip();
      }
    }
  }

  private void messages() {
    Elements turns = new Elements();
    json.enterArray();
    while (json.nextElement()) {
      int from = json.position();
      Elements blocks = blocks();
      Span place = new Span(from, json.position());
      boolean goes = blocks != null && !blocks.keepsAll() && blocks.keepsNone();
      turns.add(place, !goes);
      if (blocks != null && !blocks.keepsAll() && !goes) {
        blocks.leaveOut(edits);
        edited = true;
      }
    }
    if (!turns.keepsAll() && !turns.keepsNone()) {
      turns.leaveOut(edits);
      edited = true;
    }
  }

  private @Nullable Elements blocks() {
    Elements blocks = null;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MessageFields.CONTENT) && json.kind() == JsonKind.ARRAY) {
        blocks = new Elements();
        json.enterArray();
        while (json.nextElement()) {
          int from = json.position();
          json.skip();
          Span place = new Span(from, json.position());
          blocks.add(place, !leaves(place));
        }
      } else {
        json.skip();
      }
    }
    return blocks;
  }

  private boolean leaves(Span place) {
    JsonCursor block = new JsonCursor(body, place.from(), place.to());
    block.enterObject();
    boolean thought = false;
    JsonText seal = JsonText.EMPTY;
    while (block.nextField()) {
      boolean string = block.kind() == JsonKind.STRING;
      if (string && block.nameIs(MessageFields.TYPE)) {
        String type = block.string();
        thought = type.equals("thinking") || type.equals("redacted_thinking");
      } else if (string
          && (block.nameIs(MessageFields.SIGNATURE) || block.nameIs(MessageFields.DATA))) {
        seal = block.text();
      } else {
        block.skip();
      }
    }
    return thought && (foreignOnly ? Seals.isMarked(seal) : !seal.isEmpty());
  }
}
