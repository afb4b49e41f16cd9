package io.sluice.api.chat.answers;

import io.sluice.api.search.Found;

/** Passages of the documents on a question. */
record Evidence(AnswerRequest request, Found found) {}
