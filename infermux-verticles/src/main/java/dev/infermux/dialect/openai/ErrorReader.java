package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.dialect.ProviderError;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads an error in whatever shape a server of the dialect gives it: OpenAI's object, a bare
 * string, FastAPI's {@code detail}, a top-level {@code message}, or any of these in an array.
 */
final class ErrorReader {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int LONGEST_PLAIN_TEXT = 300;

  private ErrorReader() {}

  /** The status that an error inside an answer of status 200 stands for. */
  static int status(ProviderError error) {
    if (error.status() != 0) {
      return error.status();
    }
    if (error.contextLength() || error.contentFilter()) {
      return 400;
    }
    boolean limited = error.code().startsWith("rate_limit") || error.quota();
    return limited ? 429 : 500;
  }

  static ProviderError read(byte[] body, int from, int to, boolean plainText) {
    try {
      JsonNode root = MAPPER.readTree(body, from, to - from);
      return of(root.isArray() ? root.path(0) : root);
    } catch (JsonProcessingException e) {
      return plainText ? plain(new String(body, from, to - from, UTF_8)) : ProviderError.UNREADABLE;
    } catch (IOException e) {
      throw new UncheckedIOException("reading an array can not fail", e);
    }
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
        Math.max(statusOf(code), statusOf(error.path("statusCode"))));
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
        ? ProviderError.UNREADABLE
        : new ProviderError(line, "", "", null, 0);
  }
}
