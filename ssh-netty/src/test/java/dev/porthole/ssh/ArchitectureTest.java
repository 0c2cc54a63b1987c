package dev.porthole.ssh;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the packages of this module may know of each other and of MINA. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.porthole.ssh");

  @Test
  void packagesFormNoCycle() {
    assertThat(CLASSES).isNotEmpty();
    slices().matching("dev.porthole.ssh.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void neitherEndKnowsTheOther() {
    noClasses()
        .that()
        .resideInAPackage("dev.porthole.ssh.client")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.porthole.ssh.server")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.porthole.ssh.server")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.porthole.ssh.client")
        .check(CLASSES);
  }

  @Test
  void minaAppearsInNoSignatureOfTheTwoEnds() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAnyPackage("dev.porthole.ssh.client", "dev.porthole.ssh.server")
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should(notMentionMina())
        .check(CLASSES);
  }

  @Test
  void theLibraryNeverTouchesStandardStreams() {
    noClasses().should().accessField(System.class, "out").check(CLASSES);
    noClasses().should().accessField(System.class, "err").check(CLASSES);
  }

  private static ArchCondition<JavaMethod> notMentionMina() {
    return new ArchCondition<>("not mention MINA types") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean mentions =
            Stream.concat(
                    Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                .map(JavaClass::getPackageName)
                .anyMatch(name -> name.startsWith("org.apache.sshd"));
        if (mentions && !method.getModifiers().contains(JavaModifier.SYNTHETIC)) {
          events.add(SimpleConditionEvent.violated(method, method.getFullName()));
        }
      }
    };
  }
}
