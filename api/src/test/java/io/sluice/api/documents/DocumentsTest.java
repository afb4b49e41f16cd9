package io.sluice.api.documents;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.api.database.Sql;
import io.sluice.api.database.Texts;
import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.api.storage.ObjectStorage;
import io.sluice.storage.ListedObject;
import io.sluice.storage.StorageKey;
import io.sluice.testkit.SluiceServers;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents of one caller, from their upload to their end, with what the worker would write. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class DocumentsTest {

    private static final String PATH = "/api/v1/documents";
    private static final UUID ID = UUID.fromString("019b7ca9-8f2e-7d42-9b6a-5e8f2c4d1b02");
    private static final String DOCUMENT = PATH + "/" + ID;

    private final ReadDocuments documents;
    private final StoredDeadLetters tables;
    private final Sql sql;
    private final ObjectStorage storage;

    DocumentsTest(ReadDocuments documents, StoredDeadLetters tables, Sql sql, ObjectStorage storage) {
        this.documents = documents;
        this.tables = tables;
        this.sql = sql;
        this.storage = storage;
    }

    @BeforeEach
    void deleteAll() throws IOException {
        tables.execute("delete from documents");
        tables.execute("delete from outbox");
        for (String key : stored()) {
            storage.open().delete(new StorageKey(key));
        }
    }

    @Test
    void aDocumentIsTakenAndReadBack() throws Exception {
        // When
        Response uploaded = upload("# Hello", "text/markdown", "name=Greeting.md");

        // Then
        String document = uploaded.then()
                .statusCode(202)
                .header("Location", is(PATH + "/" + uploaded.path("id")))
                .header("ETag", "\"1\"")
                .extract()
                .header("Location");
        Response read = given().get(document);
        assertThat(read.asString()).isEqualTo(uploaded.asString());
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest("# Hello".getBytes(UTF_8));
        read.then()
                .statusCode(200)
                .body("name", is("Greeting.md"))
                .body("mediaType", is("text/markdown"))
                .body("visibility", is("private"))
                .body("status", is("queued"))
                .body("reason", nullValue())
                .body("passages", nullValue())
                .body("bytes", is(7))
                .body("sha256", is(HexFormat.of().formatHex(sha256)))
                .body("revision", is(1))
                .body("version", is(1));
        assertThat(texts("select concat_ws(' ', jobs.type, jobs.state) from jobs join documents on job_id = jobs.id"))
                .containsExactly("document-ingest queued");
        assertThat(events())
                .containsExactly("document.uploaded {\"documentId\":\"%s\",\"version\":1,\"status\":\"queued\"}"
                        .formatted(uploaded.<String>path("id")));
    }

    @Test
    void theSameBytesAreOneDocumentHoweverTheyAreSent() {
        // Given
        String id = upload("hello", "text/plain", "name=a.txt").path("id");

        // When, Then
        given().multiPart("note", "first")
                .multiPart("file", "../../b.html", "hello".getBytes(UTF_8), "text/html")
                .post(PATH + "?visibility=shared")
                .then()
                .statusCode(200)
                .body("id", is(id))
                .body("name", is("a.txt"))
                .body("mediaType", is("text/plain"))
                .body("visibility", is("private"));
    }

    @Test
    void theNameOfAFileInAFormIsTheDocuments() {
        given().multiPart("file", "../../Dosage.md", "hello".getBytes(UTF_8), "application/octet-stream")
                .post(PATH)
                .then()
                .statusCode(202)
                .body("name", is("Dosage.md"))
                .body("mediaType", is("text/markdown"));
    }

    @Test
    void anotherNameDoesNotHideTheExtensionOfTheFile() {
        given().multiPart("file", "dosage.md", "hello".getBytes(UTF_8), "application/octet-stream")
                .post(PATH + "?name=Dosage")
                .then()
                .statusCode(202)
                .body("name", is("Dosage"))
                .body("mediaType", is("text/markdown"));
    }

    @Test
    void aNameThatShowsNothingIsRefused() {
        // Given
        documents.store(ID);

        // When, Then
        for (String name : List.of("", "%20", "folder/", "%E2%80%AE")) {
            upload("hello", "text/plain", "name=" + name)
                    .then()
                    .statusCode(400)
                    .body("violations[0].parameter", is("name"));
            given().contentType("text/plain")
                    .body("hello")
                    .urlEncodingEnabled(false)
                    .put(DOCUMENT + "?name=" + name)
                    .then()
                    .statusCode(400)
                    .body("violations[0].parameter", is("name"));
        }
    }

    @Test
    void anEmptyFileIsRefusedAsSuch() {
        upload("", "text/plain", "").then().statusCode(400).body("detail", containsString("is empty"));
        given().multiPart("file", "a.pdf", new byte[0], "application/pdf")
                .post(PATH)
                .then()
                .statusCode(400)
                .body("detail", containsString("is empty"));
    }

    @Test
    void twentyAtOnceAreOneDocument() throws Exception {
        // Given
        ExecutorService callers = Executors.newFixedThreadPool(20);
        Callable<Response> upload = () -> upload("hello", "text/plain", "name=a.txt");

        // When
        List<Future<Response>> all = callers.invokeAll(Collections.nCopies(20, upload));
        callers.shutdown();

        // Then
        List<Integer> statuses = new ArrayList<>();
        for (Future<Response> each : all) {
            statuses.add(each.get().statusCode());
        }
        assertThat(statuses).containsOnlyOnce(202).containsOnly(200, 202);
        assertThat(stored())
                .isEqualTo(texts("select storage_key from documents"))
                .hasSize(1);
        assertThat(texts("select 1 from jobs join documents on subject = documents.id"))
                .hasSize(1);
        assertThat(events()).hasSize(1);
    }

    @Test
    void whatHasFailedIsToldAndTriedAgain() {
        // Given
        String document = upload("hello", "text/plain", "").header("Location");
        tables.execute("update documents set status = 'failed', reason_code = 'no-text', reason = 'It has no text.'");
        given().get(document)
                .then()
                .body("status", is("failed"))
                .body("reason.code", is("no-text"))
                .body("reason.detail", is("It has no text."));

        // When
        upload("hello", "text/plain", "")
                .then()
                .statusCode(200)
                .header("Location", document)
                .body("status", is("queued"))
                .body("reason", nullValue())
                .body("version", is(2));

        // Then
        assertThat(texts("select state from jobs join documents on subject = documents.id"))
                .containsExactly("queued", "queued");
    }

    @Test
    void passagesAreListedPageByPageOnceItIsReady() {
        // Given
        documents.store(ID);

        // When
        Response first = given().get(DOCUMENT + "/passages?limit=2");

        // Then
        first.then()
                .statusCode(200)
                .body("items.ordinal", is(List.of(1, 2)))
                .body("items.page", is(List.of(1, 1)))
                .body("items[0].heading", nullValue())
                .body("items[1].heading", is("Doses"))
                .body("items.text", is(List.of("Passage 1", "Passage 2")))
                .body("revision", is(1));
        given().get(DOCUMENT + "/passages?limit=2&after=" + first.path("next"))
                .then()
                .body("items.ordinal", is(List.of(3)))
                .body("next", nullValue());
        given().get(DOCUMENT + "/passages?after=3")
                .then()
                .statusCode(200)
                .body("items", empty())
                .body("next", nullValue());

        // When
        tables.execute(
                "update documents set status = 'running', passage_count = null, pages = null, ready_at = null where id = ?",
                ID);

        // Then
        given().get(DOCUMENT + "/passages").then().statusCode(404).body("detail", containsString("no passages yet"));
    }

    @Test
    void bytesAreToBeSavedAndNotShown() {
        // Given
        byte[] html = "<script>alert(1)</script>".getBytes(UTF_8);
        String document = given().contentType("text/html")
                .queryParam("name", "a \u20ac\"b\".html")
                .body(html)
                .post(PATH)
                .header("Location");

        // When
        Response content = given().get(document + "/content");

        // Then
        content.then()
                .statusCode(200)
                .header("Content-Type", "text/html")
                .header("Content-Disposition", "attachment; filename*=UTF-8''a%20%E2%82%AC%22b%22.html")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
        assertThat(content.headers().getValues("Content-Security-Policy")).hasSize(1);
        assertThat(content.asByteArray()).isEqualTo(html);
        given().header("If-None-Match", content.header("ETag"))
                .get(document + "/content")
                .then()
                .statusCode(304);
        given().header("Range", "bytes=1-6")
                .get(document + "/content")
                .then()
                .statusCode(206)
                .header("Content-Disposition", containsString("attachment"))
                .body(is("script"));
    }

    @Test
    void otherBytesReplaceThoseBeforeAtOnce() throws IOException {
        // Given
        documents.store(ID);
        List<String> before = stored();

        // When
        given().contentType("text/plain")
                .body("other")
                .put(DOCUMENT)
                .then()
                .statusCode(202)
                .header("ETag", "\"4\"")
                .body("name", is("read.pdf"))
                .body("mediaType", is("text/plain"))
                .body("status", is("queued"))
                .body("passages", nullValue())
                .body("revision", is(2))
                .body("version", is(4));

        // Then
        assertThat(texts("select 1 from passages")).isEmpty();
        assertThat(texts("select 1 from passage_terms")).isEmpty();
        assertThat(texts("select 1 from passage_vectors")).isEmpty();
        given().get(DOCUMENT + "/passages").then().statusCode(404);
        given().get(DOCUMENT + "/content").then().statusCode(200).body(is("other"));
        assertThat(stored()).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(events())
                .containsExactly(
                        "document.replaced {\"documentId\":\"%s\",\"version\":4,\"status\":\"queued\"}".formatted(ID));
    }

    @Test
    void theSameBytesReplaceNothingThatWasRead() throws IOException {
        // Given
        documents.store(ID);

        // When
        given().contentType("application/pdf")
                .body("%PDF-1.7 read".getBytes(UTF_8))
                .put(DOCUMENT)
                .then()
                .statusCode(200)
                .body("status", is("ready"))
                .body("version", is(3));

        // Then
        assertThat(stored())
                .isEqualTo(texts("select storage_key from documents"))
                .hasSize(1);
        assertThat(texts("select 1 from passages")).hasSize(3);
        assertThat(events()).isEmpty();
    }

    @Test
    void theSameBytesTakeThePlaceOfThoseThatAreLost() throws IOException {
        // Given
        documents.store(ID);
        storage.open().delete(new StorageKey(stored().get(0)));

        // When
        given().contentType("application/pdf")
                .body("%PDF-1.7 read".getBytes(UTF_8))
                .put(DOCUMENT);

        // Then
        given().get(DOCUMENT + "/content").then().statusCode(200).body(is("%PDF-1.7 read"));
    }

    @Test
    void theSameBytesBringTheirName() {
        // Given
        documents.store(ID);

        // When, Then
        given().contentType("application/pdf")
                .body("%PDF-1.7 read".getBytes(UTF_8))
                .put(DOCUMENT + "?name=Doses.pdf")
                .then()
                .statusCode(200)
                .header("ETag", "\"4\"")
                .body("name", is("Doses.pdf"))
                .body("status", is("ready"));
    }

    @Test
    void theSameBytesOfAnotherTypeAreReadAnew() {
        // Given
        String document = upload("# Hello", "text/plain", "").header("Location");

        // When, Then
        given().contentType("text/markdown")
                .body("# Hello")
                .put(document)
                .then()
                .statusCode(202)
                .body("mediaType", is("text/markdown"))
                .body("revision", is(2));
    }

    @Test
    void theSameBytesAreReadAnewIfThoseBeforeAreBeingRead() {
        // Given
        String document = upload("hello", "text/plain", "").header("Location");
        tables.execute("update documents set status = 'running'");

        // When
        given().contentType("text/plain").body("hello").put(document).then().body("status", is("queued"));

        // Then
        assertThat(texts("select 1 from jobs join documents on job_id = jobs.id where jobs.state = 'queued'"))
                .hasSize(1);
    }

    @Test
    void bytesOfAnotherDocumentAreRefused() throws IOException {
        // Given
        documents.store(ID);
        upload("other", "text/plain", "");

        // When
        given().contentType("text/plain")
                .body("other")
                .put(DOCUMENT)
                .then()
                .statusCode(409)
                .body("code", is("duplicate-document"));

        // Then
        given().get(DOCUMENT).then().body("status", is("ready")).body("version", is(3));
        assertThat(stored()).hasSize(2);
    }

    @Test
    void aChangeHasToFindWhatItExpects() throws IOException {
        // Given
        documents.store(ID);
        List<String> before = stored();

        // When, Then
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            given().header("If-Match", "\"2\"")
                    .contentType(method.equals("PATCH") ? "application/merge-patch+json; charset=utf-8" : "text/plain")
                    .body("{}")
                    .request(method, DOCUMENT)
                    .then()
                    .statusCode(412)
                    .header("ETag", "\"3\"");
        }
        assertThat(stored()).isEqualTo(before);
        given().header("If-Match", "\"3\"").delete(DOCUMENT).then().statusCode(204);
    }

    @Test
    void nameAndVisibilityAreChanged() {
        // Given
        documents.store(ID);

        // When, Then
        patch("{\"name\":\"Doses.pdf\",\"visibility\":\"shared\"}")
                .then()
                .statusCode(200)
                .header("ETag", "\"4\"")
                .body("name", is("Doses.pdf"))
                .body("visibility", is("shared"))
                .body("status", is("ready"));
        patch("{\"visibility\":\"shared\"}").then().statusCode(200).body("version", is(4));
        patch("{\"name\":\"a/b\"}").then().statusCode(400).body("violations[0].pointer", is("/name"));
        patch("{\"name\":\"\\ud800\"}").then().statusCode(400).body("violations[0].pointer", is("/name"));
        patch("{\"name\":\"gpj.\\u202efdp\"}").then().statusCode(400).body("violations[0].pointer", is("/name"));
        patch("{\"name\":null,\"visibility\":null}").then().statusCode(400).body("violations.size()", is(2));
        patch("{\"owner\":\"bob\"}").then().statusCode(400).body("violations[0].detail", containsString("unknown"));
    }

    private static Response patch(String json) {
        return given().contentType("application/merge-patch+json; charset=utf-8")
                .body(json)
                .patch(DOCUMENT);
    }

    @Test
    void whatIsSharedIsReadByCallersOfTheIssuerAndChangedByNone() {
        // Given
        documents.store(ID);
        tables.execute("update documents set owner = 'bob', visibility = 'shared'");

        // Then
        for (String path : List.of("", "/passages", "/content")) {
            given().get(DOCUMENT + path).then().statusCode(200);
        }
        given().get(PATH).then().body("items", empty());
        given().delete(DOCUMENT).then().statusCode(404);
        given().contentType("text/plain").body("other").put(DOCUMENT).then().statusCode(404);
        patch("{\"name\":\"mine\"}").then().statusCode(404);

        // When
        tables.execute("update documents set owner = 'https://other.example.com/bob'");

        // Then
        given().get(DOCUMENT).then().statusCode(404);

        // When
        tables.execute("update documents set owner = 'bob', visibility = 'private'");

        // Then
        for (String path : List.of("", "/passages", "/content")) {
            given().get(DOCUMENT + path).then().statusCode(404);
        }
    }

    @Test
    void aDocumentIsDeletedWithAllThatIsOfIt() throws IOException {
        // Given
        documents.store(ID);

        // When
        given().delete(DOCUMENT).then().statusCode(204);

        // Then
        given().get(DOCUMENT).then().statusCode(404);
        given().delete(DOCUMENT).then().statusCode(404);
        assertThat(stored()).isEmpty();
        assertThat(texts("select 1 from passages")).isEmpty();
        assertThat(texts("select 1 from passage_terms")).isEmpty();
        assertThat(texts("select 1 from passage_vectors")).isEmpty();
        assertThat(events())
                .containsExactly(
                        "document.deleted {\"documentId\":\"%s\",\"version\":4,\"status\":\"deleted\"}".formatted(ID));
    }

    @Test
    void bytesThatAreLostAreStoredAnewAndWhatWasReadStays() throws IOException {
        // Given
        documents.store(ID);
        storage.open().delete(new StorageKey(stored().get(0)));
        given().get(DOCUMENT + "/content")
                .then()
                .statusCode(410)
                .body("detail", containsString("Upload the document again"));

        // When
        upload("%PDF-1.7 read", "application/pdf", "").then().statusCode(200).body("status", is("ready"));

        // Then
        given().get(DOCUMENT + "/content").then().statusCode(200);
        assertThat(texts("select 1 from passages")).hasSize(3);
    }

    @Test
    void whoWaitsIsAnsweredOnceItIsReady() {
        // Given
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(() -> given().header("Prefer", "wait=20")
                .contentType("text/plain")
                .body("wait")
                .post(PATH));
        await().until(() ->
                texts("select 1 from documents where status = 'queued'").size() == 1);

        // When
        tables.execute("update documents set status = 'ready', passage_count = 1, version = 3");

        // Then
        answer.join()
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=20")
                .header("ETag", "\"3\"")
                .body("status", is("ready"));
    }

    @Test
    void listsMissAndRepeatNothing() {
        // Given
        for (String text : List.of("a", "b", "c")) {
            upload(text, "text/plain", "name=" + text);
        }

        // When
        Response first = given().get(PATH + "?limit=2&status=queued");

        // Then
        first.then().statusCode(200).body("items.name", is(List.of("c", "b")));
        given().urlEncodingEnabled(false)
                .get(first.header("Link").replaceAll("<(.*)>.*", "$1"))
                .then()
                .body("items.name", is(List.of("a")))
                .body("next", nullValue());
        given().get(PATH + "?status=ready").then().body("items", empty());
        given().get(PATH + "?cursor=" + first.path("next"))
                .then()
                .statusCode(400)
                .body("violations[0].detail", containsString("another status or since"));
    }

    private static Response upload(String text, String mediaType, String query) {
        return given().contentType(mediaType)
                .urlEncodingEnabled(false)
                .body(text.getBytes(UTF_8))
                .post(query.isEmpty() ? PATH : PATH + "?" + query);
    }

    private List<String> events() {
        return texts(
                """
                select convert_from(header_values[array_position(header_keys, 'ce_type')], 'UTF8')
                       || ' ' || convert_from(record_value, 'UTF8')
                  from outbox order by seq""");
    }

    private List<String> texts(String query) {
        return Texts.of(sql, query);
    }

    private List<String> stored() throws IOException {
        List<String> keys = new ArrayList<>();
        try (Stream<ListedObject> objects = storage.open().list("documents")) {
            objects.forEach(object -> keys.add(object.key().value()));
        }
        return keys;
    }
}
