package io.opsflow.commandside.eventstore;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Axon's own small things, above all positions. A position may wrap another of any kind (that of a replay does), so
 * its JSON names classes; only Axon's may be named. Fields are visible, else some of Axon's classes write nothing.
 */
final class TokenSerializer {

    private static final String AXON = "org.axonframework.";

    private TokenSerializer() {}

    static Serializer create() {
        return Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(TokenSerializer::customize)
                .build();
    }

    private static void customize(JsonMapper.Builder mapper) {
        mapper.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                        .allowIfSubType(AXON)
                        .build())
                .changeDefaultVisibility(
                        visibility -> visibility.withVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY));
    }
}
