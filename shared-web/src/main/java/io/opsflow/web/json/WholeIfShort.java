package io.opsflow.web.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpOutputMessage;

/**
 * The body of an answer whose length shows while it is written. A short one goes out whole behind its Content-Length, in
 * one write to the socket; Spring flushes a body, and what is flushed before its length is known goes out in chunks, the
 * last of which is a write and a packet of its own. A long one goes out as it comes.
 */
final class WholeIfShort extends OutputStream {

    static final int LONGEST = 32 * 1024;

    private final HttpOutputMessage answer;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(1024);
    private @Nullable OutputStream passedOn;

    WholeIfShort(HttpOutputMessage answer) {
        this.answer = answer;
    }

    @Override
    public void write(int next) throws IOException {
        write(new byte[] {(byte) next}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (passedOn == null && held.size() + length > LONGEST) {
            passedOn = answer.getBody();
            held.writeTo(passedOn);
        }
        (passedOn == null ? held : passedOn).write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        if (passedOn != null) {
            passedOn.flush();
        }
    }

    /** There is no more of it. */
    @Override
    public void close() throws IOException {
        if (passedOn == null) {
            answer.getHeaders().setContentLength(held.size());
            passedOn = answer.getBody();
            held.writeTo(passedOn);
        }
    }
}
