package dev.infermux.keys;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
   * @throws IllegalArgumentException when the file is of another kind
   */
  List<VirtualKey> read() {
    if (path == null || !Files.exists(path)) {
      return List.of();
    }
    List<VirtualKey> keys = new ArrayList<>();
    try {
      JsonObject file = new JsonObject(Buffer.buffer(Files.readAllBytes(path)));
      if (!FORMAT.equals(file.getString("format"))) {
        throw unusable(null);
      }
      for (Object key : file.getJsonArray("keys")) {
        keys.add(KeyJson.read((JsonObject) key));
      }
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    Path half = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(half);
    try (FileChannel out =
        FileChannel.open(
            half,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownersAlone(half))) {
      ByteBuffer bytes = ByteBuffer.wrap(file.encodePrettily().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(half, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] ownersAlone(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
