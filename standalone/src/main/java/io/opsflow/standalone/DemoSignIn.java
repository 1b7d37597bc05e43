package io.opsflow.standalone;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives the demo's tokens to the page that knows the code which this start printed. Whoever reads the terminal may have
 * them: they could read the token files as well. It exists in standalone only.
 */
@RestController
final class DemoSignIn {

    static final String PATH = "/demo/tokens";

    private static final int CODE_BYTES = 16;
    private static final int WRONG_CODES_A_MINUTE = 10;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final String code;
    private final List<NamedToken> tokens;
    private final InstantSource clock;

    private Instant minute = Instant.EPOCH;
    private int wrongCodes;

    /** @param tokens by name, in the order in which the page offers them */
    DemoSignIn(String code, Map<String, String> tokens, InstantSource clock) {
        this.code = code;
        this.tokens = tokens.entrySet().stream()
                .map(token -> new NamedToken(token.getKey(), token.getValue()))
                .toList();
        this.clock = clock;
    }

    record NamedToken(String name, String token) {}

    record Tokens(List<NamedToken> tokens) {}

    static String newCode() {
        byte[] bytes = new byte[CODE_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** As often as it is asked for until the service stops: every tab of a browser asks for itself. */
    @PostMapping(PATH)
    Tokens tokens(@RequestBody Members request) {
        String given = request.requiredText("code", 255);
        request.end();
        if (!isRight(given)) {
            throw wrongCode();
        }
        return new Tokens(tokens);
    }

    /** Takes as long for every code. Strangers cannot lock out whoever has the right one. */
    private boolean isRight(String given) {
        return MessageDigest.isEqual(bytes(given), bytes(code));
    }

    /** After some of them in a minute, all are told to wait until it is over. */
    private synchronized ApiException wrongCode() {
        Instant now = clock.instant();
        if (now.isAfter(minute.plus(MINUTE))) {
            minute = now;
            wrongCodes = 0;
        }
        if (wrongCodes >= WRONG_CODES_A_MINUTE) {
            return ApiException.unavailable("Too many wrong codes; try again in a minute.");
        }
        wrongCodes++;
        return ApiException.permissionDenied();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
