package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.FrameWriter;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonText;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a stream: the first is being written, and what comes for others meanwhile, such as
 * the arguments of a second call, waits until it is closed.
 */
final class BlockQueue {

  private static final int NO_CALL = -1;

  private final Deque<Block> open = new ArrayDeque<>();
  private int index;

  void text(JsonText text, FrameWriter out) {
    last("text", out).add(text, out);
  }

  void thinking(JsonText text, FrameWriter out) {
    if (!text.isEmpty()) {
      last("thinking", out).add(text, out);
    }
  }

  /** Seals the thought that came last; one that was not shown is nothing but its seal. */
  void sealed(JsonText seal, FrameWriter out) {
    JsonText redacted = MessageSpelling.redacted(seal);
    if (redacted != null) {
      endTexts(out);
      Block block = new Block("redacted_thinking", NO_CALL, redacted.decoded(), "");
      block.ended = true;
      push(block, out);
    } else {
      Block block = last("thinking", out);
      block.seal = MessageSpelling.signature(seal).decoded();
      block.ended = true;
    }
    advance(out);
  }

  void call(int call, String id, String name, FrameWriter out) {
    endTexts(out);
    push(new Block("tool_use", call, id, name), out);
  }

  void arguments(int call, JsonText piece, FrameWriter out) {
    Block block = find(call);
    if (block != null && !piece.isEmpty()) {
      block.add(piece, out);
    }
  }

  void callEnds(int call, FrameWriter out) {
    Block block = find(call);
    if (block != null) {
      block.ended = true;
      advance(out);
    }
  }

  /** Writes what waits, and closes all. */
  void close(FrameWriter out) {
    open.forEach(block -> block.ended = true);
    advance(out);
  }

  private @Nullable Block find(int call) {
    for (Block block : open) {
      if (block.call == call) {
        return block;
      }
    }
    return null;
  }

  /** The block that such a piece belongs to: the last one, or a new one behind it. */
  private Block last(String type, FrameWriter out) {
    Block last = open.peekLast();
    if (last != null && last.type.equals(type) && !last.ended) {
      return last;
    }
    endTexts(out);
    Block block = new Block(type, NO_CALL, "", "");
    push(block, out);
    return block;
  }

  /** A text or a thought ends where something else begins. */
  private void endTexts(FrameWriter out) {
    Block last = open.peekLast();
    if (last != null && last.call == NO_CALL) {
      last.ended = true;
      advance(out);
    }
  }

  private void push(Block block, FrameWriter out) {
    open.addLast(block);
    if (open.size() == 1) {
      block.start(out);
    }
  }

  private void advance(FrameWriter out) {
    Block first = open.peekFirst();
    while (first != null && first.ended) {
      first.stop(out);
      open.removeFirst();
      index++;
      first = open.peekFirst();
      if (first != null) {
        first.start(out);
      }
    }
  }

  /** One block, written or waiting. */
  private final class Block {
    private final String type;
    private final int call;
    private final String id;
    private final String name;
    private @Nullable JsonOutput waiting = new JsonOutput().openString();
    private @Nullable String seal;
    private boolean ended;

    Block(String type, int call, String id, String name) {
      this.type = type;
      this.call = call;
      this.id = id;
      this.name = name;
    }

    void start(FrameWriter out) {
      JsonOutput json = event("content_block_start");
      json.name("content_block").object().field("type", type);
      switch (type) {
        case "tool_use" -> {
          json.field("id", id).field("name", name).name("input").object().endObject();
        }
        case "thinking" -> json.field("thinking", "").field("signature", "");
        case "redacted_thinking" -> json.field("data", id);
        default -> json.field("text", "");
      }
      out.write("content_block_start", json.endObject().endObject().toBytes());
      JsonOutput held = waiting;
      waiting = null;
      if (held != null && held.size() > 1) {
        delta(held.closeString().slice().text(), out);
      }
    }

    void add(JsonText piece, FrameWriter out) {
      JsonOutput held = waiting;
      if (held != null) {
        held.piece(piece);
      } else {
        delta(piece, out);
      }
    }

    private void delta(JsonText piece, FrameWriter out) {
      switch (type) {
        case "tool_use" -> delta("input_json_delta", "partial_json", piece, out);
        case "thinking" -> delta("thinking_delta", "thinking", piece, out);
        default -> delta("text_delta", "text", piece, out);
      }
    }

    private void delta(String kind, String field, JsonText piece, FrameWriter out) {
      JsonOutput json = event("content_block_delta");
      json.name("delta").object().field("type", kind).field(field, piece).endObject();
      out.write("content_block_delta", json.endObject().toBytes());
    }

    void stop(FrameWriter out) {
      if (type.equals("thinking")) {
        JsonText signature = seal == null ? MessageSpelling.UNSIGNED : JsonText.of(seal);
        delta("signature_delta", "signature", signature, out);
      }
      out.write("content_block_stop", event("content_block_stop").endObject().toBytes());
    }

    private JsonOutput event(String event) {
      return new JsonOutput(160).object().field("type", event).field("index", index);
    }
  }
}
