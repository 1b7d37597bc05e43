package io.opsflow.web.json;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Members;
import io.opsflow.web.token.CallerResolver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** Reads a request's body: JSON in UTF-8, one object, at most 1 MiB however it is sent, and 1 KiB without a token. */
final class MembersConverter extends AbstractHttpMessageConverter<Members> {

    private final Supplier<BodyRoom> room;

    /** @param room asked for when the first body comes */
    MembersConverter(Supplier<BodyRoom> room) {
        super(MediaType.APPLICATION_JSON, new MediaType("application", "*+json"));
        this.room = room;
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
        Caller caller = CallerResolver.verified();
        int most = BodyCheck.most(caller);
        byte[] body = caller == null
                ? message.getBody().readNBytes(most + 1)
                : room.get().read(message.getBody(), most, caller);
        if (body.length > most) {
            throw BodyCheck.tooLarge(most);
        }
        return Members.of(Json.parse(body));
    }

    @Override
    protected void writeInternal(Members members, HttpOutputMessage message) {
        throw new UnsupportedOperationException("Members are for requests; answers are records.");
    }
}
