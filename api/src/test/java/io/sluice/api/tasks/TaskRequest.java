package io.sluice.api.tasks;

import static io.restassured.RestAssured.given;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;

/** Requests for tasks of the caller without a token. */
final class TaskRequest {

    static final String PATH = "/api/v1/tasks";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    /** RestAssured adds a charset that is not UTF-8 to what it does not know. */
    private static final RestAssuredConfig EXACT_MEDIA_TYPE = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .encodeContentTypeAs(MERGE_PATCH, ContentType.JSON));

    private TaskRequest() {}

    static Response post(String json) {
        return given().contentType(ContentType.JSON)
                .body(json.replace('\'', '"'))
                .post(PATH);
    }

    static Response post(String key, String json) {
        return given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(json.replace('\'', '"'))
                .post(PATH);
    }

    /** Makes one, and gives its path. */
    static String created(String json) {
        return post(json).then().statusCode(201).extract().header("Location");
    }

    static Response put(String task, String ifMatch, String json) {
        return given().contentType(ContentType.JSON)
                .header("If-Match", ifMatch)
                .body(json.replace('\'', '"'))
                .put(task);
    }

    static Response patch(String task, String ifMatch, String json) {
        return given().config(EXACT_MEDIA_TYPE)
                .contentType(MERGE_PATCH)
                .header("If-Match", ifMatch)
                .body(json.replace('\'', '"'))
                .patch(task);
    }

    static Response list(String query) {
        return given().urlEncodingEnabled(false).get(query.isEmpty() ? PATH : PATH + "?" + query);
    }
}
