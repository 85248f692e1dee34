package dev.infermux;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.ConstructorCallTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules of docs/architecture.md. There are no exemptions. */
@AnalyzeClasses(
    packages = "dev.infermux",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.ThisModule.class})
class ArchitectureTest {

  /** The other modules have rules of their own, and what the build generates has none. */
  static final class ThisModule implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return location.contains("/infermux-verticles/") && !location.contains("/dev/infermux/v1/");
    }
  }

  private static final String[] JSON = {
    "dev.infermux.json..",
    "dev.infermux.mist.json..",
    "com.fasterxml.jackson..",
    "io.vertx.core.json.."
  };

  private static final Set<String> CLOCKS_AND_TIMERS =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.Math.random",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.InstantSource.system",
          "java.util.concurrent.ThreadLocalRandom.current",
          "io.vertx.core.Vertx.setTimer",
          "io.vertx.core.Vertx.setPeriodic",
          "io.vertx.core.Vertx.timer");

  /** What the ports of {@code dev.infermux.time} stand for, and random numbers without a seed. */
  private static final DescribedPredicate<JavaAccess<?>> SOURCES_OF_TIME_AND_CHANCE =
      DescribedPredicate.describe(
          "is a clock, a timer or unseeded chance",
          access ->
              CLOCKS_AND_TIMERS.contains(
                      access.getTargetOwner().getFullName() + "." + access.getName())
                  || isUnseeded(access));

  private static boolean isUnseeded(JavaAccess<?> access) {
    return access.getTarget() instanceof ConstructorCallTarget constructor
        && Set.of("java.util.Random", "java.util.SplittableRandom")
            .contains(access.getTargetOwner().getFullName())
        && constructor.getRawParameterTypes().isEmpty();
  }

  @ArchTest
  static void packages_import_only_what_the_page_allows(JavaClasses classes) throws IOException {
    AllowTable table = AllowTable.read();

    imports(classes)
        .forEach(
            (from, targets) ->
                assertThat(targets)
                    .as(
                        "%s: the row of `%s` does not allow an import; use what it allows, or, if"
                            + " the new dependency is meant, add it to the row: | `%s` | … | …, %s"
                            + " |",
                        AllowTable.PAGE, from, from, quoted(targets, table, from))
                    .allMatch(to -> table.allows(from, to)));
  }

  @ArchTest
  static void the_page_lists_every_package_and_no_other(JavaClasses classes) throws IOException {
    assertThat(AllowTable.read().packages())
        .as(
            "%s: one row for each package: | `<package>` | what it holds | `<what it imports>`, …"
                + " |",
            AllowTable.PAGE)
        .containsExactlyInAnyOrderElementsOf(imports(classes).keySet());
  }

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("dev.infermux.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule policies_do_not_know_each_other =
      slices().matching("dev.infermux.policy.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule provider_types_do_not_know_each_other =
      slices()
          .matching("dev.infermux.provider.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              alwaysTrue(),
              resideInAnyPackage("dev.infermux.provider.http", "dev.infermux.provider.guard"));

  @ArchTest
  static final ArchRule listeners_do_not_know_each_other =
      slices()
          .matching("dev.infermux.inbound.(http|bus|grpc|management)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule configuration_depends_on_the_domain_and_never_the_reverse =
      noClasses()
          .that(
              not(
                  resideInAnyPackage(
                      "dev.infermux",
                      "dev.infermux.assembly..",
                      "dev.infermux.cli..",
                      "dev.infermux.config..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.infermux.config..");

  @ArchTest
  static final ArchRule only_the_assembly_knows_the_pipeline =
      noClasses()
          .that(not(resideInAnyPackage("dev.infermux.assembly..", "dev.infermux.pipeline..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.infermux.pipeline..");

  @ArchTest
  static final ArchRule only_the_command_line_knows_the_public_api =
      noClasses()
          .that(not(resideInAnyPackage("dev.infermux", "dev.infermux.cli..")))
          .should()
          .dependOnClassesThat(resideInAPackage("dev.infermux"));

  @ArchTest
  static final ArchRule only_the_public_api_knows_the_assembly =
      noClasses()
          .that(not(resideInAnyPackage("dev.infermux", "dev.infermux.assembly..")))
          .should()
          .dependOnClassesThat(resideInAPackage("dev.infermux.assembly.."));

  @ArchTest
  static final ArchRule vocabulary_stages_and_decisions_know_no_json =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.infermux.inference..",
              "dev.infermux.pipeline..",
              "dev.infermux.policy..",
              "dev.infermux.inbound.auth",
              "dev.infermux.provider.guard")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JSON)
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("dev.infermux.dialect..");

  @ArchTest
  static final ArchRule dialects_know_the_vocabulary_alone =
      noClasses()
          .that()
          .resideInAPackage("dev.infermux.dialect..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.infermux..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "dev.infermux.api",
                              "dev.infermux.dialect..",
                              "dev.infermux.inference",
                              "dev.infermux.json",
                              "dev.infermux.mist..",
                              "dev.infermux.time",
                              "dev.infermux.vertx"))));

  @ArchTest
  static final ArchRule policies_do_no_io_and_know_no_framework =
      noClasses()
          .that()
          .resideInAPackage("..policy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..", "java.net.http..", "java.nio.channels..");

  @ArchTest
  static final ArchRule time_timers_and_chance_come_through_ports =
      noClasses()
          .that(
              not(
                  resideInAnyPackage(
                      "dev.infermux.assembly..",
                      "dev.infermux.cli..",
                      "dev.infermux.mock..",
                      "dev.infermux.vertx")))
          .should()
          .accessTargetWhere(SOURCES_OF_TIME_AND_CHANCE);

  @ArchTest
  static final ArchRule one_package_needs_vertx_beyond_its_public_api =
      noClasses()
          .that(not(resideInAPackage("dev.infermux.vertx")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.core.internal..", "io.vertx.core.impl..");

  @ArchTest
  static final ArchRule circuit_breakers_of_vertx_are_behind_a_port =
      noClasses()
          .that(not(resideInAPackage("dev.infermux.vertx")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx.circuitbreaker..");

  @ArchTest
  static final ArchRule only_the_command_line_prints_and_exits =
      noClasses()
          .that(not(resideInAPackage("dev.infermux.cli..")))
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule only_the_command_line_chooses_a_logging_backend =
      noClasses()
          .that(not(resideInAPackage("dev.infermux.cli..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ch.qos.logback..");

  /**
   * Verticles know each other's addresses and messages; a cell deploys those that it consists of.
   */
  @ArchTest
  static final ArchRule no_verticle_imports_another_one =
      noClasses()
          .that(
              assignableTo(VerticleBase.class)
                  .and(not(resideInAPackage("dev.infermux.assembly.."))))
          .should()
          .dependOnClassesThat(
              assignableTo(VerticleBase.class).and(resideInAPackage("dev.infermux..")));

  @ArchTest
  static final ArchRule statics_do_not_change =
      fields()
          .that()
          .areStatic()
          .and()
          .doNotHaveModifier(JavaModifier.SYNTHETIC)
          .should()
          .beFinal()
          .andShould()
          .notHaveRawType(
              resideInAnyPackage("java.util.concurrent..").as("of java.util.concurrent"))
          .andShould()
          .notHaveRawType(ThreadLocal.class);

  /** For each package of this module, the packages of ours whose types its classes use. */
  private static Map<String, Set<String>> imports(JavaClasses classes) {
    Map<String, Set<String>> imports = new TreeMap<>();
    for (JavaClass type : classes) {
      String from = AllowTable.nameOf(type.getPackageName());
      Set<String> targets = imports.computeIfAbsent(from, name -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (target.startsWith("dev.infermux")) {
          targets.add(AllowTable.nameOf(target));
        }
      }
      targets.remove(from);
    }
    return imports;
  }

  private static String quoted(Set<String> targets, AllowTable table, String from) {
    return String.join(
        ", ",
        targets.stream().filter(to -> !table.allows(from, to)).map(to -> "`" + to + "`").toList());
  }
}
