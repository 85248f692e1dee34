package dev.infermux.config.block;

import dev.infermux.config.schema.Durations;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Shape.Free;
import dev.infermux.config.schema.Shape.ListOf;
import dev.infermux.config.schema.Shape.One;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Node;
import dev.infermux.exporter.ExporterOptions;
import dev.infermux.exporter.ExporterProbe;
import dev.infermux.network.UnusableFile;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An entry of {@code exporters}: a verticle of the user's. */
public final class ExporterBlock {

  private static final Key<String> CLASS =
      Key.required(
          "class", Texts.name(500), "A public verticle with a constructor without parameters.");
  private static final Part CLASSPATH =
      Part.of(
          "classpath",
          new ListOf(new One(Texts.path())),
          "Jars, and directories of classes or jars; absent = the gateway's own class path.");
  private static final Part CONFIG =
      Part.of("config", new Free(), "What the verticle finds as its `config()`.");
  private static final Key<Duration> START_TIMEOUT =
      Key.of(
          "start_timeout",
          Durations.positive(),
          ExporterOptions.START_TIMEOUT,
          "How long its start may take; then the gateway does not start.");

  public static final Block BLOCK = Block.of(CLASS, CLASSPATH, CONFIG, START_TIMEOUT);

  private ExporterBlock() {}

  public static List<ExporterOptions> read(Node node) {
    List<ExporterOptions> exporters = new ArrayList<>();
    for (Node item : node.items()) {
      Fields fields = item.fields(BLOCK);
      ExporterOptions exporter =
          new ExporterOptions(
              item.path(),
              fields.need(CLASS, ""),
              classpath(fields.at(CLASSPATH)),
              config(fields.at(CONFIG)),
              fields.get(START_TIMEOUT));
      checkClass(fields.at(CLASS), exporter);
      exporters.add(exporter);
    }
    return exporters;
  }

  /** What a class path lacks that is all there would end the next start. */
  private static void checkClass(Node name, ExporterOptions exporter) {
    List<Path> paths = exporter.classpath();
    boolean named = !paths.isEmpty() && !exporter.className().isEmpty();
    if (named && !ExporterProbe.hasClass(exporter)) {
      name.report().unusable(paths);
      String where = paths.stream().map(Path::toString).collect(Collectors.joining(", "));
      name.refuse("a class in " + where);
    }
  }

  private static List<Path> classpath(Node node) {
    List<Path> paths = new ArrayList<>();
    for (Node item : node.items()) {
      item.need(Texts.path())
          .ifPresent(path -> paths.add(NamedFiles.check(item, path, ExporterBlock::check)));
    }
    return paths;
  }

  private static void check(Path path) {
    if (!Files.exists(path)) {
      throw UnusableFile.missing(path, "does not exist");
    }
  }

  private static JsonObject config(Node node) {
    if (!node.absent() && !node.isMapping()) {
      node.wrong("a mapping");
      return new JsonObject();
    }
    return node.json() instanceof JsonObject mapping ? mapping : new JsonObject();
  }
}
