/** Who the caller is, and what it may do. */
@org.jspecify.annotations.NullMarked
package io.sluice.api.security;
