package dev.infermux;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public API: {@code dev.infermux} with its {@code api}, {@code client} and {@code spi}, and
 * the types that they hand out or take, generated ones aside. The list is kept in {@code
 * public-api.txt}, so that no type gets into it, or out of it, unseen.
 */
class PublicApiTest {

  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path LIST = Path.of("src/test/resources/public-api.txt");
  private static final Set<String> ROOTS =
      Set.of("dev.infermux", "dev.infermux.api", "dev.infermux.client", "dev.infermux.spi");

  /** What lies in others is not read at all. */
  private static final Pattern IN_ROOTS =
      Pattern.compile(".*/dev/infermux/((api|client|spi)/)?[^/]+\\.class");

  /** Both tests ask for them. */
  private static final Set<Class<?>> REACHABLE = reachable();

  @Test
  void the_public_api_is_the_list() throws IOException {
    List<String> names =
        REACHABLE.stream()
            .filter(type -> type.getEnclosingClass() == null)
            .map(Class::getName)
            .toList();

    assertThat(names).containsExactlyElementsOf(list());
  }

  @Test
  void every_package_says_whether_it_is_public() throws IOException {
    Set<String> handedOut = REACHABLE.stream().map(Class::getPackageName).collect(toSet());

    for (Path info : packages()) {
      String name = SOURCES.relativize(info.getParent()).toString().replace('/', '.');
      String expected =
          ROOTS.contains(name)
              ? "Public API."
              : handedOut.contains(name) ? "Public API in part." : "Internal.";
      String said = Files.readString(info).replaceAll("\\s*\\n \\*\\s*", " ");
      assertThat(said).as(name).contains(expected);
    }
  }

  private static List<String> list() throws IOException {
    return Files.readAllLines(LIST).stream().filter(line -> !line.startsWith("#")).toList();
  }

  private static List<Path> packages() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.endsWith("package-info.java")).toList();
    }
  }

  /** The public types of the two packages, and every type of this module that one of them names. */
  private static Set<Class<?>> reachable() {
    Set<Class<?>> reached = new TreeSet<>((a, b) -> a.getName().compareTo(b.getName()));
    Deque<Class<?>> open = new ArrayDeque<>();
    new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> location.matches(IN_ROOTS))
            .importPackages("dev.infermux")
            .stream()
            .filter(type -> ROOTS.contains(type.getPackageName()))
            .map(JavaClass::reflect)
            .filter(PublicApiTest::isPublic)
            .forEach(open::add);
    while (!open.isEmpty()) {
      Class<?> type = open.pop();
      if (isOurs(type) && isPublic(type) && reached.add(type)) {
        named(type).forEach(open::push);
      }
    }
    return reached;
  }

  private static boolean isOurs(Class<?> type) {
    String name = type.getName();
    return name.startsWith("dev.infermux.")
        && !name.startsWith("dev.infermux.v1.")
        && !name.startsWith("dev.infermux.mist.")
        && !name.startsWith("dev.infermux.tokentrace.");
  }

  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers()) && !type.isSynthetic();
  }

  private static List<Class<?>> named(Class<?> type) {
    List<Class<?>> named = new ArrayList<>(List.of(type.getInterfaces()));
    named.addAll(List.of(type.getClasses()));
    if (type.getSuperclass() != null) {
      named.add(type.getSuperclass());
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isSeen(method.getModifiers()) && !method.isSynthetic()) {
        add(named, method.getGenericReturnType());
        Arrays.stream(method.getGenericParameterTypes()).forEach(of -> add(named, of));
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isSeen(constructor.getModifiers())) {
        Arrays.stream(constructor.getGenericParameterTypes()).forEach(of -> add(named, of));
      }
    }
    for (Field field : type.getDeclaredFields()) {
      if (isSeen(field.getModifiers())) {
        add(named, field.getGenericType());
      }
    }
    return named;
  }

  private static boolean isSeen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static void add(List<Class<?>> named, Type type) {
    if (type instanceof Class<?> plain) {
      named.add(plain.isArray() ? plain.getComponentType() : plain);
    } else if (type instanceof ParameterizedType generic) {
      add(named, generic.getRawType());
      Arrays.stream(generic.getActualTypeArguments()).forEach(of -> add(named, of));
    } else if (type instanceof WildcardType wildcard) {
      Arrays.stream(wildcard.getUpperBounds()).forEach(of -> add(named, of));
    } else if (type instanceof GenericArrayType array) {
      add(named, array.getGenericComponentType());
    }
  }
}
