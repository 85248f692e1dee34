package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a program gets that brings none of the optional libraries. */
class OptionalLibrariesTest {

  private static final List<String> OPTIONAL =
      List.of(
          "io.grpc.",
          "com.google.",
          "io.opentelemetry.exporter.",
          "okhttp3.",
          "okio.",
          "kotlin.",
          "ch.qos.logback.",
          "com.knuddels.");

  /**
   * Not to be collected: with its copy of Netty's native library the methods of the library of
   * other tests would go.
   */
  private static final ClassLoader PLAIN = new Plain();

  @Test
  void a_plain_configuration_needs_none_of_them() throws Exception {
    assertThat(run("echo")).isEqualTo("echo: Hi");
  }

  @Test
  void a_collector_needs_the_exporters_and_says_so() throws Exception {
    assertThat(run("otlp"))
        .isEqualTo(
            "IllegalArgumentException: telemetry.otlp: http://localhost:4318 needs"
                + " io.opentelemetry:opentelemetry-exporter-otlp on the class path");
  }

  @Test
  void a_grpc_listener_needs_grpc_and_says_so() throws Exception {
    assertThat(run("grpc"))
        .isEqualTo(
            "IllegalStateException: grpc_listen: 127.0.0.1:0 needs io.grpc:grpc-netty,"
                + " grpc-protobuf, grpc-stub and grpc-services on the class path");
  }

  /** Runs a {@link PlainProgram} where the optional libraries cannot be found. */
  private static Object run(String way) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(PLAIN);
    try {
      Constructor<?> program =
          PLAIN.loadClass(PlainProgram.class.getName()).getDeclaredConstructor(String.class);
      program.setAccessible(true); // of a package that only has the same name
      return ((Callable<?>) program.newInstance(way)).call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Makes every class anew from the bytes of this test's class path, but the optional ones. */
  private static final class Plain extends ClassLoader {
    private final ClassLoader all = OptionalLibrariesTest.class.getClassLoader();

    Plain() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (OPTIONAL.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      try (InputStream in = all.getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    protected @Nullable URL findResource(String name) {
      return name.equals("META-INF/services/org.slf4j.spi.SLF4JServiceProvider")
          ? null
          : all.getResource(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
      return findResource(name) == null ? Collections.emptyEnumeration() : all.getResources(name);
    }
  }
}
