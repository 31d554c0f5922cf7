package io.platen.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import io.platen.api.server.ServerSettings.Overrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line goes before the file, the file before the defaults, and nonsense is refused. */
final class ServerSettingsTest {
    @TempDir
    private Path directory;

    @Test
    void commandLineGoesBeforeTheFileAndThatBeforeTheDefaults() throws IOException {
        String file = "platen.http { port = 1111, bind = 10.0.0.9 }";

        ServerSettings settings = read(2222, null, null, file);

        assertThat(settings.port()).isEqualTo(2222);
        assertThat(settings.bind()).isEqualTo("10.0.0.9");
        assertThat(read(null, null, null, "").bind()).isEqualTo("127.0.0.1");
    }

    @Test
    void storesLieInTheDataDirectory() throws IOException {
        Path data = directory.resolve("a/../data");

        ServerSettings settings = read(null, null, data, "");

        Path normal = directory.resolve("data");
        assertThat(settings.dataDirectory()).isEqualTo(normal);
        assertThat(settings.config().getString("platen.persistence.journal.dir"))
                .isEqualTo(normal.resolve("journal").toString());
        assertThat(settings.config().getString("platen.persistence.snapshot-store.dir"))
                .isEqualTo(normal.resolve("snapshots").toString());
    }

    /** Akka ends the phase at its own time, which must leave room to record what is still under way. */
    @Test
    void shutdownPhaseLastsLongerThanThePatience() throws IOException {
        ServerSettings settings = read(null, null, null, "platen.http.drain-patience = 42s");

        assertThat(settings.drainPatience()).isEqualTo(Duration.ofSeconds(42));
        assertThat(settings.config().getDuration("akka.coordinated-shutdown.phases.service-requests-done.timeout"))
                .isGreaterThan(Duration.ofSeconds(42));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "platen.http.prot = 80",
                "platen.htpp.port = 80",
                "platen.spooler.documents.keep = 1d",
                "platen { persistence { journal { groups = 1 } } }",
                "platen.http.port = 65536",
                "platen.http.port = -1",
                "platen.http.port = many",
                "platen.http { port = 80"
            })
    void nonsenseIsRefused(String file) {
        assertThatThrownBy(() -> read(null, null, null, file)).isInstanceOf(ConfigException.class);
    }

    @Test
    void misspeltSettingIsRefusedWithWhatIsKnownThere() {
        assertThatThrownBy(() -> read(null, null, null, "platen.http.events.client = 3"))
                .hasMessageContaining("platen.http.events.client")
                .hasMessageContaining("clients-per-caller");
    }

    @Test
    void missingFileIsRefused() {
        var overrides = new Overrides(null, null, null, directory.resolve("missing.conf"), false);

        assertThatThrownBy(() -> ServerSettings.read(overrides)).isInstanceOf(ConfigException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.9.9.9, true",
        "::1, true",
        "localhost, true",
        "0.0.0.0, false",
        "::, false",
        "10.0.0.9, false"
    })
    void onlyLoopbackAddressesAreThisMachinesAlone(String bind, boolean isLoopback) throws IOException {
        assertThat(read(null, bind, null, "").isLoopback()).isEqualTo(isLoopback);
    }

    @Test
    void scratchServerIsElsewhereAndForgetsNothing() throws IOException {
        ServerSettings scratch = ServerSettings.scratch(
                read(80, "0.0.0.0", directory.resolve("data"), ""), directory.resolve("scratch"));

        assertThat(scratch.isLoopback()).isTrue();
        assertThat(scratch.port()).isZero();
        assertThat(scratch.insecure()).isFalse();
        assertThat(scratch.config().getString("platen.persistence.journal.dir")).contains("scratch");
        assertThat(scratch.config().getInt("platen.spooler.finished-jobs-kept")).isEqualTo(10_000_000);
    }

    private ServerSettings read(@Nullable Integer port, @Nullable String bind, @Nullable Path data, String file)
            throws IOException {
        Path config = Files.writeString(directory.resolve("platen.conf"), file);
        return ServerSettings.read(new Overrides(port, bind, data, config, true));
    }
}
