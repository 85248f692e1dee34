package dev.infermux.exporter;

import dev.infermux.vertx.BoundedSubscriber;
import dev.infermux.vertx.WaitingRoom;
import io.vertx.core.Deployable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The classes of one exporter: its own class path, with the gateway's as the parent. */
final class ExporterClasses implements AutoCloseable {

  private final ExporterOptions options;
  private final URLClassLoader loader;
  private volatile @Nullable BoundedSubscriber verticle;

  private ExporterClasses(ExporterOptions options, URLClassLoader loader) {
    this.options = options;
    this.loader = loader;
  }

  /**
   * Opens the class path.
   *
   * @throws IllegalArgumentException where a part of it is not there
   */
  static ExporterClasses open(ExporterOptions options) {
    List<URL> urls = new ArrayList<>();
    options.classpath().forEach(path -> urls.addAll(urls(options, path)));
    return new ExporterClasses(
        options,
        new URLClassLoader(
            "infermux-" + options.origin(),
            urls.toArray(URL[]::new),
            ExporterClasses.class.getClassLoader()));
  }

  ClassLoader loader() {
    return loader;
  }

  /**
   * Makes the verticle; blocks as long as its class's initializers do.
   *
   * @param room where events wait for it
   * @throws IllegalArgumentException saying why it cannot be made
   */
  Deployable verticle(WaitingRoom room) {
    BoundedSubscriber made = new BoundedSubscriber(instance(), room);
    verticle = made;
    return made;
  }

  private Deployable instance() {
    try {
      return constructor().newInstance();
    } catch (InstantiationException | IllegalAccessException shape) {
      throw unfit(shape);
    } catch (InvocationTargetException thrown) {
      throw refused("its constructor failed: " + thrown.getCause(), "one that succeeds", thrown);
    } catch (LinkageError broken) {
      throw broken(broken);
    }
  }

  /**
   * Finds what makes the verticle; runs none of its code.
   *
   * @throws IllegalArgumentException saying why it cannot be made
   */
  Constructor<? extends Deployable> constructor() {
    try {
      Class<?> type = Class.forName(options.className(), false, loader);
      if (!Deployable.class.isAssignableFrom(type)) {
        throw refused("no verticle", "a class that extends io.vertx.core.VerticleBase");
      }
      if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
        throw unfit(null);
      }
      return type.asSubclass(Deployable.class).getConstructor();
    } catch (ClassNotFoundException missing) {
      throw refused("not found", "a class " + where(), missing);
    } catch (NoSuchMethodException shape) {
      throw unfit(shape);
    } catch (LinkageError broken) {
      throw broken(broken);
    }
  }

  private IllegalArgumentException unfit(@Nullable Exception shape) {
    return refused(
        "cannot be made", "a public class with a public constructor without parameters", shape);
  }

  private IllegalArgumentException broken(LinkageError broken) {
    if (broken instanceof UnsupportedClassVersionError) {
      int java = Runtime.version().feature();
      return refused(
          "is compiled for a newer Java than " + java + ", which runs here",
          "what javac --release " + java + " makes",
          broken);
    }
    return refused("cannot be loaded: " + broken, "a class whose own classes are there", broken);
  }

  private String where() {
    return options.classpath().isEmpty()
        ? "on the class path of the gateway; name others with classpath"
        : "in " + String.join(", ", options.classpath().stream().map(Path::toString).toList());
  }

  private IllegalArgumentException refused(String found, String expected) {
    return new IllegalArgumentException(
        options.origin()
            + ": "
            + options.className()
            + " "
            + found
            + " (expected: "
            + expected
            + ")");
  }

  private IllegalArgumentException refused(
      String found, String expected, @Nullable Throwable cause) {
    IllegalArgumentException refused = refused(found, expected);
    refused.initCause(cause);
    return refused;
  }

  /** A directory is the root of classes, and all jars directly in it count too. */
  private static List<URL> urls(ExporterOptions options, Path path) {
    if (!Files.isReadable(path)) {
      throw unreadable(options, path);
    }
    List<Path> all = new ArrayList<>(List.of(path));
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.list(path)) {
        all.addAll(files.filter(file -> file.toString().endsWith(".jar")).sorted().toList());
      } catch (IOException | UncheckedIOException unlisted) {
        IllegalArgumentException refused = unreadable(options, path);
        refused.initCause(unlisted);
        throw refused;
      }
    }
    return all.stream().map(ExporterClasses::url).toList();
  }

  private static IllegalArgumentException unreadable(ExporterOptions options, Path path) {
    return new IllegalArgumentException(
        options.origin()
            + ": classpath "
            + path
            + " cannot be read (expected: a jar, or a directory of classes or jars)");
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing is handed to the verticle any more, also where it is stuck. */
  void endConsumers() {
    BoundedSubscriber made = verticle;
    if (made != null) {
      made.close();
    }
  }

  @Override
  public void close() throws IOException {
    endConsumers();
    loader.close();
  }
}
