package dev.infermux.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** A few edits of a body, whose other bytes stay as they are, and where they move what follows. */
public final class Splice {

  private static final class Edit {
    private final Span place;
    private final byte[] text;

    Edit(Span place, byte[] text) {
      this.place = place;
      this.text = text;
    }

    int from() {
      return place.from();
    }

    int to() {
      return place.to();
    }

    int growth() {
      return text.length - (to() - from());
    }
  }

  private final byte[] body;

  /** In the order of their places. */
  private final List<Edit> edits = new ArrayList<>(3);

  public Splice(byte[] body) {
    this.body = body;
  }

  public Splice replace(Span value, String text) {
    int place = edits.size();
    while (place > 0 && edits.get(place - 1).from() > value.from()) {
      place--;
    }
    edits.add(place, new Edit(value, text.getBytes(UTF_8)));
    return this;
  }

  /** Puts a text before the byte at {@code at}, and after what was put there before. */
  public Splice insert(int at, String text) {
    return replace(new Span(at, at), text);
  }

  /** The copy without copying: parts of the body, and texts in the place of others. */
  public List<JsonSlice> parts() {
    List<JsonSlice> parts = new ArrayList<>(2 * edits.size() + 1);
    int read = 0;
    for (Edit edit : edits) {
      parts.add(new JsonSlice(body, read, edit.from()));
      parts.add(new JsonSlice(edit.text, 0, edit.text.length));
      read = edit.to();
    }
    parts.add(new JsonSlice(body, read, body.length));
    return parts;
  }

  public int length() {
    return body.length + growthBefore(body.length);
  }

  public byte[] bytes() {
    byte[] copy = new byte[length()];
    int read = 0;
    int written = 0;
    for (Edit edit : edits) {
      int kept = edit.from() - read;
      System.arraycopy(body, read, copy, written, kept);
      System.arraycopy(edit.text, 0, copy, written + kept, edit.text.length);
      read = edit.to();
      written += kept + edit.text.length;
    }
    System.arraycopy(body, read, copy, written, body.length - read);
    return copy;
  }

  /** Where a value of the body stands in the copy; of one that was replaced, its replacement. */
  public Span moved(Span value) {
    return value.isAbsent() ? value : new Span(moved(value.from()), moved(value.to()));
  }

  public int moved(int position) {
    return position + growthBefore(position);
  }

  private int growthBefore(int position) {
    int growth = 0;
    for (Edit edit : edits) {
      growth += edit.to() <= position ? edit.growth() : 0;
    }
    return growth;
  }
}
