package io.opsflow.web.json;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Members;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** Reads a request's body: JSON in UTF-8, one object, at most 1 MiB however it is sent. */
final class MembersConverter extends AbstractHttpMessageConverter<Members> {

    MembersConverter() {
        super(MediaType.APPLICATION_JSON, new MediaType("application", "*+json"));
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Members.class;
    }

    @Override
    protected boolean canRead(@Nullable MediaType type) {
        return super.canRead(type)
                && (type == null
                        || type.getCharset() == null
                        || type.getCharset().equals(StandardCharsets.UTF_8));
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected Members readInternal(Class<? extends Members> type, HttpInputMessage message) throws IOException {
        String coding = message.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            throw ApiException.invalidArgument(415, "The body must not be compressed.");
        }
        byte[] body = message.getBody().readNBytes(BodyCheck.MAX_BYTES + 1);
        if (body.length > BodyCheck.MAX_BYTES) {
            throw BodyCheck.tooLarge();
        }
        return Members.of(Json.parse(body));
    }

    @Override
    protected void writeInternal(Members members, HttpOutputMessage message) {
        throw new UnsupportedOperationException("Members are for requests; answers are records.");
    }
}
