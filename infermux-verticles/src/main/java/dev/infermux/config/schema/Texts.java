package dev.infermux.config.schema;

import dev.infermux.inference.AttributionText;
import dev.infermux.inference.Secret;
import io.vertx.core.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Kinds of plain text. */
public final class Texts {
  private static final JsonObject STRING = new JsonObject().put("type", "string");

  private Texts() {}

  /** What ends up in headers, events and paths: printable ASCII on one line. */
  public static Kind<String> name(int max) {
    return Kind.of(
        "name",
        "1 to " + max + " printable ASCII characters",
        text -> isName(text, max) ? Optional.of(text) : Optional.empty(),
        text -> text,
        STRING.copy().put("minLength", 1).put("maxLength", max));
  }

  /** A caller's name, in the one spelling that requests are read in. */
  public static Kind<String> caller(int max) {
    return Kind.of(
        "name",
        "1 to " + max + " printable characters",
        text -> Optional.ofNullable(AttributionText.normal(text)).filter(name -> fits(name, max)),
        text -> text,
        STRING.copy().put("minLength", 1).put("maxLength", max));
  }

  /** The name of a model, as its vendor spells it. */
  public static Kind<String> model() {
    return Kind.of(
        "model",
        "a model name",
        text -> isLine(text) && !text.isBlank() ? Optional.of(text) : Optional.empty(),
        text -> text,
        STRING.copy().put("minLength", 1));
  }

  /** One line of text; {@code ""} = not given. */
  public static Kind<String> optional(String label) {
    return new Kind<>(
        label,
        "one line of text",
        text -> isLine(text) ? Optional.of(text) : Optional.empty(),
        text -> text,
        STRING,
        true,
        false);
  }

  /** A credential; {@code ""} = not given. */
  public static Kind<Secret> secret() {
    return new Kind<>(
        "secret",
        "a credential on one line, of characters that a header can carry",
        text -> isHeaderValue(text) ? Optional.of(Secret.of(text)) : Optional.empty(),
        secret -> "",
        STRING,
        true,
        true);
  }

  /** A credential without white space; {@code ""} = not given. */
  public static Kind<Secret> token() {
    return new Kind<>(
        "secret",
        "a token without white space, such as that of: openssl rand -hex 32",
        text ->
            text.chars().allMatch(c -> c > ' ' && c < 0x7F)
                ? Optional.of(Secret.of(text))
                : Optional.empty(),
        secret -> "",
        STRING,
        true,
        true);
  }

  /** What a header carries and no message shows, since it may be a credential. */
  public static Kind<String> headerValue() {
    return new Kind<>(
        "text",
        "text that a header can carry",
        text -> isHeaderValue(text) ? Optional.of(text) : Optional.empty(),
        text -> text,
        STRING,
        false,
        true);
  }

  public static Kind<Path> path() {
    return Kind.of("path", "a path", Texts::parsePath, Path::toString, nonEmpty());
  }

  /** A path; {@code ""} = not given. */
  public static Kind<Path> optionalPath() {
    return new Kind<>("path", "a path", Texts::parsePath, Path::toString, STRING, true, false);
  }

  public static Kind<Boolean> flag() {
    Function<String, Optional<Boolean>> reader =
        text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            };
    return Kind.of(
        "boolean", "true | false", reader, flag -> flag, new JsonObject().put("type", "boolean"));
  }

  private static Optional<Path> parsePath(String text) {
    try {
      return text.isBlank() || !isLine(text) ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static JsonObject nonEmpty() {
    return STRING.copy().put("minLength", 1);
  }

  private static boolean isName(String text, int max) {
    return !text.isEmpty()
        && text.length() <= max
        && text.equals(text.strip())
        && text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
  }

  private static boolean fits(String name, int max) {
    return !name.isEmpty() && name.length() <= max;
  }

  private static boolean isLine(String text) {
    return text.codePoints().noneMatch(Character::isISOControl);
  }

  private static boolean isHeaderValue(String text) {
    return text.equals(text.strip()) && text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
  }
}
