/** Certificate of the server, replaced without a restart. */
@NullMarked
package io.sluice.api.http.tls;

import org.jspecify.annotations.NullMarked;
