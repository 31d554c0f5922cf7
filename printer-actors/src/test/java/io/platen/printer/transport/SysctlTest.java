package io.platen.printer.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;

/** Kernel settings as sysctl(8) would print them. */
final class SysctlTest {

    @Test
    @EnabledOnOs(value = LINUX, disabledReason = "Only Linux has /proc/sys")
    void valueHasNoLineEndAndOneBlankBetweenItsParts() {
        assertThat(Sysctl.read("kernel.ostype")).contains("Linux");
        assertThat(Sysctl.read("kernel.printk"))
                .hasValueSatisfying(value -> assertThat(value).matches("\\d+ \\d+ \\d+ \\d+"));
    }

    @Test
    void settingThatDoesNotExistIsEmpty() {
        assertThat(Sysctl.read("net.ipv4.no_such_setting")).isEmpty();
    }
}
