package io.opsflow.api.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.jackson.JsonNodeDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * Numbers in free JSON come back with the digits they came with: {@code 12e2} is not rewritten as {@code 1.2E+3}, nor
 * {@code 0.0000001} as {@code 1E-7}, nor {@code -0} as {@code 0}.
 */
final class SentDigits {

    private SentDigits() {}

    static SimpleModule module() {
        return new SimpleModule("sent digits")
                .addDeserializer(JsonNode.class, new TreeDeserializer<>(JsonNode.class))
                .addDeserializer(ObjectNode.class, new TreeDeserializer<>(ObjectNode.class));
    }

    private static final class TreeDeserializer<N extends JsonNode> extends ValueDeserializer<N> {

        private final Class<N> type;
        private final ValueDeserializer<? extends JsonNode> trees;

        TreeDeserializer(Class<N> type) {
            this.type = type;
            this.trees = JsonNodeDeserializer.getDeserializer(type);
        }

        @Override
        public N deserialize(JsonParser parser, DeserializationContext context) {
            return type.cast(trees.deserialize(new Parser(parser), context));
        }

        @Override
        public N getNullValue(DeserializationContext context) {
            return type.cast(trees.getNullValue(context));
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return trees.getAbsentValue(context);
        }
    }

    private static final class Parser extends JsonParserDelegate {

        Parser(JsonParser parser) {
            super(parser);
        }

        @Override
        public BigDecimal getDecimalValue() {
            BigDecimal value = super.getDecimalValue();
            return currentToken() == JsonToken.VALUE_NUMBER_FLOAT ? new SentDecimal(value, getString()) : value;
        }

        @Override
        public NumberType getNumberType() {
            return isMinusZero() ? NumberType.BIG_INTEGER : super.getNumberType();
        }

        @Override
        public BigInteger getBigIntegerValue() {
            return isMinusZero() ? new MinusZero() : super.getBigIntegerValue();
        }

        /** The one integer that is written otherwise than it is read. */
        private boolean isMinusZero() {
            return currentToken() == JsonToken.VALUE_NUMBER_INT
                    && getStringLength() == 2
                    && getString().equals("-0");
        }
    }

    private static final class MinusZero extends BigInteger {

        MinusZero() {
            super(0, new byte[0]);
        }

        @Override
        public String toString() {
            return "-0";
        }
    }

    /** A number that is written as it was read; it compares and computes like any other. */
    private static final class SentDecimal extends BigDecimal {

        private final String digits;

        SentDecimal(BigDecimal value, String digits) {
            super(value.unscaledValue(), value.scale());
            this.digits = digits;
        }

        @Override
        public String toString() {
            return digits;
        }
    }
}
