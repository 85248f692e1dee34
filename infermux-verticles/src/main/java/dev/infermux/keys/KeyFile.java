package dev.infermux.keys;

import dev.infermux.network.CauseText;
import dev.infermux.network.SpecialFile;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where keys survive a restart: hashes and terms, for the owner's eyes alone. It is written whole
 * or not at all.
 *
 * @param path null = nowhere
 */
record KeyFile(@Nullable Path path) {

  private static final String FORMAT = "infermux-keys-1";

  /**
   * The keys of an earlier process; none where there is no file yet.
   *
   * @throws IllegalArgumentException when the file is of another kind, or cannot be read
   */
  List<VirtualKey> read() {
    if (path == null || !Files.exists(path)) {
      return List.of();
    }
    List<VirtualKey> keys = new ArrayList<>();
    try {
      SpecialFile.refuse(path);
      JsonObject file = new JsonObject(Buffer.buffer(Files.readAllBytes(path)));
      if (!FORMAT.equals(file.getString("format"))) {
        throw unusable(null);
      }
      for (Object key : file.getJsonArray("keys")) {
        keys.add(KeyJson.read((JsonObject) key));
      }
      return keys;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "auth.keys_file: "
              + path
              + " cannot be read: "
              + CauseText.of(e)
              + " (expected: a file that this user may read and write, or none)",
          e);
    } catch (RuntimeException broken) {
      throw unusable(broken);
    }
  }

  private IllegalArgumentException unusable(@Nullable Throwable cause) {
    return new IllegalArgumentException(
        "auth.keys_file: "
            + path
            + " is no file of keys (expected: one that InferMux has written,"
            + " or none; it is left as it is)",
        cause);
  }

  void write(List<VirtualKey> keys) throws IOException {
    if (path == null) {
      return;
    }
    JsonArray all = new JsonArray();
    keys.forEach(key -> all.add(KeyJson.kept(key)));
    JsonObject file = new JsonObject().put("format", FORMAT).put("keys", all);
    OwnersFile.write(path, file.encodePrettily().getBytes(StandardCharsets.UTF_8));
  }
}
