/** Lists a page at a time: query parameters, cursors, links. */
@NullMarked
package io.sluice.api.http.paging;

import org.jspecify.annotations.NullMarked;
