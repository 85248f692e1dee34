package dev.infermux.tokentrace;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.infermux.tokentrace",
    importOptions = {DoNotIncludeTests.class})
class ArchitectureTest {
  private static final String HERE = "dev.infermux.tokentrace";

  @ArchTest
  static final ArchRule no_package_knows_itself_through_another =
      slices().matching(HERE + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule the_module_knows_mist_vertx_and_opentelemetry_alone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.net.ssl..",
              "org.jspecify..",
              "org.slf4j..",
              "io.vertx.core..",
              "io.vertx.ext.web.client..",
              "io.opentelemetry..",
              "dev.infermux.mist..",
              HERE + "..");

  @ArchTest
  static final ArchRule what_makes_spans_does_no_io =
      noClasses()
          .that()
          .resideInAnyPackage(HERE + ".span", HERE + ".record")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "java.net..", "java.io..", "dev.infermux.mist..");

  @ArchTest
  static final ArchRule the_export_knows_no_protocol =
      noClasses()
          .that()
          .resideInAPackage(HERE + ".export")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              HERE + ".otlp", HERE + ".mist", HERE + ".http", "io.vertx.core.http..");

  @ArchTest
  static final ArchRule sinks_do_not_know_each_other =
      noClasses()
          .that()
          .resideInAPackage(HERE + ".otlp")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(HERE + ".mist", "dev.infermux.mist..");

  @ArchTest
  static final ArchRule opentelemetry_is_used_by_its_public_face =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.opentelemetry..internal..");

  @ArchTest
  static final ArchRule nothing_is_global =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.opentelemetry.api.GlobalOpenTelemetry");

  @ArchTest
  static final ArchRule static_state_is_final = noFields().that().areStatic().should().notBeFinal();
}
