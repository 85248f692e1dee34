package dev.infermux.config.yaml;

import io.vertx.config.ConfigStoreOptions;
import io.vertx.config.spi.ConfigStore;
import io.vertx.config.spi.ConfigStoreFactory;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/** How vertx-config finds {@link YamlFileStore}: it looks its stores up as services. */
public final class YamlFileStoreFactory implements ConfigStoreFactory {
  private static final String TYPE = "infermux-file";

  /** For a {@code ConfigRetriever}: this file, in the format of vertx-config-yaml. */
  public static ConfigStoreOptions options(Path file) {
    return new ConfigStoreOptions()
        .setType(TYPE)
        .setFormat("yaml")
        .setConfig(new JsonObject().put("path", file.toAbsolutePath().toString()));
  }

  @Override
  public String name() {
    return TYPE;
  }

  @Override
  public ConfigStore create(Vertx vertx, JsonObject configuration) {
    return new YamlFileStore(vertx, Path.of(configuration.getString("path")));
  }
}
