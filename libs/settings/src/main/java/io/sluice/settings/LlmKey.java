package io.sluice.settings;

import java.util.Optional;

/** Key of a provider of language models. Nothing of it is in a message, or in {@link #toString()}. */
public final class LlmKey {

    private static final Check FORM = new Check.Credential("the key");

    private final Optional<String> value;
    private final Optional<String> file;

    LlmKey(Optional<String> value, Optional<String> file) {
        this.value = value;
        this.file = file;
    }

    /** @throws IllegalArgumentException if the file at the path holds no key, or cannot be read */
    static void check(String path) {
        read(path);
    }

    /**
     * Key as it is now: where it is in a file, that may hold another one the next time.
     *
     * @return empty if the provider needs none
     * @throws IllegalArgumentException if the file that holds it cannot be read any more, or holds none
     */
    public Optional<String> value() {
        return value.or(() -> file.map(LlmKey::read));
    }

    /** True if there is a key. */
    boolean isSet() {
        return value.isPresent() || file.isPresent();
    }

    private static String read(String path) {
        String key = new MountedFile(path).text().strip();
        String fault = FORM.fault(key);
        if (fault != null) {
            throw new IllegalArgumentException("what is in the file " + fault);
        }
        return key;
    }

    @Override
    public String toString() {
        return isSet() ? "(a key)" : "(no key)";
    }
}
