package dev.infermux.exporter;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A verticle of the user's that is deployed into the gateway.
 *
 * @param origin where it was asked for, which messages begin with: {@code exporters[0]}
 * @param className of a {@code Deployable} with a constructor without parameters
 * @param classpath jars, and directories of classes or of jars; empty = the gateway's own
 * @param config what it finds as its {@code config()}
 * @param startTimeout how long its start may take
 */
public record ExporterOptions(
    String origin,
    String className,
    List<Path> classpath,
    JsonObject config,
    Duration startTimeout) {

  public static final Duration START_TIMEOUT = Duration.ofSeconds(10);

  public ExporterOptions {
    classpath = List.copyOf(classpath);
    config = config.copy();
  }

  /** Of a class on this class path, without a configuration. */
  public static ExporterOptions of(String origin, String className, List<Path> classpath) {
    return new ExporterOptions(origin, className, classpath, new JsonObject(), START_TIMEOUT);
  }

  /** What the verticle finds as its {@code config()}. */
  public ExporterOptions withConfig(JsonObject config) {
    return new ExporterOptions(origin, className, classpath, config, startTimeout);
  }

  public ExporterOptions withStartTimeout(Duration startTimeout) {
    return new ExporterOptions(origin, className, classpath, config, startTimeout);
  }

  @Override
  public JsonObject config() {
    return config.copy();
  }
}
