package dev.infermux.config;

import dev.infermux.config.yaml.WatchedFilesFactory;
import dev.infermux.inbound.http.TlsOptions;
import dev.infermux.network.SpecialFile;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Where a running InferMux reads its configuration again: a file, by the same path as at the start.
 * Immutable.
 *
 * @param file the configuration
 * @param options as at the start: environment, flags, strictness
 * @param completed what the program adds to what is read
 * @param log puts the log's options in force; a program with a log of its own ignores them
 * @param remarks what the program has to say of a configuration in force, in a line each
 * @param awaited whether there may be no file yet
 */
public record ReloadSource(
    Path file,
    ReadOptions options,
    UnaryOperator<Config> completed,
    Consumer<LogOptions> log,
    Function<Config, List<String>> remarks,
    boolean awaited) {

  /** Two readings of a file have to agree before it is taken, so a change shows within two. */
  private static final long SCAN_MILLIS = 500;

  private static final String ONCE =
      ": is a pipe or a device, which is read at the start alone (expected: a file)";

  /** By then a change has been seen, in milliseconds. */
  public static final long SEEN_MILLIS = 4 * SCAN_MILLIS;

  /** Of this file, without more. */
  public static ReloadSource of(Path file, ReadOptions options) {
    return new ReloadSource(
        file.toAbsolutePath(),
        options,
        UnaryOperator.identity(),
        log -> {},
        config -> List.of(),
        false);
  }

  public ReloadSource withCompleted(UnaryOperator<Config> completed) {
    return new ReloadSource(file, options, completed, log, remarks, awaited);
  }

  public ReloadSource withLog(Consumer<LogOptions> log) {
    return new ReloadSource(file, options, completed, log, remarks, awaited);
  }

  public ReloadSource withRemarks(Function<Config, List<String>> remarks) {
    return new ReloadSource(file, options, completed, log, remarks, awaited);
  }

  /** Of a start without a file: until one comes there is nothing to read again. */
  public ReloadSource withAwaited(boolean awaited) {
    return new ReloadSource(file, options, completed, log, remarks, awaited);
  }

  /** Reads it, unless that may never end; the future fails for bugs only. */
  public Future<ConfigResult> read(Vertx vertx) {
    return SpecialFile.at(file)
        ? Future.succeededFuture(new ConfigResult.NotFound(file + ONCE))
        : ConfigReader.read(vertx, file, options).map(this::complete);
  }

  private ConfigResult complete(ConfigResult result) {
    return result instanceof ConfigResult.Loaded loaded
        ? new ConfigResult.Loaded(
            completed.apply(loaded.config()), loaded.warnings(), loaded.notices())
        : result;
  }

  /** The files whose change makes another configuration of it, itself included. */
  public List<Path> files(Config config) {
    List<Path> files = new ArrayList<>(List.of(file));
    TlsOptions tls = config.http().tls();
    if (tls != null) {
      files.add(tls.certFile());
      files.add(tls.keyFile());
    }
    Stream.concat(
            Stream.ofNullable(config.pricing().file()),
            config.providers().stream()
                .flatMap(entry -> Stream.ofNullable(entry.options().network().caFile())))
        .forEach(files::add);
    return files.stream().map(Path::toAbsolutePath).distinct().toList();
  }

  /** Calls {@code changed}, on any thread, when one of these files has become another. */
  public static ConfigRetriever watch(Vertx vertx, List<Path> files, Runnable changed) {
    ConfigRetriever retriever =
        ConfigRetriever.create(
            vertx,
            new ConfigRetrieverOptions()
                .setIncludeDefaultStores(false)
                .setScanPeriod(SCAN_MILLIS)
                .addStore(WatchedFilesFactory.options(files)));
    retriever.listen(change -> changed.run());
    retriever.getConfig();
    return retriever;
  }
}
