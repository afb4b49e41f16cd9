/** JSON as bytes: checked and sliced, never re-serialized. */
@NullMarked
package io.sluice.contract.json;

import org.jspecify.annotations.NullMarked;
