package io.opsflow.api.json;

import io.opsflow.api.error.ApiException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
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

    private static final int MOST_LEVELS = 500;

    /** Fewer take no time to read; with more a number has too many places, unless an exponent takes them back. */
    private static final int MOST_DIGITS = 10_000;

    private static final JsonMapper MAPPER = mapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_LEVELS)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(MOST_DIGITS)
                    .build()));

    private static final JsonMapper UNLIMITED = mapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build()));

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
        JsonNode tree;
        try (JsonParser parser = MAPPER.createParser(text(body))) {
            tree = tree(parser);
        } catch (StreamReadException e) {
            throw ApiException.invalid("body", "not valid JSON" + place(e.getLocation()));
        } catch (JacksonException e) {
            throw ApiException.invalid("body", "not valid JSON");
        }
        if (tree == null || tree.isMissingNode()) {
            throw ApiException.invalid("body", "not valid JSON: it is empty");
        }
        Storable.check(tree);
        return tree;
    }

    private static @Nullable JsonNode tree(JsonParser parser) {
        try {
            return MAPPER.readTree(parser);
        } catch (StreamConstraintsException e) {
            TokenStreamContext at = parser.streamReadContext();
            throw at.getNestingDepth() > MOST_LEVELS
                    ? ApiException.invalid("body", "at most %d levels deep".formatted(MOST_LEVELS))
                    : Storable.tooManyPlaces(at);
        } catch (NumberFormatException e) { // its exponent is beyond an integer's range
            throw Storable.beyondRange(parser.streamReadContext());
        }
    }

    /**
     * Decoded strictly, which Jackson does not: it takes longer forms of a quote than UTF-8 has, for one. A byte order mark
     * is no part of the text.
     */
    private static String text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw ApiException.invalid("body", "not valid JSON: it is not in UTF-8");
        }
    }

    /** Whether a text can be kept: it holds neither NUL characters nor lone surrogates. */
    public static boolean isStorable(String text) {
        return Storable.problem(text) == null;
    }

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Names are not kept for the next time: clients make them up, as many and as long as they like. */
    private static JsonMapper mapper(JsonFactoryBuilder factory) {
        return JsonMapper.builder(factory.disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                        .build())
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
