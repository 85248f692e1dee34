package dev.infermux.clients;

import java.nio.file.Path;
import java.util.Map;

/** Where {@code .ci/clients} installs the packages of other languages. */
final class Packages {

  private static final Path CACHE = Path.of("../../.cache/clients").toAbsolutePath().normalize();

  private Packages() {}

  /** Installs them if that has not been done; the text says why it could not be. */
  static Launch.Ended install(String language) {
    return Launch.of("../../.ci/clients", language).within(400).run();
  }

  static Map<String, String> environment() {
    return Map.of(
        "CLIENTS_NODE",
        CACHE.resolve("node").toString(),
        "PYTHONPATH",
        CACHE.resolve("python").toString(),
        "PYTHONDONTWRITEBYTECODE",
        "1",
        "OPENAI_AGENTS_DISABLE_TRACING",
        "1");
  }

  /** An executable of a Node package. */
  static Path node(String path) {
    return CACHE.resolve("node/node_modules").resolve(path);
  }
}
