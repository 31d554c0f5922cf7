package io.platen.api.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.platen.api.host.HostSetting.Rating;
import io.platen.printer.transport.Sysctl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class DoctorTest {
    @TempDir
    Path data;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc/sys")
    void readsThisHostAndLeavesNothingBehind() throws Exception {
        List<HostSetting> found = Doctor.examine(data.resolve("not/there/yet"), 1);

        assertThat(found)
                .extracting(HostSetting::name)
                .contains("net.ipv4.ip_local_port_range", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_retries2")
                .anyMatch(name -> name.startsWith("disk free"))
                .anyMatch(name -> name.startsWith("open files"));
        assertThat(setting(found, "net.ipv4.ip_local_port_range").value()).contains("ports");
        try (var files = Files.list(data)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void diskWithoutRoomHurtsAndSaysWhatToDo() {
        var disk = setting(Doctor.examine(data, Long.MAX_VALUE / 4), "disk free at " + data);

        assertThat(disk.verdict()).isEqualTo(Rating.HURTS);
        assertThat(disk.change()).contains("make room");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc/sys")
    void settingsAreReadWhole() {
        assertThat(Sysctl.read("net.ipv4.ip_local_port_range").orElseThrow()).matches("\\d{4,5} \\d{4,5}");
        assertThat(HostSettings.read()).containsKeys("os", "java", "net.ipv4.tcp_keepalive_time");
    }

    private static HostSetting setting(List<HostSetting> found, String name) {
        return found.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
