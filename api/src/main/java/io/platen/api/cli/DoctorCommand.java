package io.platen.api.cli;

import io.platen.api.host.Doctor;
import io.platen.api.host.HostSetting;
import io.platen.api.host.HostSetting.Rating;
import io.platen.api.server.StartException;
import io.platen.api.wire.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./platen doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Compares this host's TCP settings, ports, limits, disk and clock with what Platen needs.",
        footer = {"", "Exit code: 0 when no setting will hurt, 1 when one will."})
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    public Integer call() throws StartException {
        var settings = server.settings();
        List<HostSetting> found = Doctor.examine(settings.dataDirectory(), settings.freeSpaceReserveBytes());
        long hurting = count(found, Rating.HURTS);
        if (json) {
            Terminal.OUT.println(Json.pretty(Map.of("settings", found, "hurting", hurting)));
        } else {
            print(found, hurting);
        }
        return hurting == 0 ? Terminal.DONE : Terminal.FAILED;
    }

    private static void print(List<HostSetting> found, long hurting) {
        var table = new Table("VERDICT", "SETTING", "VALUE", "PLATEN NEEDS");
        for (HostSetting setting : found) {
            table.row(
                    setting.verdict().keyword().toUpperCase(Locale.ROOT),
                    setting.name(),
                    Objects.requireNonNullElse(setting.value(), "-"),
                    setting.needs());
        }
        table.print(Terminal.OUT);
        if (found.stream().anyMatch(setting -> setting.change() != null)) {
            Terminal.OUT.println();
            Terminal.OUT.println(
                    "What to do (to keep a sysctl, add its line without 'sysctl -w' to /etc/sysctl.d/platen.conf):");
            found.stream()
                    .filter(setting -> setting.change() != null)
                    .forEach(setting -> Terminal.OUT.println("  " + setting.change()));
        }
        Terminal.OUT.println();
        long watch = count(found, Rating.WATCH);
        Terminal.OUT.println(
                hurting == 0
                        ? "No setting will hurt" + (watch == 0 ? "." : "; %d to watch.".formatted(watch))
                        : "%d settings will hurt, %d to watch.".formatted(hurting, watch));
    }

    private static long count(List<HostSetting> found, Rating verdict) {
        return found.stream().filter(setting -> setting.verdict() == verdict).count();
    }
}
