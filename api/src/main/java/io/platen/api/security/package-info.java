/** Credentials, roles and permissions, TLS, and the audit log. */
@NullMarked
package io.platen.api.security;

import org.jspecify.annotations.NullMarked;
