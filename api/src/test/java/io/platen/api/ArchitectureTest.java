package io.platen.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The module directions, the pure core, and the traps that cost a day. */
final class ArchitectureTest {
    private static final JavaClasses PLATEN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.platen");

    /** By simple name: each is used once. */
    private static final Set<String> BLOCKING = Set.of(
            // The stores, on their own threads.
            "Database",
            "Directories",
            "DocumentArchive",
            "DocumentStore",
            "DocumentWriter",
            "FailureStore",
            "FileSnapshotStore",
            "FreeSpace",
            "JournalAudit",
            "JournalCopy",
            "JournalFiles",
            "JournalStore",
            "LogFile",
            "Manifest",
            "NativeLibrary",
            "OwnerOnly",
            "PrivateFile",
            "SegmentFile",
            "Segments",
            "SnapshotFiles",
            "StreamIndex",
            "TableFile",
            // Printers' names and the kernel's tables, and the simulator's own files.
            "Intake",
            "PrinterNames",
            "Sysctl",
            "TcpInfoTable",
            // The server, at its start and where it goes by files of its own.
            "AuditLog",
            "CallbackPlaces",
            "EvidenceZip",
            "JwtVerifier",
            "LinesFromTheEnd",
            "OpenSockets",
            "Server",
            "ServerSettings",
            "Tls",
            "TokenFile",
            "WebhookSecret",
            "Webhooks",
            // Swagger UI in its jar.
            "DocsRoutes",
            // The command line and its tools.
            "Backup",
            "DemoCommand",
            "Doctor",
            "JournalCommand",
            "JournalImport",
            "JournalReplayCommand",
            "PlatenClient",
            "RecordedHistory",
            "Rehearsal",
            "Replay",
            "ServerOptions");

    /** What of them routes need, and who asks for it there, each through OnDisk or on threads for credentials. */
    private static final Map<String, Set<String>> ASKED_BY_ROUTES = Map.of(
            "AuditLog.latest", Set.of("AuditRoutes"),
            "Authenticator.authenticate", Set.of("Admissions", "WatcherCredentials"),
            "DocumentStore.exists", Set.of(),
            "EvidenceZip.write", Set.of("FailureRoutes"),
            "FreeSpace.require", Set.of("UploadRoom"),
            "FreeSpace.allowsEventsNow", Set.of(),
            "ServerMetrics.text", Set.of("Api"),
            "Spooler.failureFolder", Set.of("FailureRoutes"),
            "Spooler.keepsDocument", Set.of("KeptDocuments"));

    @Test
    void looksAtEveryModule() {
        assertThat(PLATEN.contain("io.platen.printer.connection.PrinterConnection"))
                .isTrue();
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
        slices().matching("io.platen.(**)").should().beFreeOfCycles().check(PLATEN);
    }

    /**
     * Whoever looks at a disk, {@code /proc}, a jar or a name server may wait for it. The few classes that do are named
     * here, and so is who calls them: a route asks through {@link io.platen.api.http.request.OnDisk}.
     */
    @Test
    void onlyTheseClassesBlock() {
        noClasses()
                .that(new DescribedPredicate<>("are not known to block") {
                    @Override
                    public boolean test(JavaClass any) {
                        return !BLOCKING.contains(topLevel(any));
                    }
                })
                .should()
                .callCodeUnitWhere(new DescribedPredicate<>("a call that may block") {
                    @Override
                    public boolean test(JavaCall<?> call) {
                        return mayBlock(call);
                    }
                })
                .check(PLATEN);
    }

    @Test
    void routesAskTheDiskInAFewPlacesOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.platen.api.http..")
                .should()
                .callMethodWhere(new DescribedPredicate<>("a question that blocks, not known of this class") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        var asking = ASKED_BY_ROUTES.get(topLevel(call.getTargetOwner()) + "." + call.getName());
                        return asking != null && !asking.contains(topLevel(call.getOriginOwner()));
                    }
                })
                .check(PLATEN);
    }

    private static String topLevel(JavaClass any) {
        String name = any.getName().substring(any.getPackageName().length() + 1);
        return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
    }

    private static boolean mayBlock(JavaCall<?> call) {
        String owner = call.getTargetOwner().getName();
        String name = call.getName();
        return owner.equals("java.nio.file.Files")
                || owner.equals("java.nio.file.FileStore")
                || owner.equals("java.nio.channels.FileChannel")
                || owner.equals("java.io.RandomAccessFile")
                || owner.matches("java\\.io\\.File(InputStream|OutputStream|Reader|Writer)")
                || owner.equals("akka.stream.javadsl.FileIO")
                || (owner.equals("java.io.File") && !name.equals("<init>") && !name.equals("toPath"))
                || (owner.matches("java\\.lang\\.Class(Loader)?") && name.startsWith("getResource"))
                || (owner.equals("java.net.InetAddress") && name.matches("get(All)?ByName"));
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
