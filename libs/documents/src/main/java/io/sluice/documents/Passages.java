package io.sluice.documents;

import io.sluice.documents.UnreadableDocumentException.Reason;
import io.sluice.text.Sentences;
import java.util.List;
import java.util.OptionalInt;

/** Makes passages of the text of a document: sentences are put together until they have the size of one. */
final class Passages<E extends Exception> implements TextSink<E> {

    /** Words of a passage, which retrieval was found to be best with. */
    static final int WORDS = 85;

    /** Words up to which one sentence more is taken into a passage that would be small without it. */
    static final int MAX_WORDS = 110;

    /**
     * Most passages of a document, which are written in one transaction. Sentences of the longest text make 50,000, and 140,000 where scripts have no
     * spaces; what makes more is a heading for each word, or the like.
     */
    static final int MAX_PASSAGES = 150_000;

    private static final int FEW_WORDS = 40;

    /** Length from which the ended sentences of a paragraph under way are taken. */
    private static final int LONG_PARAGRAPH = 8_000;

    /** Characters of a sentence that decide on its first cut, and more. */
    private static final int CUT_FROM = 2 * Passage.MAX_LENGTH;

    private final PassageConsumer<E> consumer;
    private final PassageSize size;
    private final Budget budget;
    private final HeadingPath headings = new HeadingPath();
    private final Paragraph paragraph = new Paragraph();

    /** Separator of the next sentence of the paragraph from what is before it. */
    private String separator = "\n";

    private final StringBuilder text = new StringBuilder();
    private int words;
    private boolean headingsAlone = true;
    private int page;
    private int pageUnderWay;
    private List<String> path = List.of();
    private int ordinal;

    Passages(PassageSize size, Budget budget, PassageConsumer<E> consumer) {
        this.size = size;
        this.budget = budget;
        this.consumer = consumer;
    }

    /** Passages that were handed out. */
    int count() {
        return ordinal;
    }

    @Override
    public void page(int number) throws E {
        consumer.goesOn();
        pageUnderWay = number;
        takeSentences(false);
        paragraph.page(number);
    }

    @Override
    public void heading(int level, String heading) throws E {
        endParagraph();
        if (heading.isEmpty()) {
            return;
        }
        if (!headingsAlone || !headings.isBelowLast(level)) {
            endPassage();
        }
        String line = heading.replace('\n', ' ');
        headings.enter(level, line);
        add(line, "\n", pageUnderWay, true);
    }

    @Override
    public void line(String line, boolean wrapped) throws E {
        paragraph.append(line, wrapped);
        if (paragraph.text().length() > LONG_PARAGRAPH) {
            takeSentences(false);
        }
    }

    @Override
    public void endParagraph() throws E {
        takeSentences(true);
    }

    void end() throws E {
        endParagraph();
        endPassage();
    }

    /** Adds the sentences of the paragraph, and the last one only if it is whole: the next line may go on with it, or with its number. */
    private void takeSentences(boolean whole) throws E {
        CharSequence open = paragraph.text();
        int start = 0;
        while (start < open.length()) {
            int end = Sentences.end(open, start);
            if (end == open.length() && !whole && open.length() - start <= LONG_PARAGRAPH) {
                break;
            }
            String sentence = open.subSequence(start, end).toString();
            add(sentence, separator, paragraph.pageAt(start), false);
            separator = sentence.endsWith("\n") ? "\n" : end < open.length() && open.charAt(end) == ' ' ? " " : "";
            start = end;
        }
        paragraph.remove(start);
        if (whole) {
            separator = "\n";
        }
    }

    private void add(String sentence, String behind, int onPage, boolean heading) throws E {
        budget.checkAtTimes();
        if (!text.isEmpty() && page != onPage) {
            endPassage();
        }
        String rest = cutWhileLong(sentence.strip(), onPage, heading);
        if (rest.isEmpty()) {
            return;
        }
        int count = Words.count(rest);
        if (!text.isEmpty() && !fits(text + behind + rest, words + count)) {
            endPassage();
        }
        while (text.isEmpty() && !fits(rest, count)) {
            rest = rest.substring(cut(rest, onPage, heading)).strip();
            count = Words.count(rest);
        }
        if (!rest.isEmpty()) {
            append(rest, behind, onPage, heading, count);
        }
    }

    /** Cuts a sentence, or a heading, until it is not much longer than a passage, and looks at none of it twice: it may be the whole document. */
    private String cutWhileLong(String sentence, int onPage, boolean heading) throws E {
        int start = 0;
        while (sentence.length() - start > CUT_FROM) {
            endPassage();
            start += cut(sentence.substring(start, start + CUT_FROM), onPage, heading);
            while (start < sentence.length() && Character.isWhitespace(sentence.charAt(start))) {
                start++;
            }
        }
        return sentence.substring(start);
    }

    /** Makes a passage of the beginning of a text, and returns its length. */
    private int cut(String beginning, int onPage, boolean heading) throws E {
        budget.check();
        int end = Cut.end(beginning, size);
        append(beginning.substring(0, end).strip(), "", onPage, heading, WORDS);
        endPassage();
        return end;
    }

    private boolean fits(String candidate, int count) {
        int most = words < FEW_WORDS ? MAX_WORDS : WORDS;
        return count <= most && candidate.length() <= Passage.MAX_LENGTH && size.allows(candidate);
    }

    private void append(String sentence, String behind, int onPage, boolean heading, int count) {
        if (text.isEmpty()) {
            page = onPage;
            path = headings.nearest();
            headingsAlone = true;
        } else {
            text.append(behind);
        }
        text.append(sentence);
        words += count;
        if (heading) {
            path = headings.nearest();
        }
        headingsAlone &= heading;
    }

    private void endPassage() throws E {
        if (text.isEmpty()) {
            return;
        }
        if (ordinal == MAX_PASSAGES) {
            budget.exceed(Reason.TOO_LARGE);
        }
        String passage = text.toString();
        text.setLength(0);
        words = 0;
        headingsAlone = true;
        consumer.accept(new Passage(ordinal, page == 0 ? OptionalInt.empty() : OptionalInt.of(page), path, passage));
        ordinal++;
    }
}
