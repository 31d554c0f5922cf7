package io.platen.api.cli;

/** The server refused, or could not be reached; the message is for the user. */
final class ClientException extends RuntimeException {
    ClientException(String message) {
        super(message);
    }

    ClientException(String message, Throwable cause) {
        super(message, cause);
    }
}
