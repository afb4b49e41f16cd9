package io.sluice.worker.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.documents.Passage;
import io.sluice.documents.PassageConsumer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Passages of a document in a temporary file, between their reading and the transaction that writes them: not all fit into the memory. */
record PassageFile(Path path) {

    /** Writes passages, one after the other. */
    static final class Writer implements PassageConsumer<IOException>, AutoCloseable {

        private final Runnable progress;
        private final DataOutputStream output;

        /** @param progress told with each passage, and where there is none for long */
        Writer(PassageFile file, Runnable progress) throws IOException {
            this.progress = progress;
            output = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file.path)));
        }

        @Override
        public void goesOn() {
            progress.run();
        }

        @Override
        public void accept(Passage passage) throws IOException {
            progress.run();
            output.writeInt(passage.page().orElse(0));
            output.writeInt(passage.headings().size());
            for (String heading : passage.headings()) {
                output.writeUTF(storable(heading));
            }
            output.writeUTF(storable(passage.text()));
        }

        /** PostgreSQL takes no U+0000, and UTF-8 has no half of a surrogate pair. */
        private static String storable(String text) {
            return new String(text.getBytes(UTF_8), UTF_8).replace('\0', ' ');
        }

        @Override
        public void close() throws IOException {
            output.close();
        }
    }

    /** Reads passages, some at a time. */
    static final class Reader implements AutoCloseable {

        private final DataInputStream input;
        private final int count;
        private int read;

        /** @param count number of passages in the file */
        Reader(PassageFile file, int count) throws IOException {
            input = new DataInputStream(new BufferedInputStream(Files.newInputStream(file.path)));
            this.count = count;
        }

        /** The next ones; none at the end. */
        List<Passage> next(int most) throws IOException {
            List<Passage> passages = new ArrayList<>();
            while (passages.size() < most && read < count) {
                passages.add(passage());
            }
            return passages;
        }

        private Passage passage() throws IOException {
            int page = input.readInt();
            int depth = input.readInt();
            List<String> headings = new ArrayList<>();
            for (int i = 0; i < depth; i++) {
                headings.add(input.readUTF());
            }
            OptionalInt onPage = page == 0 ? OptionalInt.empty() : OptionalInt.of(page);
            return new Passage(read++, onPage, headings, input.readUTF());
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }
}
