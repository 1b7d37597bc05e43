package io.opsflow.standalone.openapi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request as it goes over the wire.
 *
 * @param target what stands behind the method, as it is; only ASCII
 * @param headers all of them, as lines; a length or a transfer coding is among them where there is a body
 * @param body with its chunks, where it has some
 * @param what has been done to it, in words
 */
record FuzzRequest(String method, String target, List<String> headers, byte[] body, String what) {

    /** Without the query. */
    String path() {
        return target.replaceFirst("\\?.*", "");
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** A command that sends the same; the token stands in it as a variable of the shell. */
    String asCurl(String address) {
        StringBuilder curl = new StringBuilder("curl -si --path-as-is -X ").append(quoted(method));
        for (String header : headers) {
            if (header.startsWith("Authorization: Bearer ey")) {
                curl.append(" -H \"Authorization: Bearer $token\"");
            } else if (!header.matches("(?i)(host|content-length): .*")) {
                curl.append(" -H ").append(quoted(header));
            }
        }
        if (body.length > 0) {
            curl.append(" --data-binary ").append(quoted(new String(body, StandardCharsets.ISO_8859_1)));
        }
        return curl.append(' ').append(quoted(address + target)).toString();
    }

    /** In the shell's own form for bytes that cannot be printed. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("$'");
        for (int i = 0; i < Math.min(text.length(), 20_000); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append("\\x%02x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append(text.length() > 20_000 ? "'...(%d bytes in all)".formatted(text.length()) : "'")
                .toString();
    }
}
