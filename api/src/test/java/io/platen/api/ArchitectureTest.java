package io.platen.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The module directions, the pure core, and the traps that cost a day. */
final class ArchitectureTest {
    private static final JavaClasses PLATEN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.platen");

    @Test
    void looksAtEveryModule() {
        assertThat(PLATEN.contain("io.platen.printer.PrinterConnection")).isTrue();
        assertThat(PLATEN.contain("io.platen.persistence.document.DocumentStore"))
                .isTrue();
        assertThat(PLATEN.contain("io.platen.spooler.queue.PrintQueue")).isTrue();
    }

    @Test
    void printersAndPersistenceDoNotKnowEachOtherNorAnythingAbove() {
        noClasses()
                .that()
                .resideInAPackage("io.platen.printer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.platen.persistence..",
                        "io.platen.spooler..",
                        "io.platen.api..",
                        "akka.http..",
                        "akka.persistence..")
                .check(PLATEN);
        noClasses()
                .that()
                .resideInAPackage("io.platen.persistence..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.platen.printer..", "io.platen.spooler..", "io.platen.api..", "akka.http..")
                .check(PLATEN);
    }

    @Test
    void spoolerKnowsNothingOfHttp() {
        noClasses()
                .that()
                .resideInAPackage("io.platen.spooler..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.platen.api..", "akka.http..")
                .check(PLATEN);
    }

    @Test
    void coreIsPure() {
        noClasses()
                .that()
                .resideInAnyPackage("io.platen.spooler.job..", "io.platen.printer.diagnosis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "akka..", "java.nio.file..", "java.nio.channels..", "java.util.concurrent..", "io.netty..")
                .check(PLATEN);
        noClasses()
                .that()
                .resideInAPackage("io.platen.spooler.job..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(PLATEN);
    }

    @Test
    void kernelIsAskedInTwoPlacesOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.platen.printer.transport..", "io.platen.api.host..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(PLATEN);
    }

    @Test
    void nettyStaysBehindTheTransport() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.platen.printer.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(PLATEN);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.platen.(*)..").should().beFreeOfCycles().check(PLATEN);
        slices().matching("io.platen.printer.(*)..").should().beFreeOfCycles().check(PLATEN);
        slices().matching("io.platen.api.(*)..").should().beFreeOfCycles().check(PLATEN);
    }

    /** The door of the spooler, which is its root package, included. */
    @Test
    void packagesOfTheSpoolerHaveNoCycles() {
        JavaClasses spooler = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.platen.spooler");
        slices().matching("io.platen.(**)").should().beFreeOfCycles().check(spooler);
    }

    @Test
    void coreKnowsNoStorageFormat() {
        noClasses()
                .that()
                .resideInAPackage("io.platen.spooler.job..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..")
                .check(PLATEN);
    }

    /** On few cores Akka's completion stages may start a thread for each callback that names no executor. */
    @Test
    void callbacksNameTheirExecutor() {
        Pattern withoutExecutor =
                Pattern.compile("then(Apply|Compose|Accept|Run|Combine)|whenComplete|handle|exceptionally");
        noClasses()
                .should()
                .callMethodWhere(new DescribedPredicate<>("a callback without an executor") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return call.getTargetOwner().isAssignableTo(CompletionStage.class)
                                && withoutExecutor.matcher(call.getName()).matches();
                    }
                })
                .check(PLATEN);
    }
}
