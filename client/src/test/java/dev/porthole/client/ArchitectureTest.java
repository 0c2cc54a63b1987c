package dev.porthole.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the packages of this module may know of each other and of the process. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.porthole.client");

  @Test
  void packagesFormNoCycle() {
    assertThat(CLASSES).isNotEmpty();
    slices().matching("dev.porthole.client.(*)..").should().beFreeOfCycles().check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.porthole.client.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.porthole.client")
        .check(CLASSES);
  }

  @Test
  void onlyMainEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void onlyTheConsolePackageKnowsTheStandardStreams() {
    for (String stream : new String[] {"in", "out", "err"}) {
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.porthole.client.console")
          .should()
          .accessField(System.class, stream)
          .check(CLASSES);
    }
  }

  @Test
  void grammarTouchesNeitherFilesNorSockets() {
    noClasses()
        .that()
        .resideInAPackage("dev.porthole.client.grammar")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.nio.file.Files")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.Socket")
        .check(CLASSES);
  }
}
