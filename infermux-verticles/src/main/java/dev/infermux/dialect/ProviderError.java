package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an error says, whatever shape the server gave it: OpenAI's object, a bare string, FastAPI's
 * {@code detail}, a top-level {@code message}, or any of these in an array.
 *
 * @param message empty when there is none fit to be passed on
 * @param code the {@code code}, also where it is a number; else empty
 * @param type empty when not given
 * @param status what a numeric code says of the HTTP status; 0 when it says nothing
 */
public record ProviderError(
    String message, String code, String type, @Nullable String param, int status) {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int LONGEST_PLAIN_TEXT = 300;
  private static final ProviderError EMPTY = new ProviderError("", "", "", null, 0);

  public static ProviderError read(byte[] body, int from, int to, boolean plainText) {
    try {
      JsonNode root = MAPPER.readTree(body, from, to - from);
      return of(root.isArray() ? root.path(0) : root);
    } catch (JsonProcessingException e) {
      return plainText ? plain(new String(body, from, to - from, UTF_8)) : EMPTY;
    } catch (IOException e) {
      throw new UncheckedIOException("reading an array can not fail", e);
    }
  }

  /** Whether the prompt was too long for the model. */
  public boolean contextLength() {
    String said = message.toLowerCase(Locale.ROOT);
    return code.equals("context_length_exceeded")
        || type.equals("exceed_context_size_error")
        || said.contains("maximum context length")
        || said.contains("context window")
        || said.contains("exceeds the maximum number of tokens");
  }

  /** Whether the words were refused, by a filter and not by the model. */
  public boolean contentFilter() {
    return code.equals("content_filter") || code.equals("content_policy_violation");
  }

  /** Whether money ran out, which no short wait mends. */
  public boolean quota() {
    return code.equals("insufficient_quota")
        || type.equals("insufficient_quota")
        || code.equals("credit_balance_exhausted")
        || code.contains("spend_limit");
  }

  private static ProviderError of(JsonNode root) {
    JsonNode error = root.path("error");
    if (error.isObject()) {
      return object(error);
    }
    if (error.isTextual()) {
      return new ProviderError(error.textValue(), text(root, "code"), text(root, "type"), null, 0);
    }
    return root.isTextual() ? plain(root.textValue()) : object(root);
  }

  private static ProviderError object(JsonNode error) {
    JsonNode code = error.path("code");
    String param = text(error, "param");
    return new ProviderError(
        message(error),
        code.isValueNode() && !code.isNull() ? code.asText() : "",
        text(error, "type"),
        param.isEmpty() ? null : param,
        statusOf(code));
  }

  private static String message(JsonNode error) {
    for (String name : new String[] {"message", "detail", "msg", "error_description"}) {
      JsonNode said = error.path(name);
      if (said.isTextual()) {
        return said.textValue();
      }
      if (said.isArray() && said.path(0).path("msg").isTextual()) {
        return said.path(0).path("msg").textValue();
      }
      if (said.isObject()) {
        return text(said, "message");
      }
    }
    return "";
  }

  private static int statusOf(JsonNode code) {
    int status = code.isNumber() ? code.asInt() : 0;
    return status >= 400 && status < 600 ? status : 0;
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isTextual() ? value.textValue() : "";
  }

  /** Short words of a proxy help; markup and long texts do not. */
  private static ProviderError plain(String text) {
    String line = text.strip();
    boolean words = !line.isEmpty() && "{[<".indexOf(line.charAt(0)) < 0 && line.indexOf('<') < 0;
    return !words || line.length() > LONGEST_PLAIN_TEXT
        ? EMPTY
        : new ProviderError(line, "", "", null, 0);
  }
}
