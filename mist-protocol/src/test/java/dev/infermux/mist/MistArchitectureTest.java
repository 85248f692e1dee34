package dev.infermux.mist;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.infermux.mist",
    importOptions = ImportOption.DoNotIncludeTests.class)
class MistArchitectureTest {

  private static final String MIST = "dev.infermux.mist";

  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching("dev.infermux.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everything_but_the_bus_and_http_needs_the_jdk_and_jackson_alone =
      classes()
          .that()
          .resideOutsideOfPackages(MIST + ".bus", MIST + ".transport.http")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  MIST + "..",
                  "java..",
                  "javax.crypto..",
                  "com.fasterxml.jackson..",
                  "org.jspecify.annotations"));

  @ArchTest
  static final ArchRule the_bus_and_http_add_vertx_and_nothing_else =
      classes()
          .that()
          .resideInAnyPackage(MIST + ".bus", MIST + ".transport.http")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  MIST + "..", "java..", "io.vertx.core..", "org.jspecify.annotations"));

  @ArchTest
  static final ArchRule only_the_json_package_knows_jackson =
      noClasses()
          .that()
          .resideOutsideOfPackage(MIST + ".json")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml..");

  @ArchTest
  static final ArchRule json_knows_nothing_of_mist =
      noClasses()
          .that()
          .resideInAPackage(MIST + ".json")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MIST, MIST + ".bus", MIST + ".transport..");

  @ArchTest
  static final ArchRule the_core_does_not_know_how_it_travels =
      noClasses()
          .that()
          .resideInAPackage(MIST)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MIST + ".bus", MIST + ".transport..");

  @ArchTest
  static final ArchRule nothing_prints =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
