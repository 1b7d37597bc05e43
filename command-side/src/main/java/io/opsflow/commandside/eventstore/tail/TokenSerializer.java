package io.opsflow.commandside.eventstore.tail;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Axon's own small things, above all positions. A position may wrap another of any kind (that of a replay does), so
 * its JSON names classes; only Axon's are ever made. Fields are visible, else some of Axon's classes write nothing.
 */
final class TokenSerializer extends Jackson3Serializer {

    private static final String AXON = "org.axonframework.";

    TokenSerializer() {
        super(Jackson3Serializer.builder().jsonMapperBuilderCustomizer(TokenSerializer::customize));
    }

    private static void customize(JsonMapper.Builder mapper) {
        mapper.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                        .allowIfSubType(AXON)
                        .build())
                .changeDefaultVisibility(
                        visibility -> visibility.withVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY));
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        boolean allowed =
                type.equals(SerializedType.emptyType()) || type.getName().startsWith(AXON);
        return allowed ? super.classForType(type) : UnknownSerializedType.class;
    }
}
