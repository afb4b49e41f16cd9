/** What every resource shares: bodies, problem documents, routes beside the resources. */
@NullMarked
package io.sluice.api.http;

import org.jspecify.annotations.NullMarked;
