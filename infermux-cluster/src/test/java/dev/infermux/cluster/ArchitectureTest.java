package dev.infermux.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.infermux.cluster",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.MainAlone.class})
class ArchitectureTest {

  /** Wherever the tests' classes lie. */
  static final class MainAlone implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/infermux-cluster/test/");
    }
  }

  private static final String HERE = "dev.infermux.cluster";

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching(HERE + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule one_package_knows_the_database =
      noClasses()
          .that()
          .resideOutsideOfPackage(HERE + ".postgres..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.pgclient..", "io.vertx.sqlclient..");

  @ArchTest
  static final ArchRule budgets_do_not_need_the_cluster_manager =
      noClasses()
          .that()
          .resideInAnyPackage(HERE + ".lease..", HERE + ".postgres..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster..");

  @ArchTest
  static final ArchRule nothing_internal_to_vertx_is_used =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.core.internal..", "io.vertx.core.impl..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule statics_do_not_change =
      fields()
          .that()
          .areStatic()
          .and()
          .doNotHaveModifier(JavaModifier.SYNTHETIC)
          .should()
          .beFinal()
          .allowEmptyShould(true);
}
