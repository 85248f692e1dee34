package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the names in an API's list of models: {@code data[].id} of OpenAI's and Anthropic's, {@code
 * models[].name} of Ollama's. Names that no caller could send are left out.
 */
public final class ModelNames {

  private static final int MOST_NAMES = 5_000;
  private static final int LONGEST_NAME = 256;
  private static final byte[] DATA = "data".getBytes(US_ASCII);
  private static final byte[] MODELS = "models".getBytes(US_ASCII);
  private static final byte[] ID = "id".getBytes(US_ASCII);
  private static final byte[] NAME = "name".getBytes(US_ASCII);

  private ModelNames() {}

  /** The names in their order; empty where the body is no such list. */
  public static List<String> of(Buffer body) {
    Set<String> names = new LinkedHashSet<>();
    try {
      JsonCursor json = new JsonCursor(body.getBytes());
      if (json.kind() != JsonKind.OBJECT) {
        return List.of();
      }
      json.enterObject();
      while (json.nextField()) {
        if (json.nameIs(DATA)) {
          list(json, ID, names);
        } else if (json.nameIs(MODELS)) {
          list(json, NAME, names);
        } else {
          json.skip();
        }
      }
      json.end();
    } catch (JsonSyntaxException unreadable) {
      return List.of();
    }
    return List.copyOf(names);
  }

  private static void list(JsonCursor json, byte[] key, Set<String> names) {
    if (json.kind() != JsonKind.ARRAY) {
      json.skip();
      return;
    }
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() == JsonKind.OBJECT) {
        model(json, key, names);
      } else {
        json.skip();
      }
    }
  }

  private static void model(JsonCursor json, byte[] key, Set<String> names) {
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(key) && json.kind() == JsonKind.STRING && names.size() < MOST_NAMES) {
        String name = json.string();
        if (usable(name)) {
          names.add(name);
        }
      } else {
        json.skip();
      }
    }
  }

  private static boolean usable(String name) {
    return !name.isBlank()
        && name.length() <= LONGEST_NAME
        && name.chars().allMatch(one -> one >= ' ' && one != 0x7f);
  }
}
