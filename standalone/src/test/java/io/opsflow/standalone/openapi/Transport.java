package io.opsflow.standalone.openapi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Spoils what is around a request's members: the text of the body, its headers, the method, the path. */
final class Transport {

    private static final int MEBIBYTE = 1024 * 1024;

    private final Random random;
    private final FuzzTokens tokens;
    private Kind kind = Kind.AS_IT_IS;

    Transport(Random random, FuzzTokens tokens) {
        this.random = random;
        this.tokens = tokens;
    }

    /** What has been done. */
    Kind kind() {
        return kind;
    }

    FuzzRequest spoil(FuzzRequest request) {
        boolean hasBody = request.body().length > 0;
        kind = Vocabulary.any(hasBody && random.nextBoolean() ? Kind.OF_A_BODY : Kind.OF_A_HEAD, random);
        if (kind == Kind.BROKEN && random.nextInt(24) == 0) { // they are dear
            kind = Kind.LARGE;
        }
        return switch (kind) {
            case OTHER_METHOD -> {
                String method = Vocabulary.any(WordLists.named("methods"), random);
                List<String> headers = new ArrayList<>(request.headers());
                if (random.nextBoolean()) { // what a browser asks before it lets a page of another origin send
                    headers.addAll(List.of("Origin: http://other.example", "Access-Control-Request-Method: POST"));
                }
                yield plain(request, method, request.target(), headers, request.body(), "by " + method);
            }
            case OTHER_PATH -> {
                String target = path(request.target());
                yield plain(request, request.method(), target, request.headers(), request.body(), "at another path");
            }
            case OTHER_TOKEN -> {
                List<String> headers = without(request.headers(), "authorization");
                String token = random.nextInt(3) == 0
                        ? "Authorization: Bearer "
                                + Vocabulary.any(
                                        List.of(
                                                tokens.stranger(),
                                                tokens.member(),
                                                tokens.domainAdmin(),
                                                tokens.systemAdmin()),
                                        random)
                        : Vocabulary.any(WordLists.named("authorizations"), random);
                if (!token.isEmpty()) {
                    headers.add(token);
                }
                yield plain(request, request.method(), request.target(), headers, request.body(), "with another token");
            }
            case OTHER_HEADER -> header(request);
            case OTHER_CONTENT_TYPE -> {
                List<String> headers = without(request.headers(), "content-type");
                String type = Vocabulary.any(WordLists.named("content_types"), random);
                if (!type.isEmpty()) {
                    headers.add("Content-Type: " + type);
                }
                yield plain(request, request.method(), request.target(), headers, request.body(), "as '" + type + "'");
            }
            case CHUNKS -> chunked(request);
            case LARGE -> large(request);
            case BROKEN -> withBody(request, broken(request.body()), "broken");
            default -> throw new IllegalStateException("not of a whole request: " + kind);
        };
    }

    private FuzzRequest header(FuzzRequest request) {
        String header = Vocabulary.any(WordLists.named("headers"), random);
        if (header.equals("Content-Length: 3") && request.body().length == 0) {
            header = "Content-Length: 0"; // the server would wait for the three bytes, and do well
        }
        List<String> headers = new ArrayList<>(request.headers());
        headers.add(header);
        String what = "with " + header.substring(0, Math.min(60, header.length()));
        boolean framesItself = header.matches("(?i)(content-length|transfer-encoding).*");
        if (framesItself) { // what follows the head can then be no request: the server must hang up
            headers.add("Connection: close");
        }
        return plain(request, request.method(), request.target(), headers, request.body(), what);
    }

    private String path(String target) {
        return switch (random.nextInt(5)) {
            case 0 -> target.toUpperCase(Locale.ROOT);
            case 1 -> target.replaceFirst("/", "//");
            case 2 -> target.replaceFirst("([a-z])", "%" + Integer.toHexString(target.charAt(1)));
            default -> target + Vocabulary.any(WordLists.named("path_ends"), random);
        };
    }

    private byte[] broken(byte[] body) {
        int at = random.nextInt(body.length);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(body, at);
            case 1 ->
                joined(
                        body,
                        Vocabulary.any(List.of("x", "{}", ",", "]", "\u0000", "//", " \n"), random)
                                .getBytes(StandardCharsets.UTF_8));
            case 2 -> {
                byte[] changed = body.clone();
                changed[at] = (byte) random.nextInt(256);
                yield changed;
            }
            case 3 -> joined(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, body);
            case 4 ->
                new String(body, StandardCharsets.UTF_8)
                        .getBytes(random.nextBoolean() ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16);
            default -> {
                byte[] bad = Vocabulary.any(
                        List.of(
                                new byte[] {(byte) 0xff},
                                new byte[] {(byte) 0xc0, (byte) 0x80},
                                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                                new byte[] {0},
                                new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}),
                        random);
                yield joined(joined(Arrays.copyOf(body, at), bad), Arrays.copyOfRange(body, at, body.length));
            }
        };
    }

    /** Blanks are part of a body: at and above the limit of a mebibyte. */
    private FuzzRequest large(FuzzRequest request) {
        int size = Vocabulary.any(List.of(MEBIBYTE - 1, MEBIBYTE, MEBIBYTE + 1, 2 * MEBIBYTE), random);
        byte[] blanks = new byte[size - request.body().length];
        Arrays.fill(blanks, (byte) ' ');
        FuzzRequest large = withBody(request, joined(blanks, request.body()), "of %d bytes".formatted(size));
        return random.nextBoolean() ? large : chunked(large);
    }

    private FuzzRequest chunked(FuzzRequest request) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        byte[] body = request.body();
        int size = 1 + random.nextInt(Math.max(1, body.length));
        for (int from = 0; from < body.length; from += size) {
            byte[] chunk = Arrays.copyOfRange(body, from, Math.min(body.length, from + size));
            chunks.writeBytes((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunks.writeBytes(chunk);
            chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        List<String> headers = without(request.headers(), "content-length");
        headers.add("Transfer-Encoding: chunked");
        return new FuzzRequest(
                request.method(), request.target(), headers, chunks.toByteArray(), request.what() + ", in chunks");
    }

    private static FuzzRequest withBody(FuzzRequest request, byte[] body, String what) {
        return plain(request, request.method(), request.target(), request.headers(), body, what);
    }

    private static FuzzRequest plain(
            FuzzRequest request, String method, String target, List<String> headers, byte[] body, String what) {
        List<String> all = new ArrayList<>(headers);
        boolean framesItself =
                headers.stream().anyMatch(header -> header.matches("(?i)(content-length|transfer-encoding): .*"));
        if (!framesItself && body.length > 0) {
            all.add("Content-Length: " + body.length);
        }
        return new FuzzRequest(method, target, all, body, request.what() + ", " + what);
    }

    private static List<String> without(List<String> headers, String name) {
        return new ArrayList<>(headers.stream()
                .filter(header -> !header.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .toList());
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
