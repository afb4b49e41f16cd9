package io.sluice.api.security;

import io.quarkus.security.StringPermission;
import io.quarkus.security.identity.SecurityIdentity;

/** Asks for scopes as the framework does: split at the colon. */
final class Scopes {

    private Scopes() {}

    static boolean allows(SecurityIdentity identity, String scope) {
        String[] parts = scope.split(":", 2);
        return identity.checkPermissionBlocking(
                parts.length == 1 ? new StringPermission(parts[0]) : new StringPermission(parts[0], parts[1]));
    }
}
