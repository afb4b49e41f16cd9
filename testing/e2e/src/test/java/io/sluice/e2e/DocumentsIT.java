package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.e2e.Client.Answer;
import io.sluice.testkit.PdfFile;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A user with a document: uploads it, reads its passages, replaces, shares and deletes it. */
class DocumentsIT {

    private static final String PATH = "/api/v1/documents";

    private final Client client = Sluice.client();

    /** Other bytes in each run: the same would be the document of the run before. */
    private final String dose = "Dose " + UUID.randomUUID();

    @Test
    void aDocumentIsUploadedReadReplacedAndDeleted() {
        // When
        byte[] pdf = PdfFile.of("Read this first.", dose + " is one tablet a day.");
        Answer uploaded = client.upload(PATH, "dos\u00e9.pdf", "application/pdf", pdf);

        // Then
        assertThat(uploaded.status()).as(uploaded.text()).isIn(200, 202);
        String document = uploaded.header("Location");
        JsonNode read = client.get(document, "Prefer", "wait=20").json();
        assertThat(read.path("status").textValue()).as(read.toString()).isEqualTo("ready");
        assertThat(read.path("name").textValue()).isEqualTo("dos\u00e9.pdf");
        assertThat(read.path("pages").intValue()).isEqualTo(2);
        JsonNode passages = client.get(document + "/passages").json().path("items");
        assertThat(passages).hasSize(read.path("passages").intValue());
        JsonNode second = passages.path(1);
        assertThat(second.path("page").intValue()).isEqualTo(2);
        assertThat(second.path("text").textValue()).isEqualTo(dose + " is one tablet a day.");
        Answer content = client.get(document + "/content");
        assertThat(content.header("Content-Disposition")).isEqualTo("attachment; filename*=UTF-8''dos%C3%A9.pdf");

        // When
        byte[] other = ("# Doses\n\n" + dose + " is two tablets a day.\n").getBytes(UTF_8);
        Answer replaced = client.send("PUT", document, other, "Content-Type", "text/markdown", "Prefer", "wait=20");

        // Then
        assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
        JsonNode now = client.get(document + "/passages").json().path("items");
        assertThat(now).hasSize(1);
        assertThat(now.path(0).path("text").textValue()).contains("two tablets");
        assertThat(now.path(0).path("heading").textValue()).isEqualTo("Doses");
        assertThat(now.path(0).path("id").longValue())
                .isGreaterThan(second.path("id").longValue());

        // When
        assertThat(client.send("DELETE", document).status()).isEqualTo(204);

        // Then
        for (String part : List.of("", "/passages", "/content")) {
            assertThat(client.get(document + part).status()).as(part).isEqualTo(404);
        }
        await().until(
                        () -> client.types(uploaded.id()),
                        List.of(
                                "document.uploaded",
                                "document.ready",
                                "document.replaced",
                                "document.ready",
                                "document.deleted")::equals);
    }

    @Test
    void whatCannotBeReadSaysWhy() {
        // When
        byte[] damaged = ("%PDF-1.7 " + dose).getBytes(UTF_8);
        Answer uploaded = client.send("POST", PATH, damaged, "Content-Type", "application/pdf", "Prefer", "wait=20");

        // Then
        JsonNode read =
                client.get(uploaded.header("Location"), "Prefer", "wait=20").json();
        assertThat(read.path("status").textValue()).isEqualTo("failed");
        assertThat(read.at("/reason/code").textValue()).isEqualTo("damaged");
        assertThat(read.at("/reason/detail").textValue()).startsWith("The document is damaged");
        assertThat(client.get(uploaded.header("Location") + "/passages").status())
                .isEqualTo(404);
    }
}
