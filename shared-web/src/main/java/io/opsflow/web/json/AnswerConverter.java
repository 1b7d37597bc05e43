package io.opsflow.web.json;

import io.opsflow.api.json.Json;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;

/** Writes answers. It reads nothing: a request that is not read as Members would escape their rules and limits. */
final class AnswerConverter extends JacksonJsonHttpMessageConverter {

    AnswerConverter() {
        super(Json.mapper());
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
        return false;
    }
}
