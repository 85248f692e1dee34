package dev.infermux.module;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The module {@code infermux-cluster}: on the class path of a program that embeds InferMux, or the
 * jar beside the program's own, which nobody loads who does not ask for it.
 */
public final class OptionalModule {

  private static final String JAR = "infermux-cluster.jar";

  /** Beside the jar as packages have it, and where a checkout builds it. */
  private static final List<String> PLACES = List.of(JAR, "../../infermux-cluster/target/" + JAR);

  private OptionalModule() {}

  /**
   * What the module brings for a service.
   *
   * @param key of the configuration that asks for it; messages begin with it
   * @throws IllegalArgumentException saying what to add, where the module is not there
   */
  public static <T> T find(Class<T> service, String key) {
    try {
      return ServiceLoader.load(service)
          .findFirst()
          .or(() -> beside(service))
          .orElseThrow(() -> missing(key));
    } catch (ServiceConfigurationError | LinkageError broken) {
      throw new IllegalArgumentException(
          key + ": the module infermux-cluster cannot be loaded: " + broken.getMessage(), broken);
    }
  }

  private static <T> Optional<T> beside(Class<T> service) {
    return jar(service)
        .flatMap(
            jar -> {
              URLClassLoader loader =
                  new URLClassLoader(
                      "infermux-cluster", new URL[] {url(jar)}, service.getClassLoader());
              return ServiceLoader.load(service, loader).findFirst();
            });
  }

  private static Optional<Path> jar(Class<?> service) {
    CodeSource source = service.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      Path directory = Path.of(source.getLocation().toURI()).toAbsolutePath().getParent();
      return PLACES.stream()
          .map(place -> directory == null ? Path.of(place) : directory.resolve(place).normalize())
          .filter(Files::isRegularFile)
          .findFirst();
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  private static URL url(Path jar) {
    try {
      URI uri = jar.toUri();
      return uri.toURL();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static IllegalArgumentException missing(String key) {
    return new IllegalArgumentException(
        key
            + ": the module infermux-cluster is not there (expected: "
            + JAR
            + " beside infermux.jar, as the packages and a checkout have it; in a program the"
            + " dependency dev.infermux:infermux-cluster)");
  }
}
