package io.opsflow.web.json;

import io.opsflow.api.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
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

    @Override
    protected void writeInternal(
            Object answer,
            @Nullable ResolvableType type,
            HttpOutputMessage message,
            @Nullable Map<String, Object> hints)
            throws IOException {
        WholeIfShort body = new WholeIfShort(message);
        super.writeInternal(answer, type, new WithBody(message.getHeaders(), body), hints);
        body.close(); // not where it failed: then nothing has gone out yet, if it is short, and an error may
    }

    private record WithBody(HttpHeaders getHeaders, OutputStream getBody) implements HttpOutputMessage {}
}
