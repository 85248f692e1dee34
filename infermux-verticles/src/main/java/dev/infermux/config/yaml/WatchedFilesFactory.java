package dev.infermux.config.yaml;

import io.vertx.config.ConfigStoreOptions;
import io.vertx.config.spi.ConfigStore;
import io.vertx.config.spi.ConfigStoreFactory;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/** How vertx-config finds {@link WatchedFiles}: it looks its stores up as services. */
public final class WatchedFilesFactory implements ConfigStoreFactory {
  private static final String TYPE = "infermux-versions";
  private static final String FILES = "files";

  /** For a {@code ConfigRetriever} that scans: a changed file is a changed configuration. */
  public static ConfigStoreOptions options(List<Path> files) {
    JsonArray paths = new JsonArray();
    files.forEach(file -> paths.add(file.toString()));
    return new ConfigStoreOptions().setType(TYPE).setConfig(new JsonObject().put(FILES, paths));
  }

  @Override
  public String name() {
    return TYPE;
  }

  @Override
  public ConfigStore create(Vertx vertx, JsonObject configuration) {
    List<Path> files =
        configuration.getJsonArray(FILES).stream().map(file -> Path.of((String) file)).toList();
    return new WatchedFiles(vertx, files);
  }
}
