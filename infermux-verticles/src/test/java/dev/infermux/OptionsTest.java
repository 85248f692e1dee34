package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The convention of docs/decisions/0011-options-are-records-with-withers.md. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OptionsTest {

  /** Also options, under the names that users know them by. */
  private static final List<Class<?>> OTHERS = List.of(Config.class, ProviderEntry.class);

  private final List<Class<?>> options = find();

  Stream<Class<?>> options() {
    return options.stream();
  }

  private static List<Class<?>> find() {
    Stream<Class<?>> named =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> location.contains("Options.class"))
                .importPackages("dev.infermux")
                .stream()
                .filter(type -> type.isTopLevelClass() && type.getSimpleName().endsWith("Options"))
                .filter(type -> !type.getPackageName().startsWith("dev.infermux.benchmarks"))
                .map(JavaClass::reflect);
    return Stream.concat(named, OTHERS.stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("options")
  void an_options_type_is_a_record_with_one_beginning(Class<?> type) {
    assertThat(type).isRecord();
    assertThat(beginnings(type)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("options")
  void what_has_a_default_has_a_wither(Class<?> type) throws Exception {
    int given = beginnings(type).get(0).getParameterCount();

    List<RecordComponent> components = List.of(type.getRecordComponents());
    for (RecordComponent component : components.subList(given, components.size())) {
      Method wither = type.getMethod("with" + capitalised(component), component.getType());
      assertThat(wither.getReturnType()).isEqualTo(type);
    }
  }

  @ParameterizedTest
  @MethodSource("options")
  void a_wither_changes_nothing_else(Class<?> type) throws Exception {
    Method beginning = beginnings(type).get(0);
    if (beginning.getParameterCount() > 0) {
      return;
    }
    Object defaults = beginning.invoke(null);

    for (RecordComponent component : type.getRecordComponents()) {
      Method wither = type.getMethod("with" + capitalised(component), component.getType());
      Object value = component.getAccessor().invoke(defaults);
      assertThat(wither.invoke(defaults, value)).isEqualTo(defaults);
    }
  }

  @ParameterizedTest
  @MethodSource("options")
  void there_is_no_builder_and_no_constant(Class<?> type) {
    assertThat(type.getMethods())
        .extracting(Method::getName)
        .doesNotContain("builder", "toBuilder", "build");
    assertThat(type.getFields()).noneMatch(field -> field.getType() == type);
  }

  private static List<Method> beginnings(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getReturnType() == type)
        .filter(method -> List.of("defaults", "of").contains(method.getName()))
        .toList();
  }

  private static String capitalised(RecordComponent component) {
    String name = component.getName();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
