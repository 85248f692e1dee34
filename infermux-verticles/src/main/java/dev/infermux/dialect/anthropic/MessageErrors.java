package dev.infermux.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.dialect.ProviderError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * Reads an error: Anthropic's object, a bare string, a top-level {@code message} as a proxy writes
 * it, or a proxy's plain words.
 */
final class MessageErrors {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int LONGEST_PLAIN_TEXT = 300;
  private static final String QUOTA = "insufficient_quota";
  private static final String CONTEXT_LENGTH = "context_length_exceeded";

  private MessageErrors() {}

  static ProviderError read(byte[] body, int from, int to, boolean plainText) {
    try {
      return of(MAPPER.readTree(body, from, to - from));
    } catch (JsonProcessingException e) {
      return plainText ? plain(new String(body, from, to - from, UTF_8)) : ProviderError.UNREADABLE;
    } catch (IOException e) {
      throw new UncheckedIOException("reading an array can not fail", e);
    }
  }

  /** The status that an error stands for, whatever came with it: money that ran out is a 429. */
  static int status(ProviderError error, int given) {
    if (error.quota()) {
      return 429;
    }
    return given != 0
        ? given
        : switch (error.type()) {
          case "invalid_request_error" -> 400;
          case "authentication_error" -> 401;
          case "permission_error" -> 403;
          case "not_found_error" -> 404;
          case "conflict_error" -> 409;
          case "request_too_large" -> 413;
          case "rate_limit_error" -> 429;
          case "timeout_error" -> 504;
          case "overloaded_error" -> 529;
          default -> error.contextLength() ? 400 : 500;
        };
  }

  private static ProviderError of(JsonNode root) {
    JsonNode one = root.isArray() ? root.path(0) : root;
    JsonNode error = one.path("error");
    if (error.isTextual()) {
      return error(error.textValue(), "", "");
    }
    if (one.isTextual()) {
      return plain(one.textValue());
    }
    JsonNode said = error.isObject() ? error : one;
    String message = text(said, "message");
    return error(
        message.isEmpty() ? text(said, "detail") : message,
        text(said, "type"),
        text(said.path("details"), "error_code"));
  }

  private static ProviderError error(String message, String type, String detail) {
    return new ProviderError(message, code(message, type, detail), type, null, 0);
  }

  /** The word for it that is the same for all providers, where there is one. */
  private static String code(String message, String type, String detail) {
    String said = message.toLowerCase(Locale.ROOT);
    if (detail.contains("spend_limit")
        || type.equals("billing_error")
        || said.contains("credit balance is too low")
        || said.contains("usage limits")
        || said.contains("spend limit")) {
      return QUOTA;
    } else if (said.startsWith("prompt is too long") || said.contains("exceed context limit")) {
      return CONTEXT_LENGTH;
    } else if (type.equals("not_found_error")) {
      return "model_not_found";
    }
    return detail.isEmpty() ? type : detail;
  }

  /** Short words of a proxy help; markup and long texts do not. */
  private static ProviderError plain(String text) {
    String line = text.strip();
    boolean words = !line.isEmpty() && "{[<".indexOf(line.charAt(0)) < 0 && line.indexOf('<') < 0;
    return !words || line.length() > LONGEST_PLAIN_TEXT
        ? ProviderError.UNREADABLE
        : error(line, "", "");
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isTextual() ? value.textValue() : "";
  }
}
