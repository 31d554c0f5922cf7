package io.platen.api.cli;

/** A command failed, and the user can mend it; the message is for the user. */
final class ClientException extends RuntimeException {
    ClientException(String message) {
        super(message);
    }

    ClientException(String message, Throwable cause) {
        super(message, cause);
    }
}
