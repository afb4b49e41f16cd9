package io.sluice.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageKeyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "/a/b",
                "a/b/",
                "a//b",
                "../b",
                "a/../b",
                "a/..",
                "./a",
                "a/.",
                "a/.tmp",
                ".tmp/a",
                "a\\b/c",
                "C:/a",
                "a/B",
                "a/b c",
                "a/b\n",
                "a/b\u0000",
                "a/é",
                "a/%2e%2e",
                "~/a"
            })
    void whatCouldLeadElsewhereIsNoKey(String text) {
        assertThatThrownBy(() -> new StorageKey(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(StorageKey.isKey(text)).isFalse();
    }

    @Test
    void keysHaveABound() {
        assertThatThrownBy(() -> new StorageKey("a/" + "b".repeat(101))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StorageKey("a/b".repeat(167))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "../../etc", "", "https://login.example.com/|größer"})
    void anOwnerIsNotReadInTheKeyAndHasAFolder(String owner) {
        // When
        String key = StorageKey.unique("prod", owner).value();
        String other = StorageKey.unique("prod", owner).value();

        // Then
        assertThat(key).matches("prod/[0-9a-f]{32}/[0-9a-f-]{36}").isNotEqualTo(other);
        assertThat(key.substring(0, 37)).isEqualTo(other.substring(0, 37));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "..", "a/..", "a/", ".tmp"})
    void foldersLeadNowhereElse(String folder) {
        assertThatThrownBy(() -> StorageKey.requireFolder(folder)).isInstanceOf(IllegalArgumentException.class);
    }
}
