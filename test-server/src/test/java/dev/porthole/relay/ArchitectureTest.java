package dev.porthole.relay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the packages of the relay may know of each other and of others. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.porthole.relay");

  @Test
  void packagesFormNoCycle() {
    assertThat(CLASSES).isNotEmpty();
    slices().matching("dev.porthole.relay.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void relayKnowsNothingOfTunnelsAndNothingOfMina() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.porthole.tunnel..", "org.apache.sshd..")
        .check(CLASSES);
  }

  @Test
  void visitorsSideAndClientsSideMeetInRoutesOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.porthole.relay.http")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.porthole.relay.control", "dev.porthole.relay.tcp")
        .check(CLASSES);
  }

  @Test
  void onlyTheMainClassWritesToStandardOutput() {
    noClasses()
        .that()
        .areNotAssignableTo(RelayMain.class)
        .should()
        .accessField(System.class, "out")
        .check(CLASSES);
  }
}
