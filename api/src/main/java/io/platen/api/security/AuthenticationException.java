package io.platen.api.security;

/** Nobody that we know. */
public final class AuthenticationException extends Exception {
    AuthenticationException(String message) {
        super(message, null, false, false);
    }
}
