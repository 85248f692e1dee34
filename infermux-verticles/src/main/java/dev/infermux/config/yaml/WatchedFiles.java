package dev.infermux.config.yaml;

import dev.infermux.network.FileVersion;
import io.vertx.config.spi.ConfigStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says of each file which version of it there is, by its content. A version counts once two
 * readings in a row have found it, so that half of a file is not taken for the next one. Paths are
 * followed anew each time: a link may point elsewhere, and another file may bear the name.
 */
final class WatchedFiles implements ConfigStore {

  private final Vertx vertx;
  private final Map<Path, Seen> files = new LinkedHashMap<>();

  WatchedFiles(Vertx vertx, List<Path> files) {
    this.vertx = vertx;
    files.forEach(file -> this.files.put(file, new Seen()));
  }

  @Override
  public Future<Buffer> get() {
    return vertx.executeBlocking(this::versions);
  }

  /** One name for all: vertx-config makes a logger of it, and loggers are for ever. */
  @Override
  public String toString() {
    return "infermux-versions";
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  private synchronized Buffer versions() {
    JsonObject versions = new JsonObject();
    files.forEach((file, seen) -> versions.put(file.toString(), seen.look(file)));
    return versions.toBuffer();
  }

  /** What is known of one file. */
  private static final class Seen {
    private @Nullable String last;
    private String settled = "";

    String look(Path file) {
      String version = FileVersion.of(file);
      if (last == null || version.equals(last)) {
        settled = version;
      }
      last = version;
      return settled;
    }
  }
}
