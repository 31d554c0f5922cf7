package io.platen.printer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Java tells the number of a socket error only in the C library's words. */
final class ErrnoTest {

    /** As NIO, java.net and Netty's epoll say it on Linux, macOS and Windows. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Connection refused                                                        | ECONNREFUSED
            Connection refused: no further information                                | ECONNREFUSED
            finishConnect(..) failed: Connection refused                              | ECONNREFUSED
            No route to host                                                          | EHOSTUNREACH
            finishConnect(..) failed: No route to host: /10.0.0.5:9100                | EHOSTUNREACH
            Network is unreachable                                                    | ENETUNREACH
            Network is down                                                           | ENETDOWN
            Connection timed out                                                      | ETIMEDOUT
            Connect timed out                                                         | ETIMEDOUT
            recvAddress(..) failed: Operation timed out                               | ETIMEDOUT
            Cannot assign requested address                                           | EADDRNOTAVAIL
            Can't assign requested address                                            | EADDRNOTAVAIL
            Connection reset by peer                                                  | ECONNRESET
            Connection reset                                                          | ECONNRESET
            An existing connection was forcibly closed by the remote host             | ECONNRESET
            Software caused connection abort                                          | ECONNABORTED
            An established connection was aborted by the software in your host machine | ECONNABORTED
            Broken pipe                                                               | EPIPE
            Too many open files                                                       | EMFILE
            Permission denied                                                         | EACCES
            the printer is on fire                                                    |
            """)
    void isReadFromWhatExceptionsSay(String message, @Nullable Errno errno) {
        assertThat(Errno.of(new IOException(message))).isEqualTo(errno);
        assertThat(Errno.of(new RuntimeException("wrapped", new SocketException(message))))
                .isEqualTo(errno);
    }

    @Test
    void typeOfAnExceptionCountsWhereItSaysNothing() {
        assertThat(Errno.of(new ConnectException())).isEqualTo(Errno.ECONNREFUSED);
        assertThat(Errno.of(new NoRouteToHostException())).isEqualTo(Errno.EHOSTUNREACH);
        assertThat(Errno.of(new PortUnreachableException())).isEqualTo(Errno.ECONNREFUSED);
        assertThat(Errno.of(new UnknownHostException("printer-1"))).isNull();
        assertThat(Errno.of(null)).isNull();
    }

    @Test
    void nameThatDoesNotResolveIsNoRefusal() {
        var failure = new ConnectException();
        failure.initCause(new UnknownHostException());

        assertThat(Errno.of(failure)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void isKnownAgainInItsOwnException(Errno errno) {
        assertThat(Errno.of(errno.exception())).isEqualTo(errno);
    }

    /** As Linux numbers them in asm-generic/errno.h. */
    @ParameterizedTest
    @CsvSource({
        "13, EACCES",
        "24, EMFILE",
        "32, EPIPE",
        "99, EADDRNOTAVAIL",
        "100, ENETDOWN",
        "101, ENETUNREACH",
        "103, ECONNABORTED",
        "104, ECONNRESET",
        "110, ETIMEDOUT",
        "111, ECONNREFUSED",
        "113, EHOSTUNREACH",
        "0,",
        "-1,",
        "102,"
    })
    void isReadFromLinuxNumbers(int number, @Nullable Errno errno) {
        assertThat(Errno.ofLinux(number)).isEqualTo(errno);
    }

    @ParameterizedTest
    @CsvSource({
        "ECONNRESET, reset",
        "EPIPE, reset",
        "ECONNABORTED, reset",
        "ETIMEDOUT, loss",
        "EHOSTUNREACH, loss",
        "ENETUNREACH, loss",
        "ENETDOWN, loss",
        "ECONNREFUSED, neither",
        "EADDRNOTAVAIL, neither",
        "EMFILE, neither",
        "EACCES, neither"
    })
    void saysThatThePeerResetOrThatThePathWasLost(Errno errno, String what) {
        assertThat(errno.isReset()).isEqualTo(what.equals("reset"));
        assertThat(errno.isLossOfPath()).isEqualTo(what.equals("loss"));
    }
}
