package io.sluice.api.chat.answers;

import io.sluice.api.search.Found;

/** Passages of the documents on a question. */
record Evidence(Inquiry inquiry, Found found) {}
