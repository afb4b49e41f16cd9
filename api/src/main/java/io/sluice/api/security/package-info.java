/** Authentication of callers, and their scopes. */
@org.jspecify.annotations.NullMarked
package io.sluice.api.security;
