/** Parts of a request as the RFCs define them: path, lists in headers, percent-encoding, trace, proxies. */
@NullMarked
package io.sluice.api.http.request;

import org.jspecify.annotations.NullMarked;
