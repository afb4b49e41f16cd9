package io.sluice.api.http.body;

import static com.fasterxml.jackson.databind.cfg.CoercionAction.Fail;
import static com.fasterxml.jackson.databind.cfg.CoercionInputShape.EmptyString;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.contract.json.JsonScanner;
import io.sluice.contract.json.JsonSyntaxException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.function.Function;

/**
 * Reads JSON bodies into records, and checks these by their Bean Validation constraints. For features that work with what was sent;
 * the payload of a message is kept as the bytes that came, and never gets here.
 */
@Singleton
public class JsonBodies {

    /** More than any body of ours needs, and few enough for the parser's stack. */
    private static final int MAX_NESTING = 20;

    private final RequestBodies bodies;
    private final ObjectMapper mapper;
    private final Validator validator;

    JsonBodies(RequestBodies bodies, ObjectMapper mapper, Validator validator) {
        this.bodies = bodies;
        this.mapper = strict(mapper);
        this.validator = validator;
    }

    /** A mapper that makes nothing else of a value than what was sent. */
    private static ObjectMapper strict(ObjectMapper mapper) {
        ObjectMapper strict = mapper.copy()
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true)
                .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true)
                .configure(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS, true)
                .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);
        strict.coercionConfigDefaults().setCoercion(EmptyString, Fail);
        strict.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, Fail)
                .setCoercion(CoercionInputShape.Float, Fail)
                .setCoercion(CoercionInputShape.Boolean, Fail);
        strict.coercionConfigFor(LogicalType.Integer)
                .setCoercion(CoercionInputShape.Float, Fail)
                .setCoercion(CoercionInputShape.String, Fail);
        strict.coercionConfigFor(LogicalType.Float).setCoercion(CoercionInputShape.String, Fail);
        strict.coercionConfigFor(LogicalType.Boolean)
                .setCoercion(CoercionInputShape.Integer, Fail)
                .setCoercion(CoercionInputShape.String, Fail);
        return strict;
    }

    /**
     * Reads the body of a request and works on it. To be called on the event loop, before it gets back to it.
     *
     * @param type a record, with the constraints that its values have to keep; a member that may be missing is {@code null} then, and
     *     so of no primitive type
     * @param maxBytes how large the body may be
     * @param work what is done with it
     * @return fails with {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE}, {@link ProblemCode#INVALID_REQUEST} with every violation, or as
     *     {@link RequestBodies#read} does
     */
    public <B, T> Uni<T> read(
            HttpServerRequest request, Class<B> type, int maxBytes, Function<B, Uni<? extends T>> work) {
        JsonContent.require(request.headers());
        return bodies.read(request, maxBytes, bytes -> work.apply(parse(bytes, type)));
    }

    /**
     * As {@link #read}, of a request that may have no body.
     *
     * @param ifNone stands for the body then
     */
    public <B, T> Uni<T> readIfAny(
            HttpServerRequest request, Class<B> type, B ifNone, int maxBytes, Function<B, Uni<? extends T>> work) {
        return bodies.read(request, maxBytes, bytes -> {
            if (bytes.length == 0) {
                return work.apply(ifNone);
            }
            JsonContent.require(request.headers());
            return work.apply(parse(bytes, type));
        });
    }

    /**
     * Reads a JSON Merge Patch and works on it. To be called on the event loop, before it gets back to it.
     *
     * @param maxBytes how large the patch may be
     * @param work what is done with it
     * @return fails as {@link #read} does
     */
    public <T> Uni<T> readMergePatch(
            HttpServerRequest request, int maxBytes, Function<MergePatch, Uni<? extends T>> work) {
        JsonContent.requireMergePatch(request.headers());
        return bodies.read(request, maxBytes, bytes -> work.apply(new MergePatch(patch(bytes), this)));
    }

    private ObjectNode patch(byte[] body) {
        return bind(body, ObjectNode.class, new Violations());
    }

    /** The JSON of a record, as {@link #parse} reads it. */
    ObjectNode json(Object body) {
        return mapper.valueToTree(body);
    }

    /** The JSON of a patched record, as {@link #parse} reads it, with each half of a surrogate pair: UTF-8 itself has none. */
    byte[] bytes(ObjectNode body) {
        try {
            return mapper.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree is JSON", e);
        }
    }

    /**
     * Makes a record of a body.
     *
     * @throws ProblemException {@link ProblemCode#INVALID_REQUEST}
     */
    <B> B parse(byte[] body, Class<B> type) {
        Violations violations = new Violations();
        B value = bind(body, type, violations);
        validator.validate(value).stream()
                .map(violation -> Violation.at(JsonPointers.of(violation.getPropertyPath()), violation.getMessage()))
                .sorted(Comparator.comparing(Violation::pointer))
                .forEach(violations::add);
        violations.refuse();
        return value;
    }

    private <B> B bind(byte[] body, Class<B> type, Violations violations) {
        try {
            JsonScanner.members(body, MAX_NESTING);
            return mapper.readerFor(type)
                    .withHandler(new UnknownMembers(violations))
                    // Of bytes, Jackson's parser refuses a name with an escaped surrogate, also with both halves of a
                    // pair.
                    .readValue(new String(body, UTF_8));
        } catch (JsonSyntaxException e) {
            violations.add(JsonContent.notJson(body, e));
        } catch (JsonProcessingException e) {
            violations.add(BindingViolations.of(e));
        }
        throw violations.problem();
    }
}
