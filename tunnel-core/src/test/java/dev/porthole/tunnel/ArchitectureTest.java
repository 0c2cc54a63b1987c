package dev.porthole.tunnel;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the packages of this module may know, and what the event loop may not do. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.porthole.tunnel");

  private static final Set<String> BLOCKING =
      Set.of(
          "get",
          "join",
          "sync",
          "syncUninterruptibly",
          "await",
          "awaitUninterruptibly",
          "take",
          "sleep");

  @Test
  void minaIsNowhere() {
    assertThat(CLASSES).isNotEmpty();
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.sshd..", "net.i2p..")
        .check(CLASSES);
  }

  @Test
  void wordsOfTheLibraryNeedNothingButTheJdk() {
    classes()
        .that()
        .resideInAPackage("dev.porthole.tunnel")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.porthole.tunnel", "java..", "org.jspecify.annotations")
        .check(CLASSES);
  }

  /** Every package may use the words; beyond that, arrows go one way. */
  @Test
  void packagesFormNoCycle() {
    slices()
        .matching("dev.porthole.tunnel.(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(alwaysTrue(), resideInAPackage("dev.porthole.tunnel"))
        .check(CLASSES);
  }

  @Test
  void onlyTheConnectPackageKnowsAllOthers() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.porthole.tunnel.connect")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.porthole.tunnel.connect")
        .check(CLASSES);
  }

  @Test
  void dialectsDoNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.porthole.tunnel.relay", "dev.porthole.tunnel.text")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "java.io", "java.nio.file..", "java.nio.channels..")
        .check(CLASSES);
  }

  @Test
  void nothingThatRunsOnTheLoopWaits() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.porthole.tunnel.visit", "dev.porthole.tunnel.dial")
        .should()
        .callMethodWhere(waits())
        .check(CLASSES);
  }

  @Test
  void theLibraryNeverTouchesStandardStreams() {
    noClasses().should().accessField(System.class, "out").check(CLASSES);
    noClasses().should().accessField(System.class, "err").check(CLASSES);
  }

  private static DescribedPredicate<JavaCall<?>> waits() {
    return new DescribedPredicate<>("wait for a future, a lock or a queue") {
      @Override
      public boolean test(JavaCall<?> call) {
        return BLOCKING.contains(call.getName()) && canBlock(call.getTargetOwner());
      }
    };
  }

  private static boolean canBlock(JavaClass owner) {
    return owner.isAssignableTo(java.util.concurrent.Future.class)
        || owner.isAssignableTo(java.util.concurrent.BlockingQueue.class)
        || owner.isAssignableTo(java.util.concurrent.CountDownLatch.class)
        || owner.isAssignableTo(java.util.concurrent.locks.Condition.class)
        || owner.isEquivalentTo(Thread.class);
  }
}
