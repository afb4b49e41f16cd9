package io.sluice.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeLibraryTest {

    @Test
    void aMissingLibraryOfCppIsNamedWithItsPackage() {
        // Given
        Throwable failure = new ExceptionInInitializerError(
                new UnsatisfiedLinkError(
                        "/tmp/sluice-onnxruntime/libonnxruntime.so: libstdc++.so.6: cannot open shared object file: No such file or directory"));

        // Then
        assertThat(NativeLibrary.remedy(failure)).contains("libstdc++.so.6 is missing", "package libstdc++6");
    }

    @Test
    void anythingElseIsForTheSystemOrItsTemporaryFolder() {
        assertThat(NativeLibrary.remedy(new UnsatisfiedLinkError("failed to map segment from shared object")))
                .contains("glibc", System.getProperty("java.io.tmpdir"))
                .doesNotContain("libstdc++");
    }
}
