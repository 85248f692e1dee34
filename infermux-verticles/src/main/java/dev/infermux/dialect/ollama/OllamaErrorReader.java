package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.ProviderError;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import java.util.List;
import java.util.Locale;

/** Reads an error: {@code {"error":"text"}}, or an object there, as proxies write it. */
final class OllamaErrorReader {

  private static final byte[] ERROR = "error".getBytes(US_ASCII);
  private static final byte[] MESSAGE = "message".getBytes(US_ASCII);
  private static final int LONGEST_PLAIN_TEXT = 300;

  /** How Ollama and the engine below it say that a prompt is too long. */
  private static final List<String> TOO_LONG =
      List.of(
          "context length",
          "exceeds the available context size",
          "prompt is longer than the context");

  private OllamaErrorReader() {}

  static ProviderError read(byte[] body, int from, int to, boolean plainText) {
    try {
      JsonCursor json = new JsonCursor(body, from, to);
      String message = "";
      json.enterObject();
      while (json.nextField()) {
        if (json.nameIs(ERROR) || json.nameIs(MESSAGE)) {
          String said = message(json);
          message = message.isEmpty() ? said : message;
        } else {
          json.skip();
        }
      }
      return named(message);
    } catch (JsonSyntaxException e) {
      return plainText ? plain(new String(body, from, to - from, UTF_8)) : ProviderError.UNREADABLE;
    }
  }

  /** The status that an error inside an answer of status 200 stands for. */
  static int status(ProviderError error) {
    return switch (error.code()) {
      case "context_length_exceeded" -> 400;
      case "model_not_found" -> 404;
      default -> 500;
    };
  }

  private static String message(JsonCursor json) {
    if (json.kind() == JsonKind.STRING) {
      return json.string();
    }
    String message = "";
    if (json.kind() != JsonKind.OBJECT) {
      json.skip();
      return message;
    }
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MESSAGE) && json.kind() == JsonKind.STRING) {
        message = json.string();
      } else {
        json.skip();
      }
    }
    return message;
  }

  /** Its errors have no codes: the words say what they are. */
  private static ProviderError named(String message) {
    String said = message.toLowerCase(Locale.ROOT);
    String code = "";
    if (TOO_LONG.stream().anyMatch(said::contains)) {
      code = "context_length_exceeded";
    } else if (said.startsWith("model ") && said.contains("not found")) {
      code = "model_not_found";
    }
    return new ProviderError(message, code, "", null, 0);
  }

  /** Short words of a proxy help; markup and long texts do not. */
  private static ProviderError plain(String text) {
    String line = text.strip();
    boolean words = !line.isEmpty() && "{[<".indexOf(line.charAt(0)) < 0 && line.indexOf('<') < 0;
    return words && line.length() <= LONGEST_PLAIN_TEXT ? named(line) : ProviderError.UNREADABLE;
  }
}
