package io.platen.api.security;

/** The credentials are missing or not accepted. The message says why. */
public final class AuthenticationException extends Exception {
    AuthenticationException(String message) {
        super(message, null, false, false);
    }
}
