/** Requests to providers of language models: connections, timeouts, what is done where a provider fails. */
@NullMarked
package io.sluice.llm.client;

import org.jspecify.annotations.NullMarked;
