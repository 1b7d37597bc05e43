package io.opsflow.web.token;

import com.nimbusds.jwt.JWTClaimsSet;
import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the claims of a verified token say, as strictly as the contract names them. */
final class Claims {

    private static final String ISSUER = "spaceone.identity";
    private static final String ACCESS_TOKEN = "ACCESS_TOKEN";

    /** Bytes in UTF-8. Ids stand together in keys of tables and indexes, which take some 2,700 bytes in all. */
    private static final int LONGEST = 255;

    private Claims() {}

    /** @throws InvalidToken for a token of another kind, and where claims are missing or make no sense together */
    static Caller caller(JWTClaimsSet claims, String domain) {
        if (!ISSUER.equals(claims.getClaim("iss")) || !ACCESS_TOKEN.equals(claims.getClaim("typ"))) {
            throw InvalidToken.invalidOrExpired();
        }
        Role role = choice(claims, "rol", Role.values());
        String workspace = workspace(claims);
        if (workspace == null && (role == Role.WORKSPACE_OWNER || role == Role.WORKSPACE_MEMBER)) {
            throw InvalidToken.invalidOrExpired();
        }
        List<String> projects = texts(claims, "projects");
        List<String> permissions = texts(claims, "permissions");
        return new Caller(
                role,
                choice(claims, "own", ActorKind.values()),
                user(claims),
                domain,
                workspace,
                projects == null ? null : Set.copyOf(projects),
                permissions == null ? List.of() : permissions);
    }

    /** Whether this caller's word counts beyond its own domain. */
    static boolean isOfTheSystem(Caller caller) {
        return caller.role() == Role.SYSTEM_ADMIN || caller.kind() == ActorKind.SYSTEM;
    }

    /** One user or app, as a text or as a list of one. */
    private static String user(JWTClaimsSet claims) {
        List<String> audience = claims.getAudience();
        if (audience.size() != 1
                || audience.getFirst() == null
                || audience.getFirst().isBlank()) {
            throw InvalidToken.invalidOrExpired();
        }
        return storable(audience.getFirst());
    }

    private static @Nullable String workspace(JWTClaimsSet claims) {
        Object wid = claims.getClaim("wid");
        if (wid == null || wid.equals("")) {
            return null;
        }
        if (wid instanceof String workspace) {
            return storable(workspace);
        }
        throw InvalidToken.invalidOrExpired();
    }

    private static <E extends Enum<E>> E choice(JWTClaimsSet claims, String name, E[] choices) {
        Object value = claims.getClaim(name);
        return Arrays.stream(choices)
                .filter(choice -> choice.name().equals(value))
                .findFirst()
                .orElseThrow(InvalidToken::invalidOrExpired);
    }

    private static @Nullable List<String> texts(JWTClaimsSet claims, String name) {
        Object value = claims.getClaim(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> list)) {
            throw InvalidToken.invalidOrExpired();
        }
        List<String> texts = new ArrayList<>(list.size());
        for (Object element : list) {
            if (!(element instanceof String text)) {
                throw InvalidToken.invalidOrExpired();
            }
            texts.add(storable(text));
        }
        return texts;
    }

    /** What no database can keep would be in an event, which no reader could then apply. */
    private static String storable(String text) {
        if (!Json.isStorable(text) || text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw InvalidToken.invalidOrExpired();
        }
        return text;
    }
}
