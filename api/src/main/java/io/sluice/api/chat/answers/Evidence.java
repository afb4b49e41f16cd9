package io.sluice.api.chat.answers;

import io.sluice.api.search.Found;

/** What the documents have on a question. */
record Evidence(Inquiry inquiry, Found found) {}
