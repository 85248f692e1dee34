package dev.infermux.config.tree;

import dev.infermux.config.schema.Kind;
import dev.infermux.config.schema.Shape;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value with its place; asking it for a type reports what is not of that type. */
public final class Node {
  private final String path;
  private final @Nullable Object value;
  private final ProblemReport report;

  Node(String path, @Nullable Object value, ProblemReport report) {
    this.path = path;
    this.value = value;
    this.report = report;
  }

  public String path() {
    return path;
  }

  public ProblemReport report() {
    return report;
  }

  public boolean absent() {
    return value == null;
  }

  public boolean isList() {
    return value instanceof List<?>;
  }

  public boolean isMapping() {
    return value instanceof Map<?, ?>;
  }

  /** Whether it is empty because a variable is not set, which has been warned of. */
  public boolean unset() {
    return value instanceof Leaf leaf && leaf.unset();
  }

  /** Whether it is written as an empty text, without a variable that may fill it. */
  public boolean writtenEmpty() {
    return value instanceof Leaf leaf && leaf.source().isEmpty();
  }

  /** The single value's text after substitution; empty when it is none. */
  public Optional<String> text() {
    return value instanceof Leaf leaf ? Optional.of(leaf.text()) : Optional.empty();
  }

  /** Empty when absent or wrong; the latter is reported. */
  public <T> Optional<T> as(Kind<T> kind) {
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof Leaf leaf)) {
      wrong(kind.expected());
      return Optional.empty();
    }
    if (kind.emptyMeansAbsent() && leaf.text().isEmpty()) {
      return Optional.empty();
    }
    Optional<T> typed = kind.read(leaf.text());
    if (typed.isEmpty()) {
      String found = kind.secret() ? "a value that is not shown" : leaf.shown();
      report.problem(where(), found, kind.expected());
    }
    return typed;
  }

  /** Like {@link #as}, and absence is reported, too. */
  public <T> Optional<T> need(Kind<T> kind) {
    boolean empty = kind.emptyMeansAbsent() && text().filter(String::isEmpty).isPresent();
    if (absent() || (empty && !unset())) {
      report.problem(path, absent() ? "missing" : "\"\"", kind.expected());
      return Optional.empty();
    }
    return as(kind);
  }

  /** Reports this value as wrong; of a list or a mapping, or of text in their place, no content. */
  public void wrong(String expected) {
    report.problem(where(), describe(), expected);
  }

  /** Reports this single value as wrong in what it says. */
  public void refuse(String expected) {
    report.problem(where(), value instanceof Leaf leaf ? leaf.shown() : describe(), expected);
  }

  public List<Node> items() {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      wrong("a list");
      return List.of();
    }
    List<Node> items = new ArrayList<>();
    for (Object item : list) {
      items.add(new Node(path + "[" + items.size() + "]", item, report));
    }
    return items;
  }

  /** Whatever it is, in the types of JSON; null when it is absent. */
  public @Nullable Object json() {
    if (value instanceof Leaf leaf) {
      return ScalarValues.of(leaf.text());
    }
    if (value instanceof List<?>) {
      JsonArray array = new JsonArray();
      items().forEach(item -> array.add(item.json()));
      return array;
    }
    if (value == null) {
      return null;
    }
    JsonObject object = new JsonObject();
    entries().forEach((key, below) -> object.put(key, below.json()));
    return object;
  }

  /** In declared order. */
  public Map<String, Node> entries() {
    if (value == null) {
      return Map.of();
    }
    if (!isMapping()) {
      wrong("a mapping");
      return Map.of();
    }
    String prefix = path.isEmpty() ? "" : path + ".";
    Map<String, Node> entries = new LinkedHashMap<>();
    mapping(value).forEach((key, below) -> entries.put(key, new Node(prefix + key, below, report)));
    return entries;
  }

  /** Reads it as this block; keys that the block does not have are reported. */
  public Fields fields(Shape.Block block) {
    return new Fields(this, block);
  }

  Node missing(String key) {
    return new Node(path.isEmpty() ? key : path + "." + key, null, report);
  }

  private String where() {
    String origin = value instanceof Leaf leaf ? leaf.origin() : null;
    return origin == null ? path : origin;
  }

  private String describe() {
    if (value == null) {
      return "missing";
    }
    return value instanceof List<?> ? "a list" : isMapping() ? "a mapping" : "a single value";
  }

  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> mapping(@Nullable Object value) {
    return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
  }
}
