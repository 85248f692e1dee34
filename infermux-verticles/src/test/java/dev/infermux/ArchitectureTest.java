package dev.infermux;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house rules of docs/architecture.md. There are no exemptions. */
@AnalyzeClasses(
    packages = "dev.infermux",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.ThisModule.class})
class ArchitectureTest {

  /** The other modules have rules of their own. */
  static final class ThisModule implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return location.contains("/infermux-verticles/");
    }
  }

  private static final String ROOT = "dev.infermux";
  private static final String ASSEMBLY = "dev.infermux.assembly..";

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("dev.infermux.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule policies_do_no_io_and_know_no_framework =
      noClasses()
          .that()
          .resideInAPackage("..policy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..", "java.net.http..", "java.nio.channels..");

  @ArchTest
  static final ArchRule policies_do_not_know_each_other =
      slices().matching("dev.infermux.policy.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule policies_know_the_vocabulary_alone =
      noClasses()
          .that()
          .resideInAPackage("dev.infermux.policy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.infermux.provider..",
              "dev.infermux.pipeline..",
              "dev.infermux.inbound..",
              "dev.infermux.events..");

  @ArchTest
  static final ArchRule provider_types_do_not_know_each_other =
      slices()
          .matching("dev.infermux.provider.(echo|mock|openai)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule providers_know_no_policy_and_no_listener =
      noClasses()
          .that(
              resideInAPackage("dev.infermux.provider..")
                  .and(not(resideInAPackage("dev.infermux.provider.guard"))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.infermux.policy..",
              "dev.infermux.pipeline..",
              "dev.infermux.inbound..",
              "dev.infermux.events..",
              "dev.infermux.config..");

  @ArchTest
  static final ArchRule the_mock_knows_the_vocabulary_alone =
      noClasses()
          .that()
          .resideInAPackage("dev.infermux.mock..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.infermux.policy..",
              "dev.infermux.pipeline..",
              "dev.infermux.provider..",
              "dev.infermux.provider.http..",
              "dev.infermux.inbound..",
              "dev.infermux.events..",
              "dev.infermux.config..");

  @ArchTest
  static final ArchRule front_apis_translate_and_nothing_more =
      noClasses()
          .that()
          .resideInAPackage("dev.infermux.inbound..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.infermux.policy..",
              "dev.infermux.pipeline..",
              "dev.infermux.provider..",
              "dev.infermux.events..",
              "dev.infermux.config..");

  @ArchTest
  static final ArchRule listeners_do_not_know_each_other =
      slices()
          .matching("dev.infermux.inbound.(http|bus|management)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule configuration_depends_on_the_domain_and_never_the_reverse =
      noClasses()
          .that(
              not(
                  resideInAnyPackage(
                      ROOT, ASSEMBLY, "dev.infermux.cli..", "dev.infermux.config..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.infermux.config..");

  @ArchTest
  static final ArchRule only_the_assembly_knows_the_pipeline =
      noClasses()
          .that(not(resideInAnyPackage(ASSEMBLY, "dev.infermux.pipeline..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.infermux.pipeline..");

  @ArchTest
  static final ArchRule nobody_but_the_command_line_knows_the_face =
      noClasses()
          .that(not(resideInAnyPackage(ROOT, "dev.infermux.cli..")))
          .should()
          .dependOnClassesThat(resideInAPackage(ROOT));

  @ArchTest
  static final ArchRule nobody_but_the_face_knows_the_assembly =
      noClasses()
          .that(not(resideInAnyPackage(ROOT, ASSEMBLY)))
          .should()
          .dependOnClassesThat(resideInAPackage(ASSEMBLY));

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
          .resideInAnyPackage("ch.qos.logback..", "picocli..");

  @ArchTest
  static final ArchRule policies_take_the_time_from_outside =
      noClasses()
          .that()
          .resideInAPackage("..policy..")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now");

  @ArchTest
  static final ArchRule statics_do_not_change =
      fields()
          .that()
          .areStatic()
          .and()
          .doNotHaveModifier(JavaModifier.SYNTHETIC)
          .should()
          .beFinal();
}
