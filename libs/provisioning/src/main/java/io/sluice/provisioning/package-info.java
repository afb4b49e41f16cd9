/** Makes what the programs need: the topics and the database schema. */
@NullMarked
package io.sluice.provisioning;

import org.jspecify.annotations.NullMarked;
