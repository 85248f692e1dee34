package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Dialect;
import dev.infermux.json.JsonStrings;
import dev.infermux.json.Span;
import dev.infermux.json.Splice;
import org.jspecify.annotations.Nullable;

/**
 * A request whose scan has found where its model and its longest answer stand: edits replace just
 * those, or add them. Immutable; a dialect adds what its prompt looks like.
 */
public abstract class ScannedBody implements RequestBuffers.Edited {

  private final Dialect dialect;
  private final byte[] bytes;
  private final BodyFacts facts;
  private final Places places;

  /**
   * Where the fields stand that may have to change.
   *
   * @param inside the byte after the body's opening brace
   * @param model the value of {@code model}; absent where the body has none
   * @param maximum the value of the longest answer; absent where the body has none
   * @param newMaximum where to add it then
   */
  public record Places(int inside, Span model, Span maximum, Insertion newMaximum) {

    private Places after(Splice edits) {
      return new Places(
          inside,
          edits.moved(model),
          edits.moved(maximum),
          new Insertion(edits.moved(newMaximum.at()), newMaximum.before(), newMaximum.after()));
    }

    private Places withModel(Span added) {
      return new Places(inside, added, maximum, newMaximum);
    }

    private Places withMaximum(Span added) {
      return new Places(inside, model, added, newMaximum);
    }
  }

  /** Where a number is added, and what has to stand around it. */
  public record Insertion(int at, String before, String after) {

    /** As the first field of an object. */
    public static Insertion first(int inside, String name) {
      return new Insertion(inside, "\"" + name + "\":", ",");
    }
  }

  protected ScannedBody(Dialect dialect, byte[] bytes, BodyFacts facts, Places places) {
    this.dialect = dialect;
    this.bytes = bytes;
    this.facts = facts;
    this.places = places;
  }

  /** The same kind of body with other bytes. */
  protected abstract ScannedBody edited(byte[] bytes, BodyFacts facts, Places places);

  @Override
  public final Dialect dialect() {
    return dialect;
  }

  @Override
  public final byte[] bytes() {
    return bytes;
  }

  @Override
  public final BodyFacts facts() {
    return facts;
  }

  protected final Places places() {
    return places;
  }

  /** The edits and what they leave of the facts. */
  protected final ScannedBody edited(Splice edits, BodyFacts next) {
    return edited(edits.bytes(), next, places.after(edits));
  }

  @Override
  public ScannedBody withModel(String model) {
    if (model.equals(facts.model())) {
      return this;
    }
    Splice edits = new Splice(bytes);
    rename(edits, model);
    Places moved = places.after(edits);
    if (places.model().isAbsent()) {
      int from = places.inside() + "\"model\":".length();
      int length = JsonStrings.quoted(model).getBytes(UTF_8).length;
      moved = moved.withModel(new Span(from, from + length));
    }
    return edited(edits.bytes(), facts.withModel(model), moved);
  }

  private void rename(Splice edits, String model) {
    String value = JsonStrings.quoted(model);
    if (places.model().isAbsent()) {
      edits.insert(places.inside(), "\"model\":" + value + ",");
    } else {
      edits.replace(places.model(), value);
    }
  }

  @Override
  public ScannedBody withMaxTokens(long most) {
    long lowered = facts.maxTokens() < 0 ? most : Math.min(facts.maxTokens(), most);
    String value = Long.toString(lowered);
    Splice edits = new Splice(bytes);
    Span maximum = places.maximum();
    Insertion added = places.newMaximum();
    if (maximum.isAbsent()) {
      edits.insert(added.at(), added.before() + value + added.after());
    } else {
      edits.replace(maximum, value);
    }
    Places moved = places.after(edits);
    if (maximum.isAbsent()) {
      int from = added.at() + added.before().length();
      moved = moved.withMaximum(new Span(from, from + value.length()));
    }
    return edited(edits.bytes(), facts.withMaxTokens(lowered), moved);
  }

  @Override
  public @Nullable Splice editsFor(String model) {
    if (model.equals(facts.model())) {
      return null;
    }
    Splice edits = new Splice(bytes);
    rename(edits, model);
    return edits;
  }

  /** The caller's own array when the model is the one that it names. */
  @Override
  public byte[] bytesFor(String model) {
    Splice edits = editsFor(model);
    return edits == null ? bytes : edits.bytes();
  }
}
