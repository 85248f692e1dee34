package dev.infermux.config.yaml;

import dev.infermux.network.CauseText;
import io.vertx.config.spi.ConfigStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads one YAML file, checked and made plain for the YAML format. Unlike vertx-config's own file
 * store it never looks on the class path, reads no more than it must, and fails with a {@link
 * FileProblem} alone.
 */
final class YamlFileStore implements ConfigStore {
  /** Far above any real configuration, far below what hurts. */
  static final int MAX_BYTES = 1 << 20;

  private final Vertx vertx;
  private final Path path;

  YamlFileStore(Vertx vertx, Path path) {
    this.vertx = vertx;
    this.path = path;
  }

  @Override
  public Future<Buffer> get() {
    return vertx.executeBlocking(() -> Buffer.buffer(StrictYaml.plain(FileText.decode(read()))));
  }

  /** One name for all: vertx-config makes a logger of it, and loggers are for ever. */
  @Override
  public String toString() {
    return "infermux-yaml";
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  private byte[] read() {
    if (Files.isDirectory(path)) {
      throw FileProblem.opening("is a directory (expected: a YAML file)");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw FileProblem.parsing("is too large (expected: at most " + MAX_BYTES + " bytes)");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw FileProblem.opening("not found");
    } catch (IOException e) {
      throw FileProblem.opening("cannot be read (" + CauseText.of(e) + ")");
    }
  }
}
