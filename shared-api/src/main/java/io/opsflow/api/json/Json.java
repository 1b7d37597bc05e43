package io.opsflow.api.json;

import io.opsflow.api.error.ApiException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The one JSON mapper of requests, answers, events and records: snake_case, times with three fraction digits, numbers
 * with the digits they came with, members in the order they are declared, duplicate members refused.
 */
public final class Json {

    private static final JsonMapper MAPPER = mapper(new JsonFactory());

    private static final JsonMapper UNLIMITED = mapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build());

    private static final JsonMapper CANONICAL =
            MAPPER.rebuild().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private Json() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * The same without limits to depth and lengths, for what goes to and comes from the service's own database: that writes
     * out the zeros of numbers, makes names of texts, and is asked for what a client sent with more around it.
     */
    public static JsonMapper unlimited() {
        return UNLIMITED;
    }

    /**
     * What a client sent, in UTF-8, as a tree at most 500 levels deep.
     *
     * @throws ApiException ERROR_INVALID_PARAMETER for what is no JSON, and for what neither the event store nor the
     *     read model can keep: NUL characters, lone surrogates, numbers beyond a double's range
     */
    public static JsonNode parse(byte[] body) {
        if (looksLikeUtf16Or32(body)) {
            throw ApiException.invalid("body", "not valid JSON: it is not in UTF-8");
        }
        JsonNode tree;
        try {
            tree = MAPPER.readTree(body);
        } catch (StreamReadException e) {
            throw ApiException.invalid("body", "not valid JSON" + place(e.getLocation()));
        } catch (JacksonException e) {
            throw ApiException.invalid("body", "not valid JSON");
        } catch (NumberFormatException e) {
            throw ApiException.invalid("body", "it holds a number that is out of range");
        }
        if (tree == null || tree.isMissingNode()) {
            throw ApiException.invalid("body", "not valid JSON: it is empty");
        }
        Storable.check(tree);
        return tree;
    }

    /** Whether a text can be kept: it holds neither NUL characters nor lone surrogates. */
    public static boolean isStorable(String text) {
        return Storable.problem(text) == null;
    }

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    private static JsonMapper mapper(JsonFactory factory) {
        return JsonMapper.builder(factory)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .addModule(SentDigits.module())
                .addModule(new SimpleModule()
                        .addSerializer(Instant.class, new InstantSerializer())
                        .addDeserializer(Instant.class, new TimeDeserializer()))
                .build();
    }

    /** Equal for trees that differ in the order of members only. */
    static String canonical(JsonNode tree) {
        return CANONICAL.writeValueAsString(tree);
    }

    /** Jackson would read these too; JSON in UTF-8 never starts so. */
    private static boolean looksLikeUtf16Or32(byte[] body) {
        return body.length > 1 && (body[0] == 0 || body[1] == 0 || (body[0] & 0xff) >= 0xfe);
    }

    private static String place(TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static final class InstantSerializer extends StdSerializer<Instant> {
        InstantSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(Timestamps.format(value));
        }
    }

    /** As Jackson's own, but quicker where the time is written as this mapper writes it. */
    private static final class TimeDeserializer extends StdScalarDeserializer<Instant> {
        TimeDeserializer() {
            super(Instant.class);
        }

        @Override
        public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
            Instant time = parser.hasToken(JsonToken.VALUE_STRING) ? Timestamps.parse(parser.getString()) : null;
            return time == null ? InstantDeserializer.INSTANT.deserialize(parser, context) : time;
        }
    }
}
