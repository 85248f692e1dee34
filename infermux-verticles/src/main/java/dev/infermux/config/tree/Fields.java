package dev.infermux.config.tree;

import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A mapping whose keys are known. */
public final class Fields {
  private final Node node;
  private final Shape.Block block;
  private final Map<String, Node> entries;
  private final boolean usable;

  Fields(Node node, Shape.Block block) {
    this.node = node;
    this.block = block;
    this.usable = node.absent() || node.isMapping();
    this.entries = node.entries();
    List<String> known = block.names();
    entries.keySet().stream()
        .filter(key -> !known.contains(key))
        .forEach(key -> node.report().unknown(node.path(), key, known));
  }

  public String path() {
    return node.path();
  }

  public ProblemReport report() {
    return node.report();
  }

  /** The value, or the key's default. */
  public <T> T get(Key<T> key) {
    return get(key, Objects.requireNonNull(key.fallback(), key.name()));
  }

  public <T> T get(Key<T> key, T otherwise) {
    return find(key).orElse(otherwise);
  }

  public <T> Optional<T> find(Key<T> key) {
    return at(key).as(key.kind());
  }

  /** The value; when it is missing or wrong that is reported, and the placeholder keeps going. */
  public <T> T need(Key<T> key, T placeholder) {
    return usable ? at(key).need(key.kind()).orElse(placeholder) : placeholder;
  }

  /** Whether a key is written with nothing behind or below it. */
  public boolean hollow(Shape.Entry key) {
    return entries.containsKey(key.name()) && at(key).absent();
  }

  /** What stands at a key, absent or not. */
  public Node at(Shape.Entry key) {
    if (block.entries().stream().noneMatch(entry -> entry == key)) {
      throw new IllegalStateException(key.name() + " is not in the table of keys");
    }
    return entries.getOrDefault(key.name(), node.missing(key.name()));
  }
}
