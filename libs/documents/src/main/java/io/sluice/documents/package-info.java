/**
 * Documents that are read into passages; nothing here is about requests, rows, jobs or models.
 *
 * <p>PDFBox logs what it finds in documents: a program switches the categories {@code org.apache.pdfbox} and
 * {@code org.apache.fontbox} off.
 */
@NullMarked
package io.sluice.documents;

import org.jspecify.annotations.NullMarked;
